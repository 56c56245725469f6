import { createServer } from 'node:http';
import { listen } from '../02-reply/listen.ts';
import { html, json, redirect, text } from '../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../04-router/router.ts';
import { around, withLog } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { readForm, readJson } from './body.ts';

const page = html(200, `<!doctype html><html lang="en"><title>Café</title><h1>Café ☕</h1>
<form method="post" action="/notes"><label>Your note <input name="text"></label> <button>Leave it</button></form>
<p><a href="/notes">The notes of our guests</a></p>
`);

const notes: unknown[] = [];

const addNote: Handler = async ({ request }) => {
  const note = await readJson(request);
  notes.push(note);
  return json(201, note);
};

const addNoteByForm: Handler = async ({ request }) => {
  notes.push(await readForm(request));
  return redirect('/notes');
};

const cafe = router([
  { method: 'GET', pattern: '/', handler: () => page },
  { method: 'GET', pattern: '/notes', handler: () => text(200, notes.map((note) => `${JSON.stringify(note)}\n`).join('') || 'No notes yet.\n') },
  { method: 'POST', pattern: '/notes', handler: addNoteByForm },
  { method: 'POST', pattern: '/api/notes', handler: addNote },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));

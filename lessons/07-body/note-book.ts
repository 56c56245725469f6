// Lesson 07 · note-book: the notes of our guests, kept in a list until the server stops.
//
//   POST /api/notes  {"text":"Best flat white in town!"}  ──►  201
//   POST /notes      text=Best+flat+white+in+town%21      ──►  303, location: /notes
//
// Scaffolding: it takes any body that it can read. In lesson 12, notes get rules and a page.

import { html, json, redirect, text } from '../02-reply/reply.ts';
import type { Handler, Route } from '../04-router/router.ts';
import { readForm, readJson } from './body.ts';

export function noteBook(): Route[] {
  const notes: unknown[] = [];

  const showNotes: Handler = () =>
    text(200, notes.map((note) => `${JSON.stringify(note)}\n`).join('') || 'No notes yet.\n');

  const addNote: Handler = async ({ request }) => {
    const note = await readJson(request);
    notes.push(note);
    return json(201, note);
  };

  const addNoteByForm: Handler = async ({ request }) => {
    notes.push(await readForm(request));
    return redirect('/notes');
  };

  return [
    { method: 'GET', pattern: '/notes', handler: showNotes },
    { method: 'GET', pattern: '/notes/new', handler: () => form },
    { method: 'POST', pattern: '/notes', handler: addNoteByForm },
    { method: 'POST', pattern: '/api/notes', handler: addNote },
  ];
}

const form = html(200, `<!doctype html><html lang="en"><title>Café</title><h1>A note</h1>
<form method="post" action="/notes">
<label>Your name <input name="name"></label>
<label>Your note <input name="text"></label>
<button>Leave it</button>
</form>
<p><a href="/notes">The notes of our guests</a></p>
`);

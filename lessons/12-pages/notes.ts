// Lesson 12 · notes: what guests write, for other guests to read.
//
//   POST /notes   name=Ada&text=My+flat+white+%28order+42%29+…  ──►  303, to /notes?done=posted
//   GET  /notes                                                 ──►  her note above all others
//
// This is text by strangers in the browsers of others. It is stored as it was written, and escaped
// where it is shown: in HTML here, in JSON by JSON.stringify. Escaped before it is stored, it would
// be right in one place and wrong in all others.
// After a form comes a redirect: the browser GETs the list, and a reload sends nothing twice.

import { json, redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import {
  fields, numberFromText, line, oneOf, optional, paragraphs, validate, wholeNumber, type Valid,
} from '../08-validate/validate.ts';
import type { Collection, Stored } from '../09-logic/storage.ts';
import { etagOf } from '../10-api/etag.ts';
import { idOf } from '../10-api/id.ts';
import { showDone } from './done.ts';
import { checkForm, emptyForm, readTyped, showField, showProblems } from './form.ts';
import type { Field, Form } from './form.ts';
import { markup, type Markup } from './html.ts';
import type { Link, Show } from './layout.ts';

export const newNoteRule = fields({ name: line(1, 40), text: paragraphs(1, 500) });

/** `at`: when it was written, as ISO 8601 in UTC. */
export type Note = Stored & Valid<typeof newNoteRule> & { at: string };
type Notes = Collection<Note>;

export function noteRoutes(notes: Notes, show: Show, now = () => new Date()): Route[] {
  return [
    { method: 'GET', pattern: '/notes', handler: (call) => showNotes(notes, show, call) },
    { method: 'POST', pattern: '/notes', handler: (call) => addByForm(notes, show, call, now()) },
    { method: 'GET', pattern: '/api/notes', handler: (call) => listNotes(notes, call) },
    { method: 'POST', pattern: '/api/notes', handler: (call) => addNote(notes, call, now()) },
    { method: 'GET', pattern: '/api/notes/:id', handler: (call) => getNote(notes, call) },
  ];
}

async function addByForm(notes: Notes, show: Show, call: Call, at: Date): Promise<Reply> {
  const form = checkForm(newNoteRule, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) return showNotes(notes, show, call, form);
  await notes.insert({ ...form.value, at: at.toISOString() });
  return redirect('/notes?done=posted');
}

function showNote({ id, name, text, at }: Note): Markup {
  return markup`<li class="card" id="note-${id}">
<p class="text">${text}</p>
<p class="by">${name}, <time datetime="${at}">${dayOf(at)}</time></p>
</li>
`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const noteNav: Link[] = [{ name: 'Notes', address: '/notes' }];

const FIELDS: Field[] = [
  {
    name: 'name',
    label: 'Your name',
    sentence: 'Please write your name, up to 40 characters.',
    autocomplete: 'name',
  },
  {
    name: 'text',
    label: 'Your note',
    sentence: 'Please write a note, up to 500 characters.',
    type: 'lines',
  },
];

export const firstNotes: Note[] = [
  {
    id: 1,
    name: 'Ben',
    text: 'The croissant was still warm. So was the welcome.',
    at: '2026-05-04T08:12:00.000Z',
    version: 1,
  },
  {
    id: 2,
    name: 'Ada',
    text: 'My flat white (order 42) had a heart in its foam.\nI will be back on Thursday!',
    at: '2026-05-04T09:30:00.000Z',
    version: 1,
  },
  {
    id: 3,
    name: 'Zoë',
    text: 'Crème brûlée > cheesecake. "Better" is too small a word.',
    at: '2026-05-05T15:41:00.000Z',
    version: 1,
  },
  {
    id: 4,
    name: 'Mallory',
    text: "<script>alert('free coffee')</script>",
    at: '2026-05-06T23:59:00.000Z',
    version: 1,
  },
];

const MAX_ID = Number.MAX_SAFE_INTEGER;
const pageRules = {
  before: numberFromText(optional(wholeNumber(1, MAX_ID), MAX_ID)),
  limit: numberFromText(optional(wholeNumber(1, 100), 20)),
};
const page = fields(pageRules);
const pageForPeople = fields({ ...pageRules, done: optional(oneOf('posted'), undefined) });

// The newest first, and page by page: see the list of lesson 10.
type NotesPage = { records: Note[]; query: string | undefined };

async function wantedNotes(notes: Notes, { address }: Call, rule = page): Promise<NotesPage> {
  const wanted = validate(rule, Object.fromEntries(address.query), 400);
  const { records, next } = await notes.list(wanted);
  const query = next === undefined ? undefined : `before=${next}&limit=${wanted.limit}`;
  return { records, query };
}

async function listNotes(notes: Notes, call: Call): Promise<Reply> {
  const { records, query } = await wantedNotes(notes, call);
  return json(200, { notes: records, ...(query && { next: `/api/notes?${query}` }) });
}

async function addNote(notes: Notes, { request }: Call, at: Date): Promise<Reply> {
  const fields = validate(newNoteRule, await readJson(request));
  const note = await notes.insert({ ...fields, at: at.toISOString() });
  return json(201, note, { location: `/api/notes/${note.id}`, etag: etagOf(note) });
}

async function getNote(notes: Notes, call: Call): Promise<Reply> {
  const note = await notes.get(idOf(call));
  if (!note) {
    throw new Refusal(404, `There is no note "${call.params.id}". All notes are at /api/notes.`);
  }
  return json(200, note, { etag: etagOf(note) });
}

async function showNotes(
  notes: Notes,
  show: Show,
  call: Call,
  form: Form = emptyForm,
): Promise<Reply> {
  const body = await notesPage(notes, call, form);
  return show({ call, title: 'Notes', body, status: form.errors.length > 0 ? 422 : 200 });
}

async function notesPage(notes: Notes, call: Call, form: Form): Promise<Markup> {
  const { records, query } = await wantedNotes(notes, call, pageForPeople);
  const isNewest = !call.address.query.has('before');
  return markup`<h1>Notes from our guests</h1>
${showDone(call, { posted: 'Thank you! Your note is at the top of the list.' })}
${showProblems(form, FIELDS)}
<div class="beside">
<form class="card" method="post" action="/notes">
<h2>Write a note</h2>
${FIELDS.map((field) => showField(field, form))}
<button>Post note</button>
</form>
<div>
${records.length === 0 ? showNone(isNewest) : markup`<ul class="notes">
${records.map(showNote)}</ul>`}
${(query || !isNewest) && markup`<p>${!isNewest && NEWEST} ${query && showOlder(query)}</p>`}
</div>
</div>`;
}

function showNone(isNewest: boolean): Markup {
  const sentence = isNewest ? 'No notes yet. Yours can be the first.' : 'There are no older notes.';
  return markup`<p class="card">${sentence}</p>`;
}

const NEWEST = markup`<a href="/notes">Newest notes</a>`;

function showOlder(query: string): Markup {
  return markup`<a href="${`/notes?${query}`}">Older notes</a>`;
}

// "2026-05-04T09:30:00.000Z" → "4 May 2026"
function dayOf(at: string): string {
  return new Date(at).toUTCString().slice(5, 16).replace(/^0/, '');
}

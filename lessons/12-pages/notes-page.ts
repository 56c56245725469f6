// Lesson 12 · notes-page: the notes as a page, with the form to write one.
//
//   { id: 4, name: 'Mallory', text: '<script>…' }
//     ──►  <li class="card" id="note-4"> <p class="text">&lt;script&gt;…</p> …

import type { Call } from '../04-router/router.ts';
import { showDone } from './done.ts';
import { showField, showProblems, type Field, type Form } from './form.ts';
import { markup, type Markup } from './html.ts';
import type { Note, Notes } from './note.ts';
import { pageForPeople, wantedNotes } from './notes-list.ts';

function showNote({ id, name, text, at }: Note): Markup {
  return markup`<li class="card" id="note-${id}">
<p class="text">${text}</p>
<p class="by">${name}, <time datetime="${at}">${dayOf(at)}</time></p>
</li>
`;
}

export async function notesPage(notes: Notes, call: Call, form: Form): Promise<Markup> {
  const { records, query } = await wantedNotes(notes, call, pageForPeople);
  const isNewest = !call.address.query.has('before');
  return markup`<h1>Notes from our guests</h1>
${showDone(call, { posted: 'Thank you! Your note is at the top of the list.' })}
${showProblems(form, noteFields)}
<div class="beside">
<form class="card" method="post" action="/notes">
<h2>Write a note</h2>
${noteFields.map((field) => showField(field, form))}
<button>Post note</button>
</form>
<div>
${records.length === 0 ? showNone(isNewest) : markup`<ul class="notes">
${records.map(showNote)}</ul>`}
${(query || !isNewest) && markup`<p>${!isNewest && NEWEST} ${query && showOlder(query)}</p>`}
</div>
</div>`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

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

export const noteFields: Field[] = [
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

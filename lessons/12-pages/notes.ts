// Lesson 12 · notes: what guests write, for other guests to read.
//
//   POST /notes   name=Ada&text=My+flat+white+%28order+42%29+…  ──►  303, to /notes?done=posted
//   GET  /notes                                                 ──►  her note above all others
//
// After a form comes a redirect: the browser GETs the list, and a reload sends nothing twice.

import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { checkForm, emptyForm, readTyped, type Form } from './form.ts';
import type { Link, Show } from './layout.ts';
import { newNoteRule, type Notes } from './note.ts';
import { addNote, getNote, listNotes } from './notes-api.ts';
import { noteFields, notesPage } from './notes-page.ts';

export { firstNotes, type Note } from './note.ts';

export const noteNav: Link[] = [{ name: 'Notes', address: '/notes' }];

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
  const form = checkForm(newNoteRule, await readTyped(call.request), noteFields);
  if (form.errors.length > 0) return showNotes(notes, show, call, form);
  await notes.insert({ ...form.value, at: at.toISOString() });
  return redirect('/notes?done=posted');
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

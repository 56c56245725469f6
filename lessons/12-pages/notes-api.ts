// Lesson 12 · notes-api: the notes for programs.
//
//   GET  /api/notes?limit=2                 ──►  { notes: [note 4, note 3], next: '/api/notes?…' }
//   POST /api/notes  {"name":"Ada", …}      ──►  201, location: /api/notes/5

import { json, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { validate } from '../08-validate/validate.ts';
import { etagOf } from '../10-api/etag.ts';
import { idOf } from '../10-api/id.ts';
import { newNoteRule, type Notes } from './note.ts';
import { wantedNotes } from './notes-list.ts';

export async function listNotes(notes: Notes, call: Call): Promise<Reply> {
  const { records, query } = await wantedNotes(notes, call);
  return json(200, { notes: records, ...(query && { next: `/api/notes?${query}` }) });
}

export async function addNote(notes: Notes, { request }: Call, at: Date): Promise<Reply> {
  const fields = validate(newNoteRule, await readJson(request));
  const note = await notes.insert({ ...fields, at: at.toISOString() });
  return json(201, note, { location: `/api/notes/${note.id}`, etag: etagOf(note) });
}

export async function getNote(notes: Notes, call: Call): Promise<Reply> {
  const note = await notes.get(idOf(call));
  if (!note) {
    throw new Refusal(404, `There is no note "${call.params.id}". All notes are at /api/notes.`);
  }
  return json(200, note, { etag: etagOf(note) });
}

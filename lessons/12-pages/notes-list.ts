// Lesson 12 · notes-list: which notes are asked for, the newest first, and where older ones are.
//
//   /notes?before=24&limit=20  ──►  { records: [note 23, note 22, …],
//                                     query: 'before=4&limit=20' }

import type { Call } from '../04-router/router.ts';
import {
  fields, numberFromText, oneOf, optional, validate, wholeNumber,
} from '../08-validate/validate.ts';
import type { Note, Notes } from './note.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;
const pageRules = {
  before: numberFromText(optional(wholeNumber(1, MAX_ID), MAX_ID)),
  limit: numberFromText(optional(wholeNumber(1, 100), 20)),
};
const page = fields(pageRules);
export const pageForPeople = fields({ ...pageRules, done: optional(oneOf('posted'), undefined) });

/** `query`: leads to the older ones, if there are any. */
type NotesPage = { records: Note[]; query: string | undefined };

export async function wantedNotes(
  notes: Notes,
  { address }: Call,
  rule = page,
): Promise<NotesPage> {
  const wanted = validate(rule, Object.fromEntries(address.query), 400);
  const { records, next } = await notes.list(wanted);
  const query = next === undefined ? undefined : `before=${next}&limit=${wanted.limit}`;
  return { records, query };
}

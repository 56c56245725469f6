// Lesson 12 · note: what a note is, and the first four.
//
//   { id: 2, name: 'Ada', text: 'My flat white (order 42) …', at: '2026-05-04T09:30:00.000Z',
//     version: 1 }
//
// The text is stored as it was written, and escaped where it is shown: in HTML by markup`…`, in
// JSON by JSON.stringify. If it were escaped before it is stored, it would be right in one place
// and wrong in all others.

import { fields, line, paragraphs, type Valid } from '../08-validate/validate.ts';
import type { Collection, Stored } from '../09-logic/storage.ts';

export const newNoteRule = fields({ name: line(1, 40), text: paragraphs(1, 500) });

/** `at`: when it was written, as ISO 8601 in UTC. */
export type Note = Stored & Valid<typeof newNoteRule> & { at: string };
export type Notes = Collection<Note>;

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

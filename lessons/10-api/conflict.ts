// Lesson 10 · conflict: why the store refused a change, as a status.
//
//   Conflict('taken')  ──►  409, with the store's own sentence

import { Refusal } from '../06-errors/errors.ts';
import { Conflict } from '../09-logic/storage.ts';

const STATUS_OF = { missing: 404, changed: 412, taken: 409 };

export function refuseConflict(error: unknown): never {
  throw error instanceof Conflict ? new Refusal(STATUS_OF[error.reason], error.message) : error;
}

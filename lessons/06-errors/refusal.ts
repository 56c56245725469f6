// Lesson 06 · refusal: a clear no to a client, thrown anywhere and answered in one place.
//
//   throw new Refusal(404, 'There is no item 99.')  ──►  404, "There is no item 99."
//   throw new Refusal('There is no item 99.')       ──►  TypeError: A Refusal takes a status …
//
// A Refusal with wrong parts is a bug in our code, never the client's mistake.

import { shown } from '../02-reply/check-reply.ts';
import type { ReplyHeaders } from '../02-reply/reply.ts';

/** Thrown anywhere below withErrors(): ends the call with this status and sentence. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, sentence: string, details: RefusalDetails = {}) {
    checkParts(status, sentence, details);
    super(sentence);
    this.status = status;
    this.details = details;
  }
}

/**
 * `errors`: what is wrong with which field. `headers`: such as retry-after or allow. `cause`: an
 * error on our side, which is reported.
 */
export type RefusalDetails = { errors?: FieldError[]; headers?: ReplyHeaders; cause?: unknown };
export type FieldError = { field: string; message: string };

function checkParts(status: unknown, sentence: unknown, details: unknown): void {
  const isStatus = Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599;
  const hasDetails = typeof details === 'object' && details;
  if (isStatus && typeof sentence === 'string' && hasDetails) return;
  throw new TypeError(
    'A Refusal takes a status from 400 to 599, a sentence, and perhaps { errors, headers }, ' +
    'as in new Refusal(404, "There is no item 99."), ' +
    `but it was given ${[status, sentence, details].map(shown).join(', ')}.`,
  );
}

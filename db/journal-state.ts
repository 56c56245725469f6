// Taught in lesson 17
// journal-state: can a change still be written, and if not, why?
//
//   open     ──►  it can
//   closed   ──►  "The database was closed, so nothing can be changed. Open it again."
//   broken   ──►  "The database is closed, because a flush failed (EIO: i/o error). …"
//
// A full disk does not break a journal: the file is as before, and the next change may succeed.
// After a failed flush we cannot know what is on the disk. So nothing is written until a restart
// has read it.

import { UnknownOutcome } from './durable-write.ts';

export class JournalState {
  #broken: Error | undefined;
  #isClosed = false;

  /** Throws when nothing can be changed any more. */
  checkOpen(): void {
    if (this.#broken) throw new Error(this.#broken.message, { cause: this.#broken.cause });
    if (this.#isClosed) throw new Error(CLOSED);
  }

  get broken(): Error | undefined {
    return this.#broken;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** The first reason counts, since the later ones follow from it. */
  break(sentence: string, cause: Error): Error {
    this.#broken ??= new Error(sentence, { cause });
    return this.#broken;
  }

  /** The sentence for the callers whose changes this error has lost. */
  sentenceFor(error: Error): string {
    if (error instanceof UnknownOutcome) this.break(closedBy(error), error);
    return this.#broken?.message ?? notWritten(error);
  }
}

const CLOSED = 'The database was closed, so nothing can be changed. Open it again.';

function closedBy({ message }: Error): string {
  return `The database is closed, because ${message}. ` +
    'Whether the last changes were kept is known only after it is opened again: ' +
    'start this server again, once the disk is in order.';
}

function notWritten({ message }: Error): string {
  return `The change could not be written to the disk, so it was not made: ${message}.`;
}

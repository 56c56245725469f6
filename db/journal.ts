// Taught in lesson 17
// journal: append, flush, then answer. One flush for all that wait.
//
//   append(ada's order)  ─┐
//   append(bob's order)  ─┼─►  write 345, 346, 347  ──►  flush  ──►  all three are told
//   append(eve's order)  ─┘        one batch               once
//
// A flush costs the same for one line as for a hundred, and it is by far the most expensive step.
// So a change that arrives during a flush waits for the next one, together with all the others. A
// flush for each line would be simpler, and under load many times slower.

import { UnknownOutcome } from './durable-write.ts';
import type { JournalPosition } from './journal-reader.ts';
import type { JournalWriter } from './journal-writer.ts';

type Waiting = { changes: string; onDurable(): void; resolve(): void; reject(error: Error): void };

export class Journal {
  readonly #writer: JournalWriter;
  readonly #forget: () => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** `forget` is called when a batch is lost, before anybody is told. */
  constructor(writer: JournalWriter, forget: () => void) {
    this.#writer = writer;
    this.#forget = forget;
  }

  /**
   * Resolves when the changes (a JSON list) are on the disk. If it rejects, they were not made.
   * With empty `changes` nothing is written; it just waits for earlier batches.
   * `onDurable` is called right after the flush, before anybody is told.
   */
  append(changes: string, onDurable: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.checkOpen();
      this.#waiting.push({ changes, onDurable, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  // After the turn of the event loop: all requests that came in it share the flush.
  async #run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0 || this.#between) {
      await this.#writeBatch(this.#waiting.splice(0, AT_ONCE));
      await this.#runBetween();
    }
    this.#running = undefined;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    try {
      await this.#writer.writeBatch(changesIn(batch));
      if (this.#broken) throw this.#broken;
    } catch (error) {
      return this.#lose(batch, error as Error);
    }
    for (const { onDurable, resolve } of batch) {
      onDurable();
      resolve();
    }
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  #broken: Error | undefined;
  #isClosed = false;
  #between: { job: JobBetween; resolve: () => void } | undefined;

  /** Throws when nothing can be changed any more. */
  checkOpen(): void {
    if (this.#broken) throw new Error(this.#broken.message, { cause: this.#broken.cause });
    if (this.#isClosed) throw new Error(CLOSED);
  }

  get end(): JournalPosition {
    return this.#writer.end;
  }

  /** From now on every change is refused. What is on the disk is known when it is opened again. */
  stop(sentence: string, cause: Error): void {
    this.#broken ??= new Error(sentence, { cause });
    if (this.#waiting.length > 0) this.#lose([], this.#broken);
  }

  /** Runs the job between two batches, unless the journal is broken by then. Changes wait. */
  runBetween(job: JobBetween): Promise<void> {
    return new Promise((resolve) => {
      this.#between = { job, resolve };
      this.#running ??= this.#run();
    });
  }

  async #runBetween(): Promise<void> {
    const between = this.#between;
    this.#between = undefined;
    if (between && !this.#broken) await between.job(this.#writer);
    between?.resolve();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#running) await this.#running;
    await this.#writer.close();
  }

  // The waiting changes were checked against changes that have just failed.
  #lose(batch: Waiting[], error: Error): void {
    if (error instanceof UnknownOutcome) {
      this.#broken ??= new Error(closedBy(error), { cause: error });
    }
    const lost = [...batch, ...this.#waiting.splice(0)];
    this.#forget();
    const sentence = this.#broken?.message ?? notWritten(error);
    for (const { reject } of lost) reject(new Error(sentence, { cause: error }));
  }
}

/** Only here may others use the writer: no batch is being written. */
type JobBetween = (writer: JournalWriter) => Promise<void>;

const AT_ONCE = 1_000;

function changesIn(batch: Waiting[]): string[] {
  return batch.map(({ changes }) => changes).filter((changes) => changes !== '');
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

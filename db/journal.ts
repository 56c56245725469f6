// Taught in lesson 17
// journal: append, flush, then answer. One flush for all who wait.
//
//   append(ada's order)  ─┐
//   append(bob's order)  ─┼─►  write 345, 346, 347  ──►  flush  ──►  all three are told
//   append(eve's order)  ─┘        one batch               once
//
// A flush costs the same for one line and for a hundred, and is by far the dearest step. So whoever
// comes while one is under way waits for the next, together with all the others. A flush for each
// line would be simpler, and under load many times slower.

import type { FileHandle } from 'node:fs/promises';
import { encodeLine } from './journal-line.ts';
import type { JournalPosition } from './journal-reader.ts';
import { UnknownOutcome, writeDown } from './durable-write.ts';

/** `onDurable` is called right after the flush, before anybody is told. Empty `changes` only wait for those before them. */
type Waiting = { changes: string; onDurable: () => void; resolve: () => void; reject: (error: Error) => void };

export class Journal {
  #file: FileHandle;
  #end: JournalPosition;
  readonly #forget: () => void;
  #waiting: Waiting[] = [];
  #between: { job: () => Promise<void>; resolve: () => void } | undefined;
  #running: Promise<void> | undefined;
  #broken: string | undefined;
  #isClosed = false;

  /** `forget` is called when a batch is lost, before anybody is told. */
  constructor(file: FileHandle, end: JournalPosition, forget: () => void) {
    this.#file = file;
    this.#end = end;
    this.#forget = forget;
  }

  /** Resolves when the changes (a JSON list) are on the disk; if it rejects, they were not made. */
  append(changes: string, onDurable: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined || this.#isClosed) return reject(new Error(this.#broken ?? CLOSED));
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
      await this.#writeDown(batch);
    } catch (error) {
      return this.#lose(batch, error as Error);
    }
    for (const { onDurable, resolve } of batch) {
      onDurable();
      resolve();
    }
  }

  async #writeDown(batch: Waiting[]): Promise<void> {
    const { seq, size } = this.#end;
    const lines = this.#linesOf(batch);
    const bytes = Buffer.from(lines.join(''));
    if (lines.length > 0) await writeDown(this.#file, bytes, size);
    if (this.#broken !== undefined) throw new Error(this.#broken);
    if (lines.length > 0) this.#end = { seq: seq + lines.length, batch: seq + 1, size: size + bytes.length };
  }

  #linesOf(batch: Waiting[]): string[] {
    const first = this.#end.seq + 1;
    const lines: string[] = [];
    for (const { changes } of batch) if (changes !== '') lines.push(encodeLine(`"seq":${first + lines.length},"batch":${first},"changes":${changes}}`));
    return lines;
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  get end(): JournalPosition {
    return this.#end;
  }

  /** Nobody is told of anything any more. What is on the disk is known only after it is opened again. */
  stop(sentence: string): void {
    this.#broken ??= sentence;
    if (this.#waiting.length > 0) this.#lose([], new Error(sentence));
  }

  /** Runs the job when no batch is under way, unless the journal is broken by then. Those who come meanwhile wait. */
  runBetween(job: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.#between = { job, resolve };
      this.#running ??= this.#run();
    });
  }

  async #runBetween(): Promise<void> {
    const between = this.#between;
    this.#between = undefined;
    if (between && this.#broken === undefined) await between.job();
    between?.resolve();
  }

  /** For a job between: from now on lines go into this file. */
  async continueIn(file: FileHandle, size: number): Promise<void> {
    const old = this.#file;
    this.#file = file;
    this.#end = { ...this.#end, size };
    await old.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#running) await this.#running;
    await this.#file.close();
  }

  // Those who wait were checked against changes that are not made now.
  #lose(batch: Waiting[], error: Error): void {
    if (error instanceof UnknownOutcome) this.#broken ??= `The database is closed, because ${error.message}. Whether the last changes were kept is known only after it is opened again: start this server again, once the disk is in order.`;
    const lost = [...batch, ...this.#waiting.splice(0)];
    this.#forget();
    const sentence = this.#broken ?? `The change could not be written to the disk, so it was not made: ${error.message}.`;
    for (const { reject } of lost) reject(new Error(sentence, { cause: error }));
  }
}

const AT_ONCE = 1_000;
const CLOSED = 'The database was closed, so nothing can be changed. Open it again.';

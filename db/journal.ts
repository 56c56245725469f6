// Taught in lesson 17
// journal: append, flush, then answer.
//
//   append([{"in":"orders","record":{"id":42,…}}])
//     ──►  writeBatch    line 345 is written and flushed
//     ──►  onDurable     every reader sees order 42
//     ──►  resolve       ada gets her 201
//
// An answer before the flush would be faster, and a power cut would make it a lie.

import { Batches } from './batches.ts';
import { JournalState } from './journal-state.ts';
import type { JournalPosition, JournalWriter } from './journal-writer.ts';

type Waiting = { changes: string; onDurable(): void; resolve(): void; reject(error: Error): void };

export class Journal {
  readonly #writer: JournalWriter;
  readonly #forget: () => void;
  readonly state = new JournalState();
  readonly #batches = new Batches<Waiting>((batch) => this.#writeBatch(batch));

  /** `forget` is called when a batch is lost, before its callers get their error. */
  constructor(writer: JournalWriter, forget: () => void) {
    this.#writer = writer;
    this.#forget = forget;
  }

  /** Resolves when the changes, a JSON list, are on the disk. If it rejects, nothing changed. */
  append(changes: string, onDurable: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.state.checkOpen();
      this.#batches.add({ changes, onDurable, resolve, reject });
    });
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    try {
      await this.#writer.writeBatch(batch.map(({ changes }) => changes));
      if (this.state.broken) throw this.state.broken;
    } catch (error) {
      return this.#lose(batch, error as Error);
    }
    for (const { onDurable, resolve } of batch) {
      onDurable();
      resolve();
    }
  }
  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  // The waiting changes were checked against changes that have just failed. So they fail, too.
  #lose(batch: Waiting[], error: Error): void {
    const sentence = this.state.sentenceFor(error);
    const lost = [...batch, ...this.#batches.takeWaiting()];
    if (lost.length > 0) this.#forget();
    for (const { reject } of lost) reject(new Error(sentence, { cause: error }));
  }

  get end(): JournalPosition {
    return this.#writer.end;
  }

  /** From now on every change is refused. A restart reads what is on the disk. */
  stop(sentence: string, cause: Error): void {
    this.#lose([], this.state.break(sentence, cause));
  }

  /** Runs the job between two batches, unless the journal is broken by then. Changes wait. */
  runBetween(job: (writer: JournalWriter) => Promise<void>): Promise<void> {
    return this.#batches.runBetween(async () => {
      if (!this.state.broken) await job(this.#writer);
    });
  }

  async close(): Promise<void> {
    this.state.close();
    await this.#batches.finish();
    await this.#writer.close();
  }
}

// Taught in lesson 18
// snapshotter: is it time for a snapshot, and which changes does it cover?
//
//   journal-7 has grown as large as snapshot-7
//     ──►  between two batches   journal-8 begins; snapshot-8 will cover all up to line 345
//     ──►  in the background     snapshot-8 is written, while requests are answered
//
// It waits until the journal is as large as the last snapshot. So a large café does not write a
// large snapshot for a few changes.

import type { CollectionContent, Collections } from './collections.ts';
import type { Generations } from './generations.ts';
import type { Journal } from './journal.ts';

export class Snapshotter {
  readonly #collections: Collections;
  readonly #journal: Journal;
  readonly #generations: Generations;
  readonly #snapshotAfter: number;
  #limit: number;
  #inProgress: Promise<void> | undefined;

  constructor(
    collections: Collections,
    journal: Journal,
    generations: Generations,
    snapshotAfter: number,
  ) {
    this.#collections = collections;
    this.#journal = journal;
    this.#generations = generations;
    this.#snapshotAfter = snapshotAfter;
    this.#limit = Math.max(snapshotAfter, generations.snapshotSize);
  }

  /** Called after each change. */
  maybeSnapshot(): void {
    if (this.#isClosed || this.#inProgress || this.#journal.end.size < this.#limit) return;
    this.#inProgress = this.#takeSnapshot().finally(() => { this.#inProgress = undefined; });
  }

  async #takeSnapshot(): Promise<void> {
    let after = 0;
    let content: CollectionContent[] | undefined;
    await this.#journal.runBetween(async (writer) => {
      after = writer.end.seq;
      if (await this.#generations.beginJournal(writer)) content = this.#collections.content();
    });
    const isTaken = content && await this.#generations.writeSnapshot(after, content);
    this.#limit = isTaken ? this.#limitAfterSnapshot() : this.#limitAfterFailure();
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  #isClosed = false;

  /** Takes no more snapshots, and waits for the one in progress. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#inProgress;
  }

  #limitAfterSnapshot(): number {
    return Math.max(this.#snapshotAfter, this.#generations.snapshotSize);
  }

  // Perhaps the disk is full. Trying again at each change would only cost time.
  #limitAfterFailure(): number {
    return this.#journal.end.size + this.#snapshotAfter;
  }
}

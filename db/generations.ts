// Taught in lesson 18
// generations: when a snapshot is taken, and what may be removed after it.
//
//   journal-7 has grown   ──►  journal-8 begins         from now on changes go there
//                         ──►  snapshot-8.jsonl.new     in pieces, while requests are answered
//                         ──►  snapshot-8.jsonl         swapped in whole
//                         ──►  6 is removed, 7 is kept in case that 8 is damaged one day
//
// A snapshot is taken when the journal is as large as the last one: so what is written for snapshots
// is never more than what was written for changes, however much there is.

import { unlink } from 'node:fs/promises';
import { flushFolder, replace } from '../lessons/11-json-file/swap.ts';
import type { CollectionContent } from './collections.ts';
import { journalPath, removeOlderThan, snapshotPath } from './folder.ts';
import { openJournal, type Report } from './journal-file.ts';
import type { Journal } from './journal.ts';
import { headLine } from './journal-line.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { Recovered } from './recovery.ts';
import { piecesOf, writePieces } from './snapshot.ts';

export class Generations {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #contentNow: () => CollectionContent[];
  readonly #options: { snapshotAfter: number; report: Report };
  #number: number;
  #lastGood: number;
  #limit: number;
  #inProgress: Promise<void> | undefined;

  constructor(folder: string, { newest: { journal: number, snapshot, snapshotSize } }: Recovered, journal: Journal, contentNow: () => CollectionContent[], options: { snapshotAfter: number; report: Report }) {
    this.#folder = folder;
    this.#journal = journal;
    this.#contentNow = contentNow;
    this.#options = options;
    this.#number = number;
    this.#lastGood = snapshot;
    this.#limit = Math.max(options.snapshotAfter, snapshotSize);
  }

  /** After each change: is it time? */
  maybeSnapshot(): void {
    if (this.#inProgress || this.#journal.end.size < this.#limit) return;
    this.#inProgress = this.#takeSnapshot().finally(() => { this.#inProgress = undefined; });
  }

  async #takeSnapshot(): Promise<void> {
    let after = 0;
    let collections: CollectionContent[] | undefined;
    await this.#journal.runBetween(async (writer) => {
      after = writer.end.seq;
      if (await this.#beginJournal(writer)) collections = this.#contentNow();
    });
    if (collections) await this.#writeSnapshot(after, collections);
  }

  async #beginJournal(writer: JournalWriter): Promise<boolean> {
    const path = journalPath(this.#folder, this.#number + 1);
    const size = await this.#prepare(path, () => writePieces(`${path}.new`, [headLine(this.#number + 1, writer.end.seq)]));
    if (size === undefined || !await this.#swap(path, async () => writer.continueIn(await openJournal(path), size))) return false;
    this.#number += 1;
    return true;
  }

  async #writeSnapshot(after: number, collections: CollectionContent[]): Promise<void> {
    const number = this.#number;
    const path = snapshotPath(this.#folder, number);
    const size = await this.#prepare(path, () => writePieces(`${path}.new`, piecesOf(number, after, collections)));
    if (size === undefined || !await this.#swap(path)) return;
    const before = this.#lastGood;
    this.#lastGood = number;
    this.#limit = Math.max(this.#options.snapshotAfter, size);
    await removeOlderThan(this.#folder, before).catch((error) => this.#options.report(`An old file could not be removed: ${error.message}.`));
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** Not begun any more; waits for the one under way. */
  async close(): Promise<void> {
    this.#limit = Infinity;
    await this.#inProgress;
  }

  // Nothing has happened yet: without a snapshot the journal grows on, and that is all.
  async #prepare(path: string, write: () => Promise<number>): Promise<number | undefined> {
    try {
      return await write();
    } catch (error) {
      await unlink(`${path}.new`).catch(() => {}); // On a full disk, it would take the last room from the journal.
      this.#limit = this.#journal.end.size + this.#options.snapshotAfter;
      this.#options.report(`${path} could not be written: ${(error as Error).message}. Nothing is lost: the journal holds everything, and it is tried again later.`);
      return undefined;
    }
  }

  // Now the name stands in the folder, or not: after an error nobody knows.
  async #swap(path: string, goOn = async () => {}): Promise<boolean> {
    try {
      await replace(path, `${path}.new`);
      await flushFolder(this.#folder);
      await goOn();
      return true;
    } catch (error) {
      const sentence = `The database is closed, because ${path} could not be swapped in: ${(error as Error).message}. Nothing is lost. Start this server again, once the disk is in order.`;
      this.#options.report(sentence);
      this.#journal.stop(sentence);
      return false;
    }
  }
}

// Taught in lesson 18
// generations: begin a journal, write the snapshot of all before it, and remove old files.
//
//   journal-8 begins         from now on changes go there
//   snapshot-8.jsonl.new     in pieces, while requests are answered
//   snapshot-8.jsonl         swapped in whole
//   6 is removed             7 is kept, in case 8 is ever damaged

import { unlink } from 'node:fs/promises';
import { flushFolder, replace } from '../lessons/11-json-file/swap.ts';
import type { CollectionContent } from './collections.ts';
import { journalPath, notRemoved, removeOlderThan, snapshotPath } from './folder.ts';
import { openJournal, type Log } from './journal-file.ts';
import { headLine } from './journal-line.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { Journal } from './journal.ts';
import type { Newest } from './recovery.ts';
import { piecesOf, writePieces } from './snapshot.ts';

export class Generations {
  readonly #folder: string;
  readonly #newest: Newest;
  readonly #journal: Journal;
  readonly #report: Log;

  constructor(folder: string, newest: Newest, journal: Journal, report: Log) {
    this.#folder = folder;
    this.#newest = newest;
    this.#journal = journal;
    this.#report = report;
  }

  /** From now on changes go into the next journal. False if that failed. */
  async beginJournal(writer: JournalWriter): Promise<boolean> {
    const number = this.#newest.journal + 1;
    const path = journalPath(this.#folder, number);
    const size = await this.#writeAside(path, [headLine(number, writer.end.seq)]);
    if (size === undefined) return false;
    const goThere = async () => writer.continueIn(await openJournal(path), size);
    if (!await this.#swapIn(path, goThere)) return false;
    this.#newest.journal = number;
    return true;
  }

  /** `content`: all records on the disk when that journal began. False if writing failed. */
  async writeSnapshot(after: number, content: CollectionContent[]): Promise<boolean> {
    const { journal: number, snapshot: before } = this.#newest;
    const path = snapshotPath(this.#folder, number);
    const size = await this.#writeAside(path, piecesOf(number, after, content));
    if (size === undefined || !await this.#swapIn(path)) return false;
    Object.assign(this.#newest, { snapshot: number, snapshotSize: size });
    await removeOlderThan(this.#folder, before).catch((error) => this.#report(notRemoved(error)));
    return true;
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** In bytes; 0 when there is none. */
  get snapshotSize(): number {
    return this.#newest.snapshotSize;
  }

  // A failure here is harmless: without a snapshot the journal just keeps growing.
  async #writeAside(path: string, pieces: Iterable<string>): Promise<number | undefined> {
    try {
      return await writePieces(`${path}.new`, pieces);
    } catch (error) {
      // On a full disk, half a file would take the journal's last room.
      await unlink(`${path}.new`).catch(() => {});
      this.#report(notWritten(path, error as Error));
      return undefined;
    }
  }

  // After an error here we cannot know whether the rename is on the disk.
  async #swapIn(path: string, afterwards = async () => {}): Promise<boolean> {
    try {
      await replace(path, `${path}.new`);
      await flushFolder(this.#folder);
      await afterwards();
      return true;
    } catch (error) {
      const sentence = notSwappedIn(path, error as Error);
      this.#report(sentence);
      this.#journal.stop(sentence, error as Error);
      return false;
    }
  }
}

function notWritten(path: string, { message }: Error): string {
  return `${path} could not be written: ${message}. ` +
    'Nothing is lost: the journal holds everything, and it is tried again later.';
}

function notSwappedIn(path: string, { message }: Error): string {
  return `The database is closed, because ${path} could not be swapped in: ${message}. ` +
    'Nothing is lost. Start this server again, once the disk is in order.';
}

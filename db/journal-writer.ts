// Taught in lesson 17
// journal-writer: the end of a journal, where the next batch is written.
//
//   end   { seq: 345, batch: 344, size: 31_204 }
//     writeBatch([ada's order, bob's order])
//       ──►  lines 346 and 347, both of batch 346, from byte 31,204 on, and flushed
//   end   { seq: 347, batch: 346, size: 31_412 }
//
// `end` moves only after the flush. So after a failed write the next batch goes to the same place,
// with the same numbers.

import type { FileHandle } from 'node:fs/promises';
import { writeDown } from './durable-write.ts';
import { changesLine } from './journal-line.ts';

/** `seq` and `batch` of the last line, and `size`: the bytes up to its end. */
export type JournalPosition = { seq: number; batch: number; size: number };

export class JournalWriter {
  #file: FileHandle;
  #end: JournalPosition;

  constructor(file: FileHandle, end: JournalPosition) {
    this.#file = file;
    this.#end = end;
  }

  get end(): JournalPosition {
    return this.#end;
  }

  /** One line for each change that is not empty. Resolves when all of them are on the disk. */
  async writeBatch(all: string[]): Promise<void> {
    const changes = all.filter((each) => each !== '');
    if (changes.length === 0) return;
    const { seq, size } = this.#end;
    const first = seq + 1;
    const lines = changes.map((each, index) => changesLine(first + index, first, each));
    const bytes = Buffer.from(lines.join(''));
    await writeDown(this.#file, bytes, size);
    this.#end = { seq: seq + lines.length, batch: first, size: size + bytes.length };
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** From now on lines go into this file, which has `size` bytes. */
  async continueIn(file: FileHandle, size: number): Promise<void> {
    const old = this.#file;
    this.#file = file;
    this.#end = { ...this.#end, size };
    await old.close();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

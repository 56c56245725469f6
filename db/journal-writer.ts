// Taught in lesson 17
// journal-writer: the end of a journal, where the next batch is written.
//
//   end   { seq: 345, batch: 344, size: 31_204 }
//     writeBatch([ada's order, bob's order])
//       ──►  lines 346 and 347, both of batch 346, from byte 31,204 on, and flushed
//   end   { seq: 347, batch: 346, size: 31_412 }
//
// It moves on only after the flush. So after a write that failed, the next batch goes to the same
// place, and gets the same numbers.

import type { FileHandle } from 'node:fs/promises';
import { writeDown } from './durable-write.ts';
import { changesLine } from './journal-line.ts';
import type { JournalPosition } from './journal-reader.ts';

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

  /** One line for each of `changes`. Resolves when all of them are on the disk. */
  async writeBatch(changes: string[]): Promise<void> {
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

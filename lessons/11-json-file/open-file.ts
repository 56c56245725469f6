// Lesson 11 · open-file: the café's file, read once at the start, or refused and left as it is.
//
//   openFile('db/data/11/cafe.json')
//     ──►  { path, tables: Map { 'menu' → … }, stamp: '9120 1874 1788…', inTurn }
//     ──►  an UnusableFile: … cafe.json cannot be used: it is empty. It is left as it is. …

import { readFile } from 'node:fs/promises';
import { readTables, type Tables } from './file-tables.ts';
import { stampOf } from './stamp.ts';
import { oneAfterTheOther, type Run } from './turns.ts';
import { UnusableFile } from './unusable-file.ts';

/** `stamp`: identifies the file as this program last read or wrote it. */
export type OpenFile = { path: string; tables: Tables; stamp: string; inTurn: Run };

export async function openFile(path: string): Promise<OpenFile> {
  try {
    const stamp = await stampOf(path);
    const tables = stamp === '' ? new Map() : readTables(toText(await readFile(path)));
    return { path, tables, stamp, inTurn: oneAfterTheOther() };
  } catch (error) {
    throw unusable(path, error);
  }
}

// toString() would write "�" for bytes that are not UTF-8, and the next save would keep that.
function toText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableFile('some of its bytes are not UTF-8 text.');
  }
}

/** The same error, with the path and the way out. */
export function unusable(path: string, error: unknown): unknown {
  if (error instanceof UnusableFile) return cannotBeUsed(path, error.message);
  if (isSystemError(error)) return cannotBeUsed(path, `${error.message}.`);
  return error;
}

function cannotBeUsed(path: string, problem: string): UnusableFile {
  return new UnusableFile(
    `${path} cannot be used: ${problem} It is left as it is. ` +
    'Correct it, or move it away to start over.',
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

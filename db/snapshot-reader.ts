// Taught in lesson 18
// snapshot-reader: read all records of a snapshot, and check that none is damaged.
//
//   {"sum":"…","length":52,"in":"menu","records":22,"bytes":2290,"check":"0c4a12ee"}
//     ──►  the next 2,290 bytes are records of the menu, and their checksum is 0c4a12ee
//
// A snapshot is swapped in whole, so it has no torn tail. Every mistake in it is damage.

import type { Stored } from '../lessons/09-logic/storage.ts';
import { deepFreeze } from '../lessons/09-logic/frozen.ts';
import { Table } from '../lessons/09-logic/table.ts';
import {
  BEGIN, checkFormat, checksum, decodeLine, type LineContent,
} from './journal-line.ts';
import { afterLine, damaged, lineAt } from './line-at.ts';
import type { LoadedTables } from './loaded.ts';

/** `after`: the number of the last journal line that the snapshot covers. */
export type SnapshotContent = { after: number; tables: LoadedTables };

export function readSnapshot(bytes: Buffer, number: number): SnapshotContent {
  const content = readHead(bytes, number);
  let at = afterLine(bytes, 0);
  let line = readLine(bytes, at);
  while (!line.end) {
    const start = afterLine(bytes, at);
    const table = content.tables.get(line.in as string)!;
    for (const record of readPiece(bytes, start, line)) {
      table.apply({ id: record.id, after: deepFreeze(record) });
    }
    at = start + (line.bytes as number);
    line = readLine(bytes, at);
  }
  checkEnd(bytes, afterLine(bytes, at));
  return content;
}

function readLine(bytes: Buffer, at: number): LineContent {
  const line = decodeLine(lineAt(bytes, at));
  if (line) return line;
  const isMissing = at === bytes.length;
  throw damaged(bytes, at, isMissing ? 'it is missing, and so is everything after it' : MISMATCH);
}

function readPiece(bytes: Buffer, start: number, line: LineContent): Stored[] {
  const piece = bytes.subarray(start, start + (line.bytes as number));
  if (checksum(piece) !== line.check) throw damagedPiece(bytes, start, start + piece.length);
  const records = piece.toString('utf8', 0, piece.length - 1).replaceAll('\n', ',');
  return JSON.parse(`[${records}]`);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const MISMATCH = 'its checksum does not match';
const NOT_A_RECORD = 'it is not a record in JSON';

function readHead(bytes: Buffer, number: number): SnapshotContent {
  const { format, snapshot, after, collections } = readLine(bytes, 0);
  checkFormat(format);
  if (snapshot !== number) {
    const found = JSON.stringify(snapshot);
    throw damaged(bytes, 0, `its "snapshot" must be ${number}, but it is ${found}`);
  }
  const tables: LoadedTables = new Map();
  for (const [name, lastId] of collections as [string, number][]) {
    const table = new Table<Stored>(name);
    table.lastId = lastId;
    tables.set(name, table);
  }
  return { after: after as number, tables };
}

function checkEnd(bytes: Buffer, end: number): void {
  if (end < bytes.length) throw damaged(bytes, end, 'it comes after the end');
}

// The checksum only says that one record is wrong. Usually it is one that is not JSON any more.
function damagedPiece(bytes: Buffer, start: number, end: number): Error {
  for (let at = start; at < end; at = afterLine(bytes, at)) {
    if (!isRecord(lineAt(bytes, at).toString())) return damaged(bytes, at, NOT_A_RECORD);
  }
  const why = 'its checksum, which covers the lines after it too, does not match';
  return damaged(bytes, start, why);
}

function isRecord(text: string): boolean {
  try {
    return !text.startsWith(BEGIN) && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

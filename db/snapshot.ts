// Taught in lesson 18
// snapshot: all records at one moment, so that the journal before it need not be read again.
//
//   {"sum":"…","length":61,"format":1,"snapshot":8,"after":345,"collections":[["menu",23]]}
//   {"sum":"…","length":52,"in":"menu","records":22,"bytes":2290,"check":"0c4a12ee"}
//   {"id":1,"name":"Espresso","price":260,"category":"coffee","stock":200,"version":1}
//   …
//   {"sum":"…","length":11,"end":true}
//
// One record a line, and one checksum for some hundreds of them. It is written in pieces, and
// between two of them requests are answered. Meanwhile records change: those in the snapshot do not,
// because a record is never changed, but replaced by a new one.

import { open } from 'node:fs/promises';
import type { Stored } from '../lessons/09-logic/storage.ts';
import { deepFreeze } from '../lessons/09-logic/frozen.ts';
import { Table } from '../lessons/09-logic/table.ts';
import { BEGIN, checksum, seal, unseal } from './line.ts';
import { afterLine, checkFormat, damaged, lineAt } from './tail.ts';

/** What is kept of a collection. */
export type Kept = { name: string; lastId: number; records: Stored[] };

export function* piecesOf(snapshot: number, after: number, collections: Kept[]): Iterable<string> {
  const names = collections.map(({ name, lastId }) => [name, lastId]);
  yield seal(`"format":1,"snapshot":${snapshot},"after":${after},"collections":${JSON.stringify(names)}}`);
  for (const { name, records } of collections) {
    for (const lines of piecesIn(records)) yield pieceOf(name, lines);
  }
  yield seal('"end":true}');
}

function* piecesIn(records: Stored[]): Iterable<string[]> {
  let lines: string[] = [];
  let size = 0;
  for (const record of records) {
    const line = `${JSON.stringify(record)}\n`;
    lines.push(line);
    size += line.length;
    if (size < ONE_PIECE) continue;
    yield lines;
    lines = [];
    size = 0;
  }
  if (lines.length > 0) yield lines;
}

const ONE_PIECE = 64_000;

function pieceOf(name: string, lines: string[]): string {
  const text = lines.join('');
  return seal(`"in":${JSON.stringify(name)},"records":${lines.length},"bytes":${Buffer.byteLength(text)},"check":"${checksum(text)}"}`) + text;
}

/** Resolves with the size when all of it is on the disk. The file has no name that counts yet. */
export async function writePieces(path: string, pieces: Iterable<string>): Promise<number> {
  const file = await open(path, 'w', 0o600);
  try {
    for (const piece of pieces) {
      await file.writeFile(piece); // Goes on where the one before has ended.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

export function readSnapshot(bytes: Buffer, number: number): { after: number; tables: Map<string, Table<Stored>> } {
  const { after, tables } = readHead(bytes, number);
  let at = afterLine(bytes, 0);
  for (let line = readLine(bytes, at); !line.end; line = readLine(bytes, at)) {
    const start = afterLine(bytes, at);
    at = start + (line.bytes as number);
    const table = tables.get(line.in as string)!;
    for (const record of readPiece(bytes, start, line)) table.apply({ id: record.id, after: deepFreeze(record) });
  }
  if (afterLine(bytes, at) < bytes.length) throw damaged(bytes, afterLine(bytes, at), 'it stands behind the end');
  return { after, tables };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function readHead(bytes: Buffer, number: number): { after: number; tables: Map<string, Table<Stored>> } {
  const { format, snapshot, after, collections } = readLine(bytes, 0);
  checkFormat(format);
  if (snapshot !== number) throw damaged(bytes, 0, `its "snapshot" must be ${number}, but it is ${JSON.stringify(snapshot)}`);
  const tables = new Map<string, Table<Stored>>();
  for (const [name, lastId] of collections as [string, number][]) {
    const table = new Table<Stored>(name);
    table.lastId = lastId;
    tables.set(name, table);
  }
  return { after: after as number, tables };
}

function readLine(bytes: Buffer, at: number): Record<string, unknown> {
  const line = unseal(lineAt(bytes, at));
  if (!line) throw damaged(bytes, at, at === bytes.length ? 'it is missing, and so is all that should follow' : 'it is not as it was written');
  return line;
}

function readPiece(bytes: Buffer, start: number, { bytes: length, check }: Record<string, unknown>): Stored[] {
  const piece = bytes.subarray(start, start + (length as number));
  if (checksum(piece) !== check) throw damagedPiece(bytes, start, start + piece.length);
  return JSON.parse(`[${piece.toString('utf8', 0, piece.length - 1).replaceAll('\n', ',')}]`);
}

// Its checksum says only that one of them is wrong. Mostly it is one that is no JSON any more.
function damagedPiece(bytes: Buffer, start: number, end: number): Error {
  for (let at = start; at < end; at = afterLine(bytes, at)) {
    if (!isRecord(lineAt(bytes, at).toString())) return damaged(bytes, at, 'it is not as it was written');
  }
  return damaged(bytes, start, 'it, or one of those after it, is not as it was written');
}

function isRecord(text: string): boolean {
  try {
    return !text.startsWith(BEGIN) && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

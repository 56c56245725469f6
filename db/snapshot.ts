// Taught in lesson 18
// snapshot: all records at one moment, so that a start can skip the journals before it.
//
//   {"sum":"…","length":61,"format":1,"snapshot":8,"after":345,"collections":[["menu",23]]}
//   {"sum":"…","length":52,"in":"menu","records":22,"bytes":2290,"check":"0c4a12ee"}
//   {"id":1,"name":"Espresso","price":260,"category":"coffee","stock":200,"version":1}
//   …
//   {"sum":"…","length":11,"end":true}
//
// One record a line, and one checksum for a piece of some hundred records. Requests are answered
// between two pieces, and can change records. The snapshot does not notice: a change replaces a
// record by a new one, and never touches the old one.

import { open } from 'node:fs/promises';
import type { Stored } from '../lessons/09-logic/storage.ts';
import type { CollectionContent } from './collections.ts';
import { checksum, encodeLine } from './journal-line.ts';

type Pieces = Iterable<string>;

export function* piecesOf(snapshot: number, after: number, content: CollectionContent[]): Pieces {
  const names = JSON.stringify(content.map(({ name, lastId }) => [name, lastId]));
  yield encodeLine(
    `"format":1,"snapshot":${snapshot},"after":${after},"collections":${names}}`,
  );
  for (const { name, records } of content) {
    for (const lines of linesInPieces(records)) yield pieceOf(name, lines);
  }
  yield encodeLine('"end":true}');
}

/** Resolves with the size in bytes, when all of it is on the disk. */
export async function writePieces(path: string, pieces: Pieces): Promise<number> {
  const file = await open(path, 'w', 0o600);
  try {
    for (const piece of pieces) {
      await file.writeFile(piece); // Continues where the last piece ended.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

function pieceOf(name: string, lines: string[]): string {
  const text = lines.join('');
  const sizes = `"records":${lines.length},"bytes":${Buffer.byteLength(text)}`;
  return encodeLine(`"in":${JSON.stringify(name)},${sizes},"check":"${checksum(text)}"}`) + text;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const ONE_PIECE = 64_000;

// Large enough to cost little, and small enough that no request waits for long.
function* linesInPieces(records: Stored[]): Iterable<string[]> {
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

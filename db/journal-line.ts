// Taught in lesson 17
// journal-line: one change on one line, with numbers that prove it is undamaged.
//
//   {"sum":"5f1e9a03","length":97,"seq":345,"batch":344,"changes":[{"in":"menu","record":{…}}]}
//     sum, length   of the text that follows them: they expose half a line, or a changed one
//     seq           the number of the line: it exposes a missing one
//     batch         the number of the first line that was flushed together with this one
//
// All of it is JSON, so you can read it in an editor. A binary format would be shorter, but you
// would need a program to read it.

import { crc32 } from 'node:zlib';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';

/** A line that is undamaged. Whether it makes sense is not checked yet. */
export type LineContent = Record<string, unknown>;

export function encodeLine(content: string): string {
  return `{"sum":"${checksum(content)}","length":${Buffer.byteLength(content)},${content}\n`;
}

/** Takes a line without its line break. Undefined if encodeLine() cannot have written it. */
export function decodeLine(line: Buffer): LineContent | undefined {
  const value = parse(line.toString());
  if (value === undefined) return undefined;
  const head = `${BEGIN}${value.sum}","length":${value.length},`;
  const content = line.subarray(head.length);
  return content.length === value.length && checksum(content) === value.sum ? value : undefined;
}

/** The first line of a journal: which one it is, and the number of the last line before it. */
export function headLine(journal: number, after: number): string {
  return encodeLine(`"format":1,"journal":${journal},"after":${after}}`);
}

/** Any other line of a journal. `changes` is a JSON list. */
export function changesLine(seq: number, batch: number, changes: string): string {
  return encodeLine(`"seq":${seq},"batch":${batch},"changes":${changes}}`);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const BEGIN = '{"sum":"';

function parse(text: string): LineContent | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** CRC-32, as in zip files and PNG pictures. It finds accidents, but an attacker can compute it. */
export function checksum(content: string | Uint8Array): string {
  return crc32(content).toString(16).padStart(8, '0');
}

export function checkFormat(format: unknown): void {
  if (format === 1) return;
  throw new UnusableFile(
    `its "format" must be 1, but it is ${JSON.stringify(format)}. ` +
    'Perhaps a newer version of the program has written it.',
  );
}

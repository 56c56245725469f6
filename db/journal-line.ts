// Taught in lesson 17
// journal-line: one change on one line, with all that is needed to tell truth from damage.
//
//   {"sum":"5f1e9a03","length":97,"seq":345,"batch":344,"changes":[{"in":"menu","record":{…}}]}
//     sum, length   of what follows them: half a line, or a changed one, is found out
//     seq           the number of the line: a missing one is found out
//     batch         the number of the first line that was written and flushed together with it
//
// All of it is JSON, so a person can read it. A binary format would be shorter, and nobody could
// read it without a program for it.

import { crc32 } from 'node:zlib';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';

/** What a line says: as it was written, but nothing more is checked yet. */
export type LineContent = Record<string, unknown>;

export function encodeLine(content: string): string {
  return `{"sum":"${checksum(content)}","length":${Buffer.byteLength(content)},${content}\n`;
}

/** Undefined for a line (without its line break) that encodeLine() cannot have written. */
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

/** CRC-32, as in zip files and PNG pictures. It finds accidents; a cheat can compute it, too. */
export function checksum(content: string | Uint8Array): string {
  return crc32(content).toString(16).padStart(8, '0');
}

export const LINE_BREAK = 10;

/** The line that begins at byte `at`, without its line break. */
export function lineAt(bytes: Buffer, at: number): Buffer {
  const end = bytes.indexOf(LINE_BREAK, at);
  return bytes.subarray(at, end === -1 ? bytes.length : end);
}

/** An editor may have taken away the last line break: the line is whole without it. */
export function afterLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_BREAK, at);
  return end === -1 ? bytes.length : end + 1;
}

/** For the line at byte `at`. A person looks for it by its number. */
export function damaged(bytes: Buffer, at: number, why: string): UnusableFile {
  const before = bytes.subarray(0, at).filter((byte) => byte === LINE_BREAK);
  return new UnusableFile(`line ${before.length + 1} is damaged: ${why}.`);
}

export function checkFormat(format: unknown): void {
  if (format === 1) return;
  throw new UnusableFile(
    `its "format" must be 1, but it is ${JSON.stringify(format)}. ` +
    'Perhaps a newer version of the program has written it.',
  );
}

// Taught in lesson 17
// journal-line: one change on one line, with all that is needed to tell truth from damage.
//
//   {"sum":"5f1e9a03","length":97,"seq":345,"batch":344,"changes":[{"in":"menu","record":{…}}]}
//     sum, length   of what stands behind them: half a line, or a changed one, is found out
//     seq           the number of the line: one that is missing is found out
//     batch         the number of the first line that was written and flushed together with it
//
// All of it is JSON, so a person can read it. A binary format would be shorter, and closed to all
// who have no program for it.

import { crc32 } from 'node:zlib';

export function encodeLine(content: string): string {
  return `{"sum":"${checksum(content)}","length":${Buffer.byteLength(content)},${content}\n`;
}

/** What stands in a line (without its line break), or undefined for what encodeLine() cannot have written. */
export function decodeLine(line: Buffer): Record<string, unknown> | undefined {
  const value = parse(line.toString());
  if (value === undefined) return undefined;
  const head = `${BEGIN}${value.sum}","length":${value.length},`;
  const content = line.subarray(head.length);
  return content.length === value.length && checksum(content) === value.sum ? value : undefined;
}

export const BEGIN = '{"sum":"';

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** CRC-32, as in zip files and PNG pictures. It finds accidents; whoever wants to cheat can compute it too. */
export function checksum(content: string | Uint8Array): string {
  return crc32(content).toString(16).padStart(8, '0');
}

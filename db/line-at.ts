// Taught in lesson 17
// line-at: where a line begins and ends in the bytes of a file.
//
//   {"sum":"5f1e9a03",…}⏎{"sum":"0c4a12ee",…}⏎
//   ▲ 0                  ▲ 98 = afterLine(bytes, 0)
//
//   lineAt(bytes, 98)           ──►  {"sum":"0c4a12ee",…}
//   damaged(bytes, 98, 'why')   ──►  "line 2 is damaged: why."

import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';

export const LINE_BREAK = 10;

/** The line that begins at byte `at`, without its line break. */
export function lineAt(bytes: Buffer, at: number): Buffer {
  const end = bytes.indexOf(LINE_BREAK, at);
  return bytes.subarray(at, end === -1 ? bytes.length : end);
}

/** Where the next line begins. An editor may have removed the last line break: that is fine. */
export function afterLine(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LINE_BREAK, at);
  return end === -1 ? bytes.length : end + 1;
}

/** For the line at byte `at`. The sentence has its number, so that you find it in an editor. */
export function damaged(bytes: Buffer, at: number, why: string): UnusableFile {
  const before = bytes.subarray(0, at).filter((byte) => byte === LINE_BREAK);
  return new UnusableFile(`line ${before.length + 1} is damaged: ${why}.`);
}

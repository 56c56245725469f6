// Where a mistake is: the learner's own line.
//
//   Error: …  at showCategory (…/answer.ts:16:20)  ──►  { file: 'lessons/…/answer.ts', line: 16 }
//
// A stack knows it when the program ended with an error. What ends nothing has no stack: whoever
// watched the request (the guide, the recorder of the replay) can say more; see `finders`.

import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Failed, Sent } from './program.ts';

export type Place = { file: string; line: number };

/** What is known of a step that failed. */
export type Lost = { file: string; sent: Sent; code: string };

/** Asked in order, after the verdict, when no stack told the place; the first that answers is believed. */
export const finders: ((lost: Lost) => Promise<Place | undefined>)[] = [];

export function placeIn(failed: Failed | undefined, file: string, root: string): Place | undefined {
  if (failed === undefined) return undefined;
  const text = `${failed.message}\n${failed.stack}`;
  const [own] = placesBelow(file, '', text, root);
  return own ?? placesBelow(root, '[^:()\n]*\\.ts', text, root).find(({ file }) => !/node_modules|classroom/.test(file));
}

// A stack names a file by its path or by its URL; either may hold spaces and, on Windows, a drive.
function placesBelow(path: string, more: string, text: string, root: string): Place[] {
  const names = [path, path.replaceAll('\\', '/'), pathToFileURL(path).href].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [...text.matchAll(new RegExp(`(${names.map((name) => name + more).join('|')}):(\\d+)`, 'g'))].map(([, name = '', line]) => {
    const full = name.startsWith('file:') ? fileURLToPath(name) : name;
    return { file: relative(root, full).replaceAll('\\', '/'), line: Number(line) };
  });
}

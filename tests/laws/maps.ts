// Law: a map is true. A file that it names is there, and its table of messages is what is sent.
//
//   lessons/classroom/README.md   `check/warm.js`  ──►  lessons/classroom/check/warm.js exists
//   | `{ beat: 10 }` | `check/warm.js` | `check/program.ts` | …
//     ──►  both files know the word "beat"
import { posix } from 'node:path';
import { linesOfCode } from './code.ts';
import type { Files } from './files.ts';
import { partsOf } from './markdown.ts';

type Row = { line: number; words: string[]; from: string; to: string };

const maps = ['lessons/classroom/README.md', 'tests/README.md'];
const messages = 'lessons/classroom/README.md';

export function mapsNameFiles(files: Files): string[] {
  return maps.flatMap((map) => namesIn(files.get(map) ?? '')
    .filter(({ name }) => !files.has(beside(map, name)) && !files.has(name))
    .map(({ line, name }) => `${map}, line ${line}: names ${name}, but there is neither ` +
      `${beside(map, name)} nor ${name}. Correct the name, or take it off the map.`));
}

function namesIn(text: string): { line: number; name: string }[] {
  return partsOf(text).prose.flatMap(({ line, text }) =>
    [...text.matchAll(/`([\w./-]+\.[jt]s)`/g)].map(([, name = '']) => ({ line, name })));
}

function beside(map: string, name: string): string {
  return posix.join(posix.dirname(map), name);
}

export function messagesAreSent(files: Files): string[] {
  const rows = partsOf(files.get(messages) ?? '').prose.flatMap(rowIn);
  return [...rows.flatMap((row) => unknownIn(row, files)), ...missingIn(rows, files)];
}

/** `replay: 'begin'` has two words: a value in small letters is a part of the name. */
function rowIn({ line, text }: { line: number; text: string }): Row[] {
  const form = /^\| `\{ (\w+)(?:: '([a-z]+)')?.*?\}` \| `([^`]+)` \| `([^`]+)` \|/;
  const [, key, value, from, to] = form.exec(text) ?? [];
  if (!key || !from || !to) return [];
  return [{ line, words: value ? [key, value] : [key], from, to }];
}

function unknownIn({ line, words, from, to }: Row, files: Files): string[] {
  return [from, to].flatMap((name) => {
    const text = files.get(beside(messages, name)) ?? '';
    const unknown = words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text));
    return unknown.map((word) => `${messages}, line ${line}: the message "${word}" is not known ` +
      `in ${name}. Say which file sends it and which one hears it, or take the row out.`);
  });
}

function missingIn(rows: Row[], files: Files): string[] {
  return [...new Set(rows.map(({ from }) => from))].flatMap((from) => {
    const text = linesOfCode(files.get(beside(messages, from)) ?? '').join('\n');
    const sent = [...text.matchAll(/\b(?:tell|send)!?\(\{ (\w+)/g)].map(([, key = '']) => key);
    return [...new Set(sent)].filter((key) => !rows.some(({ words }) => words[0] === key))
      .map((key) => `${messages}: ${from} sends the message "${key}", but the table does not ` +
        `have it. Add a row: what it means, and who hears it.`);
  });
}

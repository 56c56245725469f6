// What is printed fits the terminal.
//
//   wrapWords('a flat white for ada', '  Why  ', '       ', 16)
//     ──►  ['  Why  a flat', '       white for', '       ada']
import assert from 'node:assert/strict';
import test from 'node:test';
import { terminalColumns, wrapWords } from '../lessons/classroom/word-wrap.ts';

const red = (text: string) => `\x1b[31m${text}\x1b[39m`;

for (const [what, text, width, lines] of [
  ['breaks between words', 'a flat white for ada', 16, ['> a flat white', '  for ada']],
  ['fills a line to its last column', 'a flat white', 14, ['> a flat white']],
  ['leaves a long word whole', 'see lessons/04-router/README.md', 12,
    ['> see', '  lessons/04-router/README.md']],
  ['counts no colour', `a ${red('flat')} white`, 14, [`> a ${red('flat')} white`]],
  ['counts characters', 'café ☕☕☕☕ or tea', 15, ['> café ☕☕☕☕ or', '  tea']],
  ['keeps an empty text', '', 20, ['> ']],
] as const) {
  test(`wrapWords() ${what}`, () => assert.deepEqual(wrapWords(text, '> ', '  ', width), lines));
}

test('a pipe has 80 columns', () => assert.equal(terminalColumns(), process.stdout.columns || 80));

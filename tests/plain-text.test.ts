// A task as the terminal shows it.
//
//   plainText('**Guess** first.')  ──►  'Guess first.'
import assert from 'node:assert/strict';
import test from 'node:test';
import { plainText } from '../lessons/classroom/plain-text.ts';

const long = 'word '.repeat(20).trim();

for (const [what, markdown, text] of [
  ['marks go', '# One page\n**Guess** *first*, see [lesson 4](../README.md).',
    'One page\nGuess first, see lesson 4.'],
  ['code keeps its marks', '`a * b * c` and `**x**`', '`a * b * c` and `**x**`'],
  ['a sum is no mark', '2 * 3 * 4 is 24', '2 * 3 * 4 is 24'],
  ['a long line is wrapped', long, `${'word '.repeat(16).trim()}\n${'word '.repeat(4).trim()}`],
  ['an item of a list hangs', `- ${long}`,
    `- ${'word '.repeat(15).trim()}\n  ${'word '.repeat(5).trim()}`],
  ['a block of code is moved in', 'Write:\n\n```ts\nconst a = 1;\n\nreturn a;\n```\n\nThen save.',
    'Write:\n\n  const a = 1;\n\n  return a;\n\nThen save.'],
] as const) {
  test(`plainText(): ${what}`, () => assert.equal(plainText(markdown), text));
}

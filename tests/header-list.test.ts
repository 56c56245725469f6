// A header that lists several things, taken apart.
//
//   listIn('"1" , , "a,b"')  ──►  ['"1"', '"a,b"']

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listIn, trimBlanks } from '../lessons/06-errors/header-list.ts';

for (const [header, entries] of [
  ['', []],
  [' \t ', []],
  [',', []],
  [' , ,\t,', []],
  ['"1"', ['"1"']],
  ['"1","2"', ['"1"', '"2"']],
  [' "1" ,\t"2"\t', ['"1"', '"2"']],
  ['"1", , "2",', ['"1"', '"2"']],
  ['"a,b", "c"', ['"a,b"', '"c"']],
  ['"a;b"', ['"a;b"']],
  ['text/html;x=", text/plain, ";q=1, */*', ['text/html;x=", text/plain, ";q=1', '*/*']],
  ['"1" "2"', ['"1" "2"']],
  ['x"1"', ['x"1"']],
  ['"1', ['1']],
  ['""', ['""']],
  ['\u00a0"1"', ['\u00a0"1"']],
  ['"1"\u00a0, \u00a0', ['"1"\u00a0', '\u00a0']],
] as const) {
  test(`listIn() of ${JSON.stringify(header)}`, () => assert.deepEqual(listIn(header), entries));
}

for (const [type, parts] of [
  ['text/html', ['text/html']],
  ['text/html ; a=1;b="x;y" ;', ['text/html', 'a=1', 'b="x;y"']],
  ['text/html;a="1,2"', ['text/html', 'a="1,2"']],
] as const) {
  test(`listIn() of the parameters ${type}`, () => assert.deepEqual(listIn(type, ';'), parts));
}

for (const [text, rest] of [
  ['', ''],
  ['  ', ''],
  [' \tsid\t ', 'sid'],
  ['a b', 'a b'],
  ['\u00a0sid', '\u00a0sid'],
  ['sid\u00a0 ', 'sid\u00a0'],
  ['\ufeffsid\u3000', '\ufeffsid\u3000'],
  ['\nsid\r', '\nsid\r'],
] as const) {
  test(`trimBlanks() of ${JSON.stringify(text)}`, () => assert.equal(trimBlanks(text), rest));
}

test('listIn() and trimBlanks() take a time that grows with the header, and no faster', () => {
  const start = performance.now();
  const spaces = ' '.repeat(16_000);
  listIn(`a${spaces}b`);
  listIn('"'.repeat(15_999));
  listIn(','.repeat(16_000));
  trimBlanks(`a${spaces}b${spaces}c`);
  assert.ok(performance.now() - start < 200);
});

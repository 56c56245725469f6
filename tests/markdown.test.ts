// How the tests read a README: its blocks, its commands, and what was printed.
//
//   examplesOf('```sh\nnpm run lesson\n```')  ──►  [{ line: 1, commands: ['npm run lesson'], … }]
import assert from 'node:assert/strict';
import test from 'node:test';
import { countWords, examplesOf, fileLinksOf, partsOf } from './laws/markdown.ts';
import { asShown, kindOf, needsPort3000, runOn } from './readme/commands.ts';
import { notSeen, warningIn } from './readme/output.ts';

const readme = [
  '# 04 router: the café grows its map', '',
  '## The code', '', 'See [the table](router.ts#L4) and `[not this](one)`.', '',
  '```ts router.ts', '## not a heading', '```', '',
  '## Try it', '',
  '```sh', 'npm install', '', 'npm run try 4 2', '```', '', 'prints', '',
  '```text', 'flat white', '```', '',
  '```sh', 'npm run lesson', '```', '',
  '## Exercises', '', '```text', 'not its output', '```',
].join('\n');

test('partsOf() gives each block its language, file, heading, line and text', () => {
  const { headings, blocks, slips } = partsOf(readme);
  assert.deepEqual(headings, ['The code', 'Try it', 'Exercises']);
  assert.deepEqual(blocks[0], { language: 'ts', file: 'router.ts', heading: 'The code', line: 7, lines: ['## not a heading'] });
  assert.deepEqual(slips, []);
});

test('examplesOf() joins commands with the output shown below them, under the same heading', () => {
  assert.deepEqual(examplesOf(readme), [
    { line: 13, commands: ['npm install', 'npm run try 4 2'], output: ['flat white'] },
    { line: 25, commands: ['npm run lesson'], output: undefined },
  ]);
});

test('countWords() counts neither headings nor blocks nor signs', () => {
  assert.equal(countWords('# One\n\n| two | – | **three** |\n\n```sh\nfour\n```\n\nfünf\n'), 3);
});

test('fileLinksOf() leaves out code and other sites', () => {
  assert.deepEqual(fileLinksOf(readme), [{ line: 5, target: 'router.ts#L4' }]);
  assert.deepEqual(fileLinksOf('[a](https://example.org) [b](#c) [d]: e\n[f]: g.md'), [{ line: 2, target: 'g.md' }]);
});

const kinds: Record<string, string> = {
  'npm start': 'server',
  'npm run cafe port 3001': 'server',
  'npm run lesson 4': 'server',
  'npm run lesson router raw': 'server',
  'node server.ts': 'server',
  'node lessons/04-router/server.ts': 'server',
  'node lessons/classroom/launch.js start': 'server',
  'npm run lesson': 'program',
  'npm run lesson 0': 'program',
  'npm run try 4 2': 'program',
  'node lessons/classroom/launch.js lesson': 'program',
  'node lessons/11-json-file/labs/lost.ts': 'program',
  'git diff --no-index a b': 'compare',
  'git clone https://example.org/cafe.git': 'machine',
  'cd cafe': 'machine',
  'npm install': 'machine',
  'npm ci': 'machine',
  'npm test router': 'machine',
  'curl localhost:3000': 'unknown',
  '# a comment': 'unknown',
};

for (const [command, kind] of Object.entries(kinds)) {
  test(`kindOf() says that "${command}" is: ${kind}`, () => assert.equal(kindOf(command), kind));
}

test('runOn() moves a server to another port, by words or by the environment', () => {
  assert.deepEqual(runOn(4711, 'npm start'), { command: 'npm start port 4711', env: {}, shown: '3000', added: ' port 4711' });
  assert.deepEqual(runOn(4711, 'npm run lesson 4 port 3001'), { command: 'npm run lesson 4 port 4711', env: {}, shown: '3001', added: '' });
  assert.deepEqual(runOn(4711, 'npm run lesson 4 raw'), { command: 'npm run lesson 4 raw', env: { PORT: '4711' }, shown: '3000', added: '' });
  assert.deepEqual(runOn(4711, 'node server.ts'), { command: 'node server.ts', env: { PORT: '4711' }, shown: '3000', added: '' });
});

test('asShown() gives the output of the command in the README, not of the one that was run', () => {
  const output = '> node launch.js start port 4711\nOpen on port 4711\n';
  assert.equal(asShown(output, 4711, runOn(4711, 'npm start')), '> node launch.js start\nOpen on port 3000\n');
  assert.equal(asShown(output, 4711, runOn(4711, 'npm start port 3001')), '> node launch.js start port 3001\nOpen on port 3001\n');
});

test('needsPort3000() knows that only lesson 01 on real Node cannot be moved', () => {
  const fixed = Object.keys({ ...kinds, 'npm run lesson 1 raw': '', 'node lessons/01-hello/server.ts': '', 'npm run lesson 1': '' });
  assert.deepEqual(fixed.filter(needsPort3000), ['npm run lesson 1 raw', 'node lessons/01-hello/server.ts']);
});

const printed = '> npm\n\x1b[32mOpen\x1b[0m  \nGET /menu 200 3 ms\nGET /tea 404 1 ms\nClosed\n';

test('notSeen() is content with lines in order, "…" for any lines and for any rest', () => {
  for (const shown of [[], ['Open', 'GET /menu 200 …'], ['Open', '…', 'Closed'], ['…', 'GET /tea 404 1 ms', '…']]) {
    assert.equal(notSeen(shown, printed), undefined);
  }
});

test('notSeen() names the first line that is missing, in the wrong place, or not the same', () => {
  const rows: [string[], string][] = [
    [['Open', 'GET /tea 404 …'], 'GET /tea 404 …'],
    [['Closed', '…', 'Open'], 'Open'],
    [['Open', 'GET /menu 200'], 'GET /menu 200'],
    [['open'], 'open'],
  ];
  for (const [shown, line] of rows) {
    assert.equal(notSeen(shown, printed), `The line "${line}" was not printed, or not at this place.`);
  }
});

test('warningIn() finds a warning of Node\'s', () => {
  assert.equal(warningIn('Open\n(node:1) ExperimentalWarning: new\n'), '(node:1) ExperimentalWarning: new');
  assert.equal(warningIn(printed), undefined);
});

// The folded walk, on steps that are written down here.
//
//   answerWith → readAddress → isPlain (in a file that no page opens)
//     ──►  request  answerWith 1   readAddress 1 +1
import assert from 'node:assert/strict';
import test from 'node:test';
import { root } from '../lessons/classroom/course.ts';
import { foldSteps, type Room } from '../lessons/classroom/replay/fold.ts';
import { labelsIn } from '../lessons/classroom/replay/labels.ts';
import { linesOf } from '../lessons/classroom/replay/lines.ts';
import type { Stage } from '../lessons/classroom/replay/stage.ts';
import type { Step } from '../lessons/classroom/replay/steps.ts';
import { taughtIn } from '../lessons/classroom/replay/taught.ts';

type Written = Partial<Step> & { call: number; parent: number; name: string };

const stages: Record<string, Stage> = { memory: 'storage', send: 'response', server: 'logic' };

/** `file`: 'router' is taught, 'rare' is not, 'server' is the lesson's own. */
function stepsOf(written: (Written & { file: string })[]): Step[] {
  return written.map((step, index) => ({
    number: index + 1, line: 1, source: `line of ${step.name}`, depth: 0,
    stage: stages[step.file] ?? 'request', ...step,
  }));
}

const taught = {
  isTaught: (file: string) => !['rare', 'memory'].includes(file),
  isOwn: (file: string) => file === 'server',
};

const shown = (rooms: Room[]) => rooms.map(({ name, stations }) => [name, ...stations.map(
  ({ name, steps, folded, times }) => `${name} ${steps.length} +${folded} ×${times}`)]);

const fold = (...written: (Written & { file: string })[]) =>
  shown(foldSteps(stepsOf(written), taught));

for (const [what, written, rooms] of [
  ['a station for each function, in rooms', [
    { call: 1, parent: 0, name: 'router', file: 'router' },
    { call: 2, parent: 1, name: 'addItem', file: 'server' },
    { call: 3, parent: 1, name: 'send', file: 'send' },
  ], [['request', 'router 1 +0 ×1'], ['logic', 'addItem 1 +0 ×1'],
    ['response', 'send 1 +0 ×1']]],
  ['what no page opens is folded into its caller, with all that it calls', [
    { call: 1, parent: 0, name: 'router', file: 'router' },
    { call: 2, parent: 1, name: 'check', file: 'rare' },
    { call: 3, parent: 2, name: 'split', file: 'router' },
    { call: 1, parent: 0, name: 'router', file: 'router', back: true },
  ], [['request', 'router 1 +2 ×1']]],
  ['the lesson\'s own files are never folded', [
    { call: 1, parent: 0, name: 'router', file: 'router' },
    { call: 2, parent: 1, name: 'check', file: 'rare' },
    { call: 3, parent: 2, name: 'addItem', file: 'server' },
  ], [['request', 'router 1 +1 ×1'], ['logic', 'addItem 1 +0 ×1']]],
  ['what a layer without a name goes around is seen', [
    { call: 1, parent: 0, name: 'router', file: 'router' },
    { call: 2, parent: 1, name: '', file: 'rare' },
    { call: 3, parent: 2, name: 'findRoute', file: 'router' },
  ], [['request', 'router 1 +1 ×1', 'findRoute 1 +0 ×1']]],
  ['a call into the storage is seen, and what it calls is folded', [
    { call: 1, parent: 0, name: 'addItem', file: 'server' },
    { call: 2, parent: 1, name: 'insert', file: 'memory' },
    { call: 3, parent: 2, name: 'plan', file: 'memory' },
  ], [['logic', 'addItem 1 +0 ×1'], ['storage', 'insert 1 +1 ×1']]],
  ['callbacks without a name, and a function that calls itself, join their station', [
    { call: 1, parent: 0, name: 'find', file: 'router' },
    { call: 2, parent: 1, name: 'find', file: 'router' },
    { call: 3, parent: 2, name: '', file: 'router' },
  ], [['request', 'find 3 +0 ×1']]],
  ['the same function for one caller is one station', [
    { call: 1, parent: 0, name: 'page', file: 'server' },
    { call: 2, parent: 1, name: 'link', file: 'server' },
    { call: 3, parent: 1, name: 'link', file: 'server' },
  ], [['logic', 'page 1 +0 ×1', 'link 2 +0 ×2']]],
  ['what begins after the answer comes under "afterwards"', [
    { call: 1, parent: 0, name: 'send', file: 'send', answers: true },
    { call: 2, parent: 0, name: 'log', file: 'router' },
  ], [['response', 'send 1 +0 ×1'], ['afterwards', 'log 1 +0 ×1']]],
] as const) {
  test(`folded: ${what}`, () => assert.deepEqual(fold(...written), rooms));
}

test('folded, no step is lost', () => {
  const steps = stepsOf([
    { call: 1, parent: 0, name: 'router', file: 'router' },
    { call: 2, parent: 1, name: 'check', file: 'rare' },
    { call: 3, parent: 2, name: 'addItem', file: 'server' },
    { call: 4, parent: 3, name: 'insert', file: 'memory' },
    { call: 5, parent: 4, name: 'plan', file: 'rare' },
  ]);
  const stations = foldSteps(steps, taught).flatMap((room) => room.stations);
  assert.equal(stations.reduce((sum, one) => sum + one.steps.length + one.folded, 0), 5);
});

const lines = (...written: (Written & { file: string })[]) => {
  const steps = stepsOf(written);
  return linesOf(foldSteps(steps, taught), steps)
    .map(({ source, changed, returned }) => [source, changed, returned]);
};
const router = { call: 1, parent: 0, name: 'router', file: 'router' };

test('lines: coming back is the value that arrives, and folded lines are counted', () => {
  assert.deepEqual(lines(
    { ...router, source: 'const a = check();' },
    { call: 2, parent: 1, name: 'check', file: 'rare' },
    { ...router, back: true, changed: [['a', '1']] },
  ), [['const a = check();   (+1 folded)', [['a', '1']], undefined]]);
});

test('lines: a loop is one row with its values, and checks that hold are one row', () => {
  assert.deepEqual(lines(
    { ...router, line: 1, source: 'for (const tea of teas) {', changed: [['tea', "'mint'"]] },
    { ...router, line: 2, source: 'count += 1;' },
    { ...router, line: 1, source: 'for (const tea of teas) {', changed: [['tea', "'chai'"]] },
    { ...router, line: 2, source: 'count += 1;' },
    { ...router, line: 4, source: 'if (!count) throw new Error();' },
    { ...router, line: 5, source: 'if (count > 9) return [];' },
    { ...router, line: 6, source: 'return teas;', returned: "['mint']" },
  ), [
    ['for (const tea of teas) {   ×2', [['tea', "'mint', 'chai'"]], undefined],
    ['count += 1;   ×2', [], undefined],
    ['(2 checks passed)', undefined, undefined],
    ['return teas;', undefined, "['mint']"],
  ]);
});

test('what a page quotes is taught from its lesson on, and the own folder always', () => {
  const in04 = taughtIn(root, 'lessons/04-router/server.ts');
  const in03 = taughtIn(root, 'lessons/03-address/server.ts');
  const router = 'lessons/04-router/router.ts';
  assert.deepEqual([in04.isTaught(router, 20), in03.isTaught(router, 20)], [true, false]);
  assert.deepEqual([in04.isOwn(router), in03.isOwn(router)], [true, false]);
  assert.equal(in04.isTaught('lessons/02-reply/check-reply.ts', 20), false);
});

test('a function without a name is called after the one around it', () => {
  const labelOf = labelsIn(root);
  const at = (file: string, line: number, name = '') =>
    labelOf({ name, file, steps: [{ line }] } as never);
  assert.equal(at('lessons/04-router/router.ts', 25), 'answerWith');
  assert.equal(at('lessons/01-hello/server.ts', 4), 'server.ts');
  assert.equal(at('lessons/04-router/router.ts', 25, 'findRoute'), 'findRoute');
});

// The replay: what it shows of a request is what ran, no more and no less.
//
//   record(GET /menu/2 through lesson 04)  ──►  the lines of tests/replay/04-router.txt, on every Node
//
// The parts that only turn values into values are tried as functions; the rest with real servers.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe as group, test, type TestContext } from 'node:test';
import { findLesson, readCourse, root } from '../lessons/classroom/course.ts';
import { trackCalls } from '../lessons/classroom/replay/calls.ts';
import { describe } from '../lessons/classroom/replay/describe.ts';
import type { LineNote, Note } from '../lessons/classroom/replay/notes.ts';
import { choosePlaces, isOurs, lineFinder, lineStarts, nameFinder } from '../lessons/classroom/replay/places.ts';
import { shorten } from '../lessons/classroom/excerpt.ts';
import { columns, printRecording } from '../lessons/classroom/replay/print.ts';
import { record, recordTogether, type Recording, type Sendable } from '../lessons/classroom/replay/record.ts';
import { namesAt, readScopes } from '../lessons/classroom/replay/scopes.ts';
import { hideHeaders, hideIn, keepSecrets, secretsIn } from '../lessons/classroom/replay/secrets.ts';
import { stageOf } from '../lessons/classroom/replay/stage.ts';
import { makeSteps, type Step } from '../lessons/classroom/replay/steps.ts';
import { readRequests, sendRequest } from '../lessons/classroom/requests.ts';
import { startServer } from '../lessons/classroom/start.ts';
import { chosen, expectedOf, recordRequest, writeOut } from './replay/expected.ts';

const get = (target: string): Sendable => ({ method: 'GET', target, headers: [], body: '' });
const post = (target: string, body: string, type = 'application/json'): Sendable => ({ method: 'POST', target, headers: [['Content-Type', type]], body });

// ── which names can be seen where ──

const total = `
const rate = 2;
class Till {
  #sum = 0;
  add({ price, stock: [first = 1] }, ...more) { this.#sum += price; return rate; }
}
function total(basket, text = \`a \${basket} b\`) {
  for (const { id } of basket) { use(id); }
  try { risky(); } catch (error) { report(error, /[/"']/.test(error)); }
  const sum = basket.reduce((before, { price }) => before + price * rate, 0);
  return sum;
}
`;

for (const [place, names] of [
  ['use(id)', 'basket, text, id'],
  ['risky()', 'basket, text'],
  ['report(', 'basket, text, error'],
  ['basket.reduce', 'basket, text'],
  ['before + price', 'rate, before, price'],
  ['return sum', 'basket, text, sum'],
  ['this.#sum +=', 'rate, price, first, more, this.#sum'],
] as const) {
  test(`namesAt() sees ${names} at "${place}"`, () => {
    const scopes = readScopes(total);
    const seen = namesAt(scopes, total.indexOf(place)).map(({ text }) => text);
    assert.deepEqual(seen.filter((name) => name !== 'rate' || names.includes('rate')).sort(), names.split(', ').sort());
  });
}

test('namesAt() tells own names from those of the module', () => {
  const scopes = readScopes(total);
  const names = namesAt(scopes, total.indexOf('before + price'));
  assert.deepEqual(names.filter(({ owner }) => owner === -1).map(({ text }) => text), ['rate']);
});

test('choosePlaces() takes one place a line, and the returns, and nothing outside of functions', () => {
  const source = 'const a = f();\nfunction g(x) {\n  if (x) return x;\n  return h(x);\n}\n';
  const locations = [
    { lineNumber: 0, columnNumber: 10 }, { lineNumber: 2, columnNumber: 2 }, { lineNumber: 2, columnNumber: 9 }, { lineNumber: 2, columnNumber: 18, type: 'return' },
    { lineNumber: 3, columnNumber: 2 }, { lineNumber: 3, columnNumber: 9, type: 'call' }, { lineNumber: 3, columnNumber: 14, type: 'return' },
  ];
  const places = choosePlaces(locations, readScopes(source), lineStarts(source), lineFinder(undefined, source));
  assert.deepEqual(places.map(({ line, isReturn }) => [line, isReturn]), [[3, false], [3, true], [4, false], [4, true]]);
});

test('nameFinder() leads a name that esbuild has changed back to what was written', () => {
  const find = nameFinder('function decode(text) { return part2; }');
  assert.deepEqual(['text2', 'text', 'part2', 'other3'].map(find), ['text', 'text', 'part2', 'other3']);
});

test('isOurs() knows the project from packages, the classroom and Node', () => {
  const folder = process.platform === 'win32' ? 'C:\\cafe\\' : '/cafe/';
  const url = process.platform === 'win32' ? 'file:///C:/cafe/' : 'file:///cafe/';
  const ours = (path: string) => isOurs(path, [folder], `${folder}classroom`) !== undefined;
  assert.deepEqual([`${url}server.ts`, `${url}node_modules/x/y.js`, `${url}classroom/z.ts`, 'node:http', 'file:///elsewhere/a.ts'].map(ours), [true, false, false, false, false]);
});

// ── which call a stop belongs to ──

test('trackCalls() knows a call again after its await, and a new one from an old one', () => {
  let number = 0;
  const calls = trackCalls(() => undefined, () => number += 1);
  const outer = calls.enter({ fns: ['a'], step: 1 });
  const inner = calls.enter({ fns: ['a', 'b'], step: 1 });
  calls.note(7, 1);
  assert.equal(calls.enter({ fns: ['b'], step: 7 }), inner);
  inner.ended = true;
  assert.notEqual(calls.enter({ fns: ['a', 'b'], step: 8 }), inner);
  assert.deepEqual([outer.depth, inner.depth, inner.parent], [0, 1, outer]);
});

test('trackCalls() puts what nobody called below the call that asked for it', () => {
  let number = 0;
  const calls = trackCalls(() => undefined, () => number += 1);
  const asking = calls.enter({ fns: ['a'], step: 1 });
  calls.note(9, 1);
  assert.deepEqual([calls.enter({ fns: ['timer'], step: 9 }).parent, calls.enter({ fns: ['stranger'], step: 11 }).parent], [asking, undefined]);
});

// ── values ──

const show = (value: unknown, name = 'value') => describe(value, name, keepSecrets());

class Cup { size = 'large'; #secret = 1; get cost(): number { throw new Error(`asked: ${this.#secret}`); } }

for (const [what, value, text] of [
  ['text', "it's", `"it's"`],
  ['a line break', 'a\nb', "'a\\nb'"],
  ['an escape sequence', '\x1b[2J', "'\\x1b[2J'"],
  ['long text', 'x'.repeat(500), `'${'x'.repeat(120)}…' (500 characters)`],
  ['nothing', undefined, 'undefined'],
  ['a list', [1, [2, [3, [4]]]], '[1, [2, [3, [… 1]]]]'],
  ['a long list, by its ends', Array.from({ length: 30 }, (_, index) => index), '[0, 1, 2, 3, 4, … 24 more, 29]'],
  ['an object', { id: 2, 'a b': null, f() {} }, "{ id: 2, 'a b': null, f() }"],
  ['a class', new Cup(), "Cup { size: 'large' }"],
  ['a getter, without asking it', { get price() { throw new Error('asked'); } }, '{ price: computed when asked }'],
  ['a proxy, without asking it', new Proxy({}, { ownKeys() { throw new Error('asked'); } }), 'a proxy'],
  ['a Map', new Map([['a', 1]]), "Map { 'a' → 1 }"],
  ['bytes', Buffer.from('password'), 'Buffer of 8 bytes'],
  ['a query', new URLSearchParams('a=1'), "URLSearchParams { a: '1' }"],
  ['an error', new TypeError('no'), "TypeError: 'no'"],
  ['a promise', Promise.resolve(1), 'a promise'],
  ['a date', new Date(0), 'Date 1970-01-01T00:00:00.000Z'],
] as [string, unknown, string][]) {
  test(`describe() shows ${what}`, () => assert.equal(show(value), text));
}

test('describe() shows what contains itself, and cuts what is too long', () => {
  const self: Record<string, unknown> = {};
  self.self = self;
  assert.equal(show(self), '{ self: (itself) }');
  const long = show(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`name${index}`, 'x'.repeat(50)])));
  assert.equal(long.length, 401);
  assert.ok(long.endsWith('…'));
});

// ── secrets ──

for (const [name, value, text] of [
  ['password', 'flatwhite42', '•••'],
  ['headers', { cookie: 'sid=abc123; theme=dark', accept: '*/*' }, "{ cookie: •••, accept: '*/*' }"],
  ['session', { sessionId: 'abc123', user: 'ada' }, "{ sessionId: •••, user: 'ada' }"],
  ['tokens', ['abc123', 'def456'], '[•••, •••]'],
  ['account', { email: 'ada@cafe.example', newPassword: 'flatwhite42' }, "{ email: 'ada@cafe.example', newPassword: ••• }"],
] as [string, unknown, string][]) {
  test(`describe() hides what is secret in ${name}`, () => assert.equal(show(value, name), text));
}

test('a secret that was seen once is hidden wherever it turns up', () => {
  const secrets = keepSecrets(secretsIn({ headers: [['Cookie', 'sid=abc123; theme=dark'], ['Authorization', 'Bearer tok-789']], body: '{"email":"ada","password":"flat white?"}' }));
  const hidden = hideIn({ steps: ['text = {"password":"flat white?"}', 'id = abc123', 'tok-789', 'password=flat%20white%3F'] }, secrets);
  assert.deepEqual(hidden.steps, ['text = {"password":"•••"}', 'id = •••', '•••', 'password=•••']);
  assert.equal(secrets.hide("'flat wh…'"), "'•••…'");
  assert.deepEqual(hideHeaders([['Set-Cookie', 'sid=x'], ['Accept', 'a']], secrets), [['Set-Cookie', '•••'], ['Accept', 'a']]);
});

test('secretsIn() reads forms and broken JSON too', () => {
  assert.deepEqual(secretsIn({ headers: [], body: 'email=ada&password=flat+white' }), ['flat white']);
  assert.deepEqual(secretsIn({ headers: [], body: "{ email: 'ada', password: 'flatwhite' }" }), ['flatwhite']);
});

// ── steps ──

const line = (number: number, call: number, values: LineNote['values'] = [], more: Partial<LineNote> = {}): LineNote =>
  ({ line: number, file: 0, request: 1, call, parent: call - 1, name: '', depth: call - 1, values, ...more });
const sources = new Map([[0, { path: '/cafe/server.ts', lines: Array.from({ length: 20 }, (_, index) => `line ${index + 1};`) }]]);
const stepsOf = (notes: Note[]) => makeSteps(notes, 1, sources, () => 'server.ts');
const brief = ({ line: number, given, changed, returned, threw, back }: Step) => [number, ...(given ? [{ given }] : []), ...(changed ? [{ changed }] : []), ...(returned ? [{ returned }] : []), ...(threw ? [{ threw }] : []), ...(back ? ['back'] : [])];

test('makeSteps() gives a line what is new at the next one', () => {
  assert.deepEqual(stepsOf([line(1, 1, [['a', '1']]), line(2, 1, [['b', '2']])]).map(brief), [[1, { given: [['a', '1']] }, { changed: [['b', '2']] }], [2]]);
});

test('makeSteps() makes one step of several stops in one line', () => {
  assert.deepEqual(stepsOf([line(1, 1), line(1, 1), line(1, 1, [['a', '1']]), line(2, 1)]).map(brief), [[1, { changed: [['a', '1']] }], [2]]);
});

test('makeSteps() makes a new step when the same line changes the same variable again', () => {
  assert.deepEqual(stepsOf([line(1, 1), line(1, 1, [['i', '1']]), line(1, 1, [['i', '2']])]).map(brief), [[1, { changed: [['i', '1']] }], [1, { changed: [['i', '2']] }]]);
});

test('makeSteps() leads back to a line when calls came in between', () => {
  assert.deepEqual(stepsOf([line(1, 1), line(9, 2, [], { parent: 1 }), line(9, 2, [], { end: true }), { returned: 2, text: '5' }, line(2, 1, [['b', '5']])]).map(brief), [
    [1], [9, { returned: '5' }], [1, { changed: [['b', '5']] }, 'back'], [2],
  ]);
});

test('makeSteps() gives what a loop takes to the line of the loop', () => {
  const loop = { line: 1, names: ['x'] };
  assert.deepEqual(stepsOf([line(1, 1), line(2, 1, [['x', '1']], { loop }), line(2, 1, [['x', '2'], ['sum', '1']], { loop }), line(3, 1, [['sum', '3']])]).map(brief), [
    [1, { changed: [['x', '1']] }], [2, { changed: [['sum', '1']] }], [1, { changed: [['x', '2']] }], [2, { changed: [['sum', '3']] }], [3],
  ]);
});

test('makeSteps() puts an error at the line where it was made', () => {
  const threw = { threw: 'Error: no', request: 1, path: '/cafe/server.ts', line: 9 };
  assert.deepEqual(stepsOf([line(1, 1), line(9, 2), threw, line(3, 1, [['error', 'Error: no']], { catches: true })]).map(brief), [
    [1], [9, { threw: 'Error: no' }], [1, { changed: [['error', 'Error: no']] }, 'back'], [3],
  ]);
});

test('makeSteps() says that a line has thrown even if nobody looked at the error', () => {
  assert.deepEqual(stepsOf([line(1, 1), line(3, 1, [], { catches: true })]).map(brief), [[1, { threw: 'an error' }], [3]]);
});

test('makeSteps() keeps the requests apart', () => {
  const notes = [line(1, 1), line(5, 2, [], { request: 2 }), line(2, 1)];
  assert.deepEqual([makeSteps(notes, 1, sources, () => '').map(({ line: number }) => number), makeSteps(notes, 2, sources, () => '').map(({ line: number }) => number)], [[1, 2], [5]]);
});

for (const [file, stage] of [
  ['lessons/04-router/router.ts', 'request'], ['lessons/08-validate/validate.ts', 'request'], ['lessons/04-router/server.ts', 'logic'], ['lessons/09-logic/menu.ts', 'logic'],
  ['lessons/09-logic/table.ts', 'storage'], ['db/journal.ts', 'storage'], ['lessons/02-reply/reply.ts', 'response'], ['lessons/02-reply/send.ts', 'response'], ['lessons/04-router/exercises/tea/answer.ts', 'logic'],
  ['lessons/13-files/range.ts', 'request'], ['lessons/13-files/folder.ts', 'storage'], ['lessons/15-login/who.ts', 'request'], ['lessons/16-rights/access.ts', 'request'], ['lessons/16-rights/account-api.ts', 'logic'],
  ['lessons/17-journal/exercises/drawer/journal.ts', 'storage'], ['db/loaded.ts', 'storage'], ['lessons/12-pages/layout.ts', 'response'], ['lessons/12-pages/form.ts', 'response'],
] as const) {
  test(`stageOf() counts ${file} as ${stage}`, () => assert.equal(stageOf(file), stage));
}

// ── the real thing ──

group('every line and every value is as written down', { concurrency: 2 }, () => {
  for (const [word, number] of chosen) {
    test(`in lesson ${word}, request ${number}`, async () => {
      const lesson = findLesson(readCourse(), word);
      const recording = await recordRequest(lesson, number);
      assert.equal(writeOut(recording), expectedOf(lesson));
      assert.deepEqual(printRecording(recording).split('\n').filter((text) => [...text].length > columns), []);
      assert.deepEqual(recording.stops.map(({ stage }) => stage), ['request', 'logic', 'storage', 'response']);
      assert.deepEqual(JSON.parse(JSON.stringify(recording)), recording);
    });
  }
});

for (const word of ['4', '6', '10']) {
  test(`lesson ${word} answers the same to the byte, recorded or not`, async (t) => {
    const lesson = findLesson(readCourse(), word);
    const requests = readRequests(readFileSync(join(lesson.folder, 'requests.http'), 'utf8')).filter(({ method, target }) => method === 'GET' && !target.includes('brew'));
    const server = await startServer({ file: lesson.server, cwd: root, port: 0 });
    t.after(() => server.stop());
    for (const request of requests.slice(0, 3)) {
      const plain = await sendRequest(server.url, request);
      const { answer } = await record({ file: lesson.server, request });
      assert.deepEqual(answer && [answer.status, answer.statusMessage, withoutDate(answer.headers), answer.body], [plain.status, plain.statusMessage, withoutDate(plain.headers), plain.body.toString()]);
    }
  });
}

function withoutDate(headers: [string, string][]): [string, string][] {
  return headers.filter(([name]) => name.toLowerCase() !== 'date');
}

const start = `import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
`;

function serverFile(t: TestContext, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'replay-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'server.ts'), start + code);
  return join(folder, 'server.ts');
}

const linesOf = ({ steps }: Recording) => steps.filter(({ back }) => !back).map(({ line: number }) => number - 2);
const newsOf = ({ steps }: Recording) => steps.flatMap(({ given = [], changed = [] }) => [...given, ...changed]).map(([name, text]) => `${name} = ${text}`);

test('two requests at the same time are told apart, line by line', async (t) => {
  const file = serverFile(t, `async function pour(cup: string): Promise<string> {
  await wait(200);
  const full = cup + ' is full';
  return full;
}
createServer(async (request, response) => {
  const cup = String(request.url);
  const poured = await pour(cup);
  response.end(poured);
}).listen(3000);
`);
  const [first, second] = await recordTogether({ file, requests: [get('/one'), get('/two')] });
  for (const [recording, cup] of [[first, '/one'], [second, '/two']] as const) {
    assert.equal(recording!.answer?.body, `${cup} is full`);
    assert.deepEqual(linesOf(recording!), [7, 8, 2, 3, 4, 9]);
    assert.deepEqual(newsOf(recording!).filter((text) => /^(cup|full|poured)/.test(text)), [`cup = '${cup}'`, `cup = '${cup}'`, `full = '${cup} is full'`, `poured = '${cup} is full'`]);
  }
});

test('loops and awaits come in the order in which they run, each as deep as it is', async (t) => {
  const file = serverFile(t, `createServer(async (request, response) => {
  let sum = 0;
  for (const price of [220, 340]) {
    sum += await taxed(price);
  }
  response.end(String(sum));
}).listen(3000);
async function taxed(price: number): Promise<number> {
  await wait(1);
  return price * 2;
}
`);
  const recording = await record({ file, request: get('/') });
  assert.equal(recording.answer?.body, '1120');
  assert.deepEqual(linesOf(recording), [2, 3, 4, 9, 10, 3, 4, 9, 10, 6]);
  assert.deepEqual(newsOf(recording).filter((text) => /^(sum|price)/.test(text)), ['sum = 0', 'price = 220', 'price = 220', 'sum = 440', 'price = 340', 'price = 340', 'sum = 1120']);
  assert.deepEqual([...new Set(recording.steps.map(({ name, depth }) => `${name} ${depth}`))], [' 0', 'taxed 1']);
});

test('a variable that has no value yet does not hide the others', async (t) => {
  const file = serverFile(t, `function pour(cup: string, size = cup.length): number {
  return size;
}
createServer((_request, response) => {
  const size = pour('mug');
  response.end(String(size));
}).listen(3000);
`);
  const recording = await record({ file, request: get('/') });
  assert.deepEqual(newsOf(recording).filter((text) => /^(cup|size)/.test(text)).sort(), ["cup = 'mug'", 'size = 3', 'size = 3']);
});

test('start-up code is not recorded', async (t) => {
  const file = serverFile(t, `function make(): string {
  return 'flat white';
}
const cup = make();
createServer((_request, response) => {
  response.end(cup);
}).listen(3000);
`);
  assert.deepEqual(linesOf(await record({ file, request: get('/') })), [6]);
});

test('a server that crashes leaves a recording that ends at the line that threw', async (t) => {
  const file = serverFile(t, `createServer((request, response) => {
  const item = [{ id: 1 }].find(({ id }) => String(id) === request.url)!;
  response.end(String(item.id));
}).listen(3000);
`);
  const recording = await record({ file, request: get('/99') });
  assert.match(String(recording.failure), /^GET \/99 could not be sent to .*: the server closed the connection without an answer\.$/);
  assert.deepEqual(recording.steps.at(-1) && brief(recording.steps.at(-1)!).slice(1), [{ threw: "TypeError: \"Cannot read properties of undefined (reading 'id')\"" }]);
  assert.equal(recording.steps.at(-1)!.line - 2, 3);
});

test('a server that never answers is given up, and its lines are shown', async (t) => {
  const file = serverFile(t, `createServer((request, response) => {
  if (request.url === '/') response.end('Hello');
}).listen(3000);
`);
  const recording = await record({ file, request: get('/menu'), patience: 500 });
  assert.match(String(recording.failure), /no answer came within 0\.5 seconds/);
  assert.deepEqual(linesOf(recording), [2]);
});

test('a server that loops for ever is given up, and the recording says that it is cut', async (t) => {
  const file = serverFile(t, `createServer((_request, response) => {
  let cups = 0;
  while (cups >= 0) {
    cups += 1;
  }
  response.end('never');
}).listen(3000);
`);
  const recording = await record({ file, request: get('/'), patience: 3_000 });
  assert.match(String(recording.failure), /no answer came/);
  assert.deepEqual(linesOf(recording).slice(0, 6), [2, 3, 4, 3, 4, 3]);
  assert.ok(recording.cut === undefined || recording.cut.startsWith('The recording ends here'), recording.cut);
  assert.ok(recording.steps.length <= 5_000);
});

test('a recording is bounded, says so, and the answer is whole all the same', async (t) => {
  const file = serverFile(t, `createServer((_request, response) => {
  let sum = 0;
  for (let cup = 0; cup < 20_000; cup += 1) {
    sum += cup;
  }
  response.end(String(sum));
}).listen(3000);
`);
  const recording = await record({ file, request: get('/'), patience: 30_000 });
  assert.equal(recording.answer?.body, '199990000');
  assert.match(String(recording.cut), /^The recording ends here: it has \d+ notes, and more are not kept\.$/);
  assert.match(printRecording(recording), /! The recording ends here/);
});

test('a password does not come into a recording', async (t) => {
  const file = serverFile(t, `createServer((request, response) => {
  let text = '';
  request.on('data', (piece) => { text += piece; });
  request.on('end', () => {
    const { email, password } = JSON.parse(text);
    const both = email + ':' + password;
    response.setHeader('set-cookie', 'sid=session-4711; HttpOnly');
    response.end(JSON.stringify({ both, cookie: request.headers.cookie }));
  });
}).listen(3000);
`);
  const request = { ...post('/', '{"email":"ada","password":"flatwhite42"}'), headers: [['Cookie', 'sid=old-cookie-1'], ['Authorization', 'Bearer token-99']] as [string, string][] };
  const recording = await record({ file, request });
  const everything = JSON.stringify(recording) + printRecording(recording);
  for (const secret of ['flatwhite42', 'session-4711', 'old-cookie-1', 'token-99']) assert.ok(!everything.includes(secret), secret);
  assert.ok(newsOf(recording).includes("both = 'ada:•••'"), newsOf(recording).join('\n'));
});

test('requests that come before are sent and not recorded', async () => {
  const lesson = findLesson(readCourse(), '10');
  const requests = readRequests(readFileSync(join(lesson.folder, 'requests.http'), 'utf8'));
  const recording = await record({ file: lesson.server, request: requests[2]!, before: [requests[1]!] });
  assert.equal(recording.answer?.status, 200);
  assert.ok(recording.steps.every(({ source }) => !source.includes('planInsert')));
});

test('shorten() keeps to the width, and cuts no character in two', () => {
  assert.equal(shorten('☕☕☕', 2), '☕…');
  assert.equal(shorten('flat white', 10), 'flat white');
});

// The checker, tried with every answer that goes wrong in its own way, and its commands as a
// learner types them.
//
//   answer.ts: while (true) {}  ──►  X9 a loop without an end, within seconds, and no process is left
//
// The exercises themselves are proved in exercises.test.ts.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { asIfIn, changes, countChanges } from '../lessons/classroom/check/changes.ts';
import { checkProgram } from '../lessons/classroom/check/check.ts';
import type { Verdict } from '../lessons/classroom/check/verdict.ts';
import { readExercises } from '../lessons/classroom/check/exercises.ts';
import { readGallery } from '../lessons/classroom/check/gallery.ts';
import { lookAgain, watchers } from '../lessons/classroom/check/look.ts';
import { programOf } from '../lessons/classroom/check/mistake.ts';
import { asOlder } from '../lessons/classroom/check/older.ts';
import { placeIn, placeSeen, type FailedLocation } from '../lessons/classroom/check/place.ts';
import { findParting } from '../lessons/classroom/replay/parting.ts';
import type { Ask, Came, Cafe, Check } from '../lessons/classroom/check/format.ts';
import { collectOutput } from '../lessons/classroom/check/output.ts';
import { claimsOf } from '../lessons/classroom/check/proof.ts';
import { curl } from '../lessons/classroom/check/curl.ts';
import { isRunning, prepare, startProgram, type Asked } from '../lessons/classroom/check/program.ts';
import { keepSpares, type Warm } from '../lessons/classroom/check/spare.ts';
import { findNoAnswer, findTrouble, nameless } from '../lessons/classroom/check/trouble.ts';
import { brokenWants, sayWant } from '../lessons/classroom/check/wants.ts';
import type { Subject } from '../lessons/classroom/check/subject.ts';
import { root as project } from '../lessons/classroom/course.ts';
import { isNative } from '../lessons/classroom/start.ts';

const folders: string[] = [];
const spares = keepSpares(2);
after(() => {
  spares.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  folders.push(folder);
  return folder;
}

const hello: Check = { steps: [
  { story: 'Ada says hello.', ask: 'GET /', want: { status: 200, includes: ['hello'] } },
  { story: 'Ada says hello again.', ask: 'GET /again', want: { status: 200, includes: ['hello'] } },
] };

const imports = "import { createServer } from 'node:http';\nimport { writeFileSync } from 'node:fs';\n";
const noteSelf = "if (process.env.PID_FILE) writeFileSync(process.env.PID_FILE, String(process.pid));\n";
const good = "createServer((_, res) => res.end('hello')).listen(3000);\n";

type Judged = { verdict: Verdict; pid: number | undefined; milliseconds: number };

/** The verdict on a program that stands alone in a folder of its own. */
async function judge(text: string, check: Check, env = 'PID_FILE'): Promise<Judged> {
  const root = makeFolder();
  const file = join(root, 'answer.ts');
  const pidFile = join(makeFolder(), 'pid');
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(file, text.replace(`process.env.${env}`, JSON.stringify(pidFile)).replace(`process.env.${env}`, JSON.stringify(pidFile)));
  spares.refill();
  const start = performance.now();
  const verdict = await checkProgram({ file, check, spares, root });
  return { verdict, milliseconds: performance.now() - start, pid: existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

type Bad = [what: string, text: string, code: string, says: RegExp, line?: number];

const bad: Bad[] = [
  ['is empty', ' \n', 'X1', /^answer\.ts is empty/],
  ['is no TypeScript', 'const a = {;\n', 'X2', /cannot be read as TypeScript/, 1],
  ['compares with one sign', `${imports}let guests = 3;\nif (guests % 3 = 0) guests = 0;\n`, 'X2', /cannot be read as TypeScript: (?!Transform)/, 4],
  ['is no TypeScript further down', `${imports}\nconst price = 3\nconst name = 'flat white;\n`, 'X2', /cannot be read as TypeScript/, 5],
  ...(isNative() ? [['has an enum, on a Node that only erases types', 'enum Size { small }\nSize.small;\n', 'X15', /more than a type/, 1] as Bad] : []),
  ['imports a file that is missing', "import { text } from './reply.ts';\ntext();\n", 'X3', /reply\.ts/, 1],
  ['imports a package that is missing', "import express from 'express';\nexpress();\n", 'X3', /express/, 1],
  ['imports a name that is missing', "import { createServers } from 'node:http';\ncreateServers();\n", 'X3', /createServers/, 1],
  ['throws at the start', `${imports}${noteSelf}\nnull.length;\n`, 'X4', /TypeError: Cannot read properties of null/, 5],
  ['exits at once', `${imports}${noteSelf}process.exit(0);\n`, 'X5', /ended by itself and never listened/],
  ['exits with an error status', `${imports}${noteSelf}process.exit(3);\n`, 'X5', /ended with status 3/],
  ['comes to its end', `${imports}${noteSelf}createServer();\n`, 'X5', /ended by itself/],
  ['awaits what never comes', `${imports}${noteSelf}await new Promise(() => {});\n`, 'X6', /never comes/],
  ['never listens', `${imports}${noteSelf}setInterval(() => {}, 1000);\n`, 'X7', /listens nowhere/],
  ['is still starting', `${imports}${noteSelf}await new Promise((r) => setTimeout(r, 60_000));\n${good}`, 'X8', /still busy with its first lines/],
  ['loops for ever at the start', `${imports}${noteSelf}while (true) {}\n`, 'X9', /a loop that does not end/],
  ['prints for ever', `${imports}${noteSelf}for (;;) console.log('flat white');\n`, 'X9', /It printed more than \d+ lines meanwhile/],
  ['fills the memory', `${imports}${noteSelf}const all: unknown[] = [];\nfor (;;) all.push(new Array(1000).fill(1.5));\n`, 'X10', /more than 500 MB/],
  ['fills the memory with bytes', `${imports}${noteSelf}const all: unknown[] = [];\nsetInterval(() => all.push(Buffer.alloc(20e6, 1)), 1);\n`, 'X10', /more than 500 MB/],
  ['has no such port', `${imports}${noteSelf}createServer().listen(70000);\n`, 'X4', /port/i],
  ['listens twice', `${imports}${noteSelf}${good}${good}`, 'X13', /2 doors/],
  ['writes into the folder it is started in', `${imports}${noteSelf}createServer((_, res) => { writeFileSync('orders.json', '[]'); res.end('hello'); }).listen(3000);\n`, 'X14', /wrote orders\.json into the folder that it was started in/],
  ['writes beside itself', `${imports}${noteSelf}createServer((_, res) => { writeFileSync(new URL('orders.json', import.meta.url), '[]'); res.end('hello'); }).listen(3000);\n`, 'X14', /wrote orders\.json, which is not in the data folder/],
  ['never answers', `${imports}${noteSelf}createServer(() => {}).listen(3000);\n`, 'X20', /got GET \/ and never answered/],
  ['never answers, with a timer', `${imports}${noteSelf}setInterval(() => {}, 100);\ncreateServer(() => {}).listen(3000);\n`, 'X20', /never answered/],
  ['never ends its answer', `${imports}${noteSelf}createServer((_, res) => { res.write('hello'); }).listen(3000);\n`, 'X21', /never ended it/],
  ['loops for ever on a request', `${imports}${noteSelf}createServer(() => { for (;;); }).listen(3000);\n`, 'X22', /GET \/ made answer\.ts so busy/],
  ['hangs up', `${imports}${noteSelf}createServer((req) => { req.socket.destroy(); }).listen(3000);\n`, 'X23', /closed the connection of GET \//],
  ['ends in the middle', `${imports}${noteSelf}createServer((req, res) => {\n  if (req.url === '/again') null.length;\n  res.end('hello'); }).listen(3000);\n`, 'X24', /GET \/again ended the program: TypeError/, 5],
  ['ends right after its answer', `${imports}${noteSelf}createServer((_, res) => {\n  res.end('hello');\n  Promise.reject(new Error('no milk'));\n}).listen(3000);\n`, 'X24', /GET \/ ended the program: no milk/, 6],
  ['fills the memory on a request', `${imports}${noteSelf}const all: unknown[] = [];\ncreateServer(() => { for (;;) all.push(new Array(1000).fill(1.5)); }).listen(3000);\n`, 'X10', /more than 500 MB/],
];

describe('an answer that', { concurrency: 2 }, () => {
  for (const [what, text, code, says, line] of bad) {
    test(`${what} is told ${code}, and no process is left`, async () => {
      const { verdict, pid, milliseconds } = await judge(text, hello);
      assert.ok(!verdict.passed, 'it passed');
      assert.equal(verdict.mistake.code, code, JSON.stringify(verdict.mistake));
      assert.match(verdict.mistake.says, says);
      if (line !== undefined) assert.deepEqual(verdict.place, { file: 'answer.ts', line });
      if (text.includes(noteSelf)) assert.equal(isThere(pid ?? NaN), false, 'its process is still there');
      assert.ok(milliseconds < 60_000, `it took ${milliseconds} ms`);
    });
  }
});

describe('an answer passes that', { concurrency: 2 }, () => {
  const fine: [what: string, text: string][] = [
    ['listens on a fixed port, which another program holds', `${imports}${noteSelf}createServer((_, res) => res.end('hello')).listen(PORT);\n`],
    ['listens late', `${imports}${noteSelf}setTimeout(() => createServer((_, res) => res.end('hello')).listen(3000), 300);\n`],
    ['answers late, from a timer', `${imports}${noteSelf}createServer((_, res) => setTimeout(() => res.end('hello'), 300)).listen(3000);\n`],
    ['answers late, from work that Node does elsewhere', `${imports}import { scrypt } from 'node:crypto';\n${noteSelf}createServer((_, res) => scrypt('ada', 'salt', 64, { N: 2 ** 14 }, () => res.end('hello'))).listen(3000);\n`],
    ['answers in pieces', `${imports}${noteSelf}createServer((_, res) => { res.write('hel'); setImmediate(() => setTimeout(() => res.end('lo hello'), 50)); }).listen(3000);\n`],
    ['keeps a timer', `${imports}${noteSelf}setInterval(() => {}, 10);\n${good}`],
    ['answers much', `${imports}${noteSelf}createServer((_, res) => res.end('hello'.repeat(2e6))).listen(3000);\n`],
    ['writes into the data folder', `${imports}${noteSelf}createServer((_, res) => { writeFileSync(process.env.DATA_DIR + '/orders.json', '[]'); res.end('hello'); }).listen(3000);\n`],
  ];
  for (const [what, text] of fine) {
    test(what, async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { verdict, pid } = await judge(text.replace('PORT', String((other.address() as AddressInfo).port)), hello).finally(() => other.close());
      assert.deepEqual(verdict, { passed: true, steps: 2, notes: [] });
      assert.equal(isThere(pid ?? NaN), false);
    });
  }
  test('prints a million lines, and is told so', async () => {
    const { verdict } = await judge(`${imports}${noteSelf}for (let i = 0; i < 1000; i++) process.stdout.write('flat white\\n'.repeat(1000));\n${good}`, hello);
    assert.deepEqual(verdict, { passed: true, steps: 2, notes: ['answer.ts printed 1,000,000 lines. That is much to read, and slows it down.'] });
  });
});

describe('a check', { concurrency: 2 }, () => {
  const store = `${imports}import { readFileSync, existsSync } from 'node:fs';
${noteSelf}const file = process.env.DATA_DIR + '/notes.json';
const notes: string[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
createServer((req, res) => {
  let body = '';
  req.on('data', (piece) => { body += piece; console.log('piece ' + piece.length); });
  req.on('end', () => {
    if (req.method === 'POST') { notes.push(body); SAVE }
    res.setHeader('content-type', 'application/json').end(JSON.stringify(notes));
  });
}).listen(3000);
`;
  const save = 'writeFileSync(file, JSON.stringify(notes));';
  const later = "process.on('SIGTERM', () => { writeFileSync(file, JSON.stringify(notes)); process.exit(); });";
  const kept = (before: 'restart' | 'kill'): Check => ({
    given: { 'notes.json': '["first"]' },
    steps: [
      { story: 'Ada leaves a note.', ask: { target: '/notes', body: 'second' }, want: { json: ['first', 'second'] } },
      {
        story: 'It is still there.', before, ask: 'GET /notes', want: { json: ['first', 'second'] },
        mistakes: [{ code: 'Z1', name: 'lost', fits: (came, cafe) => came.text === '["first"]' && cafe.file('notes.json') === '["first"]', says: (came) => `Only ${came.text} came.`, tryThis: 'Save it.' }],
      },
    ],
  });

  test('looks into the stored file, after an end and after a kill', async () => {
    assert.equal((await judge(store.replace('SAVE', save), kept('restart'))).verdict.passed, true);
    assert.equal((await judge(store.replace('SAVE', save), kept('kill'))).verdict.passed, true);
    const { verdict } = await judge(store.replace('SAVE', ''), kept('restart'));
    assert.ok(!verdict.passed);
    assert.deepEqual(verdict.mistake, { code: 'Z1', name: 'lost', says: 'Only ["first"] came.', tryThis: 'Save it.', lesson: undefined });
    assert.equal(verdict.step?.number, 2);
  });

  test('tells a polite end from a pulled plug', { skip: process.platform === 'win32' && 'Windows has no SIGTERM' }, async () => {
    const program = store.replace('SAVE', '') + later;
    assert.equal((await judge(program, kept('restart'))).verdict.passed, true);
    assert.equal((await judge(program, kept('kill'))).verdict.passed, false);
  });

  test('sends pieces so that each is heard by itself, and hears what is printed', async () => {
    let came: Came | undefined;
    const cut = Buffer.from('café');
    const check: Check = { steps: [{ story: 'é is cut in two.', ask: { target: '/', pieces: [cut.subarray(0, 4), cut.subarray(4)] }, want: { holds: (seen) => { came = seen; return undefined; } } }] };
    await judge(store.replace('SAVE', ''), check);
    assert.equal(came?.printed, 'piece 4\npiece 1\n');
    assert.equal((came?.json as string[])[0], 'caf\uFFFD\uFFFD');
  });

  test('starts a program again for a probe after its end, and takes answers of steps before', async () => {
    let seen: string[] = [];
    const check: Check = { steps: [
      { story: 'Hello.', ask: 'GET /', want: { status: 200 } },
      {
        story: 'It ends.', ask: (cafe) => `GET /${cafe.seen[0]?.text}`, want: { status: 200 },
        mistakes: [{ code: 'Z1', name: 'gone', fits: async (came, cafe) => { seen = [came.how, came.error?.message ?? '', (await cafe.ask('GET /')).text]; return true; }, says: 'Gone.', tryThis: 'Look.' }],
      },
    ] };
    const { verdict } = await judge(`${imports}${noteSelf}createServer((req, res) => { if (req.url === '/hello') throw new Error('no milk'); res.end('hello'); }).listen(3000);\n`, check);
    assert.deepEqual(seen, ['ended', 'no milk', 'hello']);
    assert.equal(verdict.passed, false);
  });

  test('says the first thing that does not hold, when no mistake fits', async () => {
    const { verdict } = await judge(`${imports}${noteSelf}createServer((_, res) => res.end('tea')).listen(3000);\n`, hello);
    assert.ok(!verdict.passed);
    assert.equal(verdict.mistake.says, 'The body should contain "hello", but it was "tea".');
  });
});

// ── where the mistake is ──────────────────────────────────────────────────────────────────────

type Seen = { place: FailedLocation | undefined; seen: Awaited<ReturnType<typeof lookAgain>>; file: string };

/** The second look at a program that failed. */
async function lookAt(text: string, check: Check, watching: typeof watchers.recorder, more: Record<string, string> = {}): Promise<Seen> {
  const root = makeFolder();
  const file = join(root, 'answer.ts');
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(file, text);
  for (const [name, other] of Object.entries(more)) writeFileSync(join(root, name), other);
  const verdict = await checkProgram({ file, check, spares, root });
  assert.ok(!verdict.passed && verdict.step, 'it must fail at a step');
  const seen = await lookAgain({ file, check, spares: keepSpares(0, watching), root }, verdict.step.number);
  return { place: placeSeen(seen, file, root, verdict.step.came.status > 0), seen, file };
}

const start200: Check = { steps: [
  { story: 'A note is left.', ask: { target: '/notes', body: 'milk' }, want: { status: 201 } },
  { story: 'And another one.', ask: { target: '/notes', body: 'sugar' }, want: { status: 201, headers: { 'x-notes': '2' } } },
] };

const one = (ask: Ask): Check => ({ steps: [{ story: 'Ada asks.', ask, want: { status: 200, includes: ['hello'], headers: { 'x-cup': 'full' } } }] });
const server = (...lines: string[]) => `import { createServer } from 'node:http';\ncreateServer((req, res) => {\n${lines.join('\n')}\n}).listen(3000);\n`;

const lost: [what: string, text: string, check: Check, line: number, how: string | undefined, parting: [how: string, values: string, threw?: RegExp]][] = [
  ['a wrong status', server("  if (req.url === '/tea') {", "    return res.writeHead(404).end('hello');", '  }', "  res.end('hello');"), one('GET /tea'), 4, 'the answer came from there', ['answered', 'req,res']],
  ['a wrong header', server("  const cup = 'empty';", "  res.setHeader('x-cup', cup);", "  res.end('hello');", "  console.log('done');"), one('GET /'), 5, 'the answer came from there', ['answered', 'req,res,cup']],
  ['an error that is caught', server('  try {', '    throw new Error(req.url);', '  } catch (error) {', '    res.writeHead(500).end(String(error));', '  }'), one('GET /'), 6, 'the answer came from there', ['answered', 'req,res,error']],
  ['an answer that never comes', server("  const isTea = req.url === '/tea';", "  if (isTea) res.end('hello');"), one('GET /'), 4, 'it ran last', ['stopped', 'req,res,isTea']],
  ['a body that came', `import { createServer } from 'node:http';
let count = 0;
createServer((req, res) => {
  let body = '';
  req.on('data', (piece) => { body += piece; });
  req.on('end', () => {
    if (body !== '') count += 1;
    res.writeHead(201, { 'x-notes': '1' }).end(body);
  });
}).listen(3000);
`, start200, 8, 'the answer came from there', ['answered', 'res,body,count']],
  ['a path that is compared with its query', server("  if (req.url === '/tea') return res.end('hello');", "  res.writeHead(404).end();"), one('GET /tea?size=large'), 3, undefined, ['answered', 'req,res']],
];

describe('the second look', { concurrency: 2 }, () => {
  for (const [what, text, check, line, how] of lost) {
    test(`finds the line of ${what}`, async () => {
      const { place } = await lookAt(text, check, watchers.both);
      assert.deepEqual(place, { file: 'answer.ts', line, ...(how && { how }) });
    });
  }

  for (const [what, text, check, line, , [how, values]] of lost.slice(0, -1)) {
    test(`shows where the ways part, for ${what}`, async () => {
      const { seen } = await lookAt(text, check, watchers.recorder);
      const parting = findParting(seen.recording!, 'answer.ts');
      assert.deepEqual([parting?.how, parting?.step.line, parting?.values.map(([name]) => name).join(',')], [how, line, values]);
    });
  }

  test('shows the line that threw, when nobody caught it', async () => {
    const { seen } = await lookAt(server('  const cup = undefined as any;', '  res.end(cup.size);'), one('GET /'), watchers.recorder);
    const parting = findParting(seen.recording!, 'answer.ts');
    assert.deepEqual([parting?.how, parting?.step.line, parting?.threw], ['threw', 4, "TypeError: \"Cannot read properties of undefined (reading 'size')\""]);
    assert.equal(seen.recording?.failure, 'the program ended.');
  });

  test('says who answered, when no line of answer.ts ran', async () => {
    const menu = "export const menu = (_req: unknown, res: any) => {\n  res.end('nothing');\n};\n";
    const { place } = await lookAt("import { createServer } from 'node:http';\nimport { menu } from './menu.ts';\ncreateServer(menu).listen(3000);\n", one('GET /'), watchers.both, { 'menu.ts': menu });
    assert.deepEqual(place, { file: 'menu.ts', line: 2, how: 'it answered, and no line of answer.ts ran' });
  });

  test('goes the steps before it, with the same data', async () => {
    const { seen } = await lookAt(lost[4]![1], start200, watchers.recorder);
    const parting = findParting(seen.recording!, 'answer.ts')!;
    assert.deepEqual(seen.recording?.sent.body, 'sugar');
    const { body, count } = Object.fromEntries(parting.values);
    assert.deepEqual([body, count], ["'sugar'", '2']);
  });

  test('ends at once when nobody wants it any more, and leaves no process', async () => {
    const root = makeFolder();
    const file = join(root, 'answer.ts');
    const pidFile = join(makeFolder(), 'pid');
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
    writeFileSync(file, `import { writeFileSync } from 'node:fs';\nimport { createServer } from 'node:http';\nwriteFileSync(${JSON.stringify(pidFile)}, String(process.pid));\nsetInterval(() => {}, 100);\ncreateServer(() => {}).listen(3000);\n`);
    const stop = new AbortController();
    const seen = lookAgain({ file, check: hello, spares: keepSpares(0, watchers.both), root }, 1, stop.signal);
    while (!existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    assert.equal((await seen).told.length, 0);
    assert.equal(isThere(Number(readFileSync(pidFile, 'utf8'))), false);
  });
});

test('brokenWants() says what should be and what is', async () => {
  const came = { status: 404, text: 'tea\n', json: undefined, headers: [['Content-Type', 'text/plain; charset=UTF-8']], header: () => 'text/plain; charset=UTF-8' } as unknown as Came;
  const broken = (want: Parameters<typeof brokenWants>[0]) => brokenWants(want, came, {} as Cafe);
  assert.deepEqual(await broken({ status: 404, text: 'tea', includes: ['te'], lacks: ['coffee'], headers: { 'content-type': 'charset=utf-8', allow: null } }), []);
  assert.deepEqual(await broken({ status: 200, text: 'coffee', json: [1], includes: ['milk'], lacks: ['tea'], noBody: true, headers: { 'content-type': /json/, allow: 'GET' }, holds: () => 'More.' }), [
    'The status should be 200, but it was 404.',
    'The header content-type should contain /json/, but it was "text/plain; charset=UTF-8".',
    'The header allow should contain "GET", but there was none.',
    'There should be no body, but it was "tea".',
    'The body should be "coffee", but it was "tea".',
    'The JSON should be [1], but the body is no JSON: "tea".',
    'The body should contain "milk", but it was "tea".',
    'The body should not contain "tea", but it does.',
    'More.',
  ]);
  assert.deepEqual(sayWant({ status: 200, includes: ['milk', 'tea'], headers: { allow: null } }), ['status 200', 'no header allow', 'a body with "milk", "tea"']);
  assert.deepEqual(sayWant({ lacks: ['milk'], headers: { location: /./ } }), ['a header location', 'a body without "milk"']);
  assert.deepEqual(await broken({ headers: { location: /./ } }), ['There should be a header location, but there was none.']);
});

describe('what to try follows from what went wrong', () => {
  const failed = (name: string, message: string, stack = '') => ({ name, message, stack, code: '' });
  const atStart = (kind: 'compile' | 'import' | 'throws', name: string, message: string) => findTrouble({ kind, failed: failed(name, message), end: undefined, printed: '', lines: 0 }).tryThis;
  const inRequest = (...given: Parameters<typeof failed>) => findNoAnswer({ how: 'ended', failed: failed(...given), sent: prepare('GET /') } as Asked)?.tryThis;
  const here = join(project, 'tests', 'check.test');

  test('before the first request', () => {
    assert.deepEqual([
      atStart('compile', 'TransformError', '"await" can only be used inside an "async" function'),
      atStart('compile', 'SyntaxError', "await isn't allowed in non-async function"),
      atStart('compile', 'TransformError', 'The symbol "board" has already been declared'),
      atStart('import', 'Error', `Cannot find module '${here}' imported from answer.ts`),
      atStart('import', 'Error', `Cannot find module '${here}.js' imported from answer.ts`),
      atStart('import', 'Error', "Cannot find package 'express' imported from answer.ts"),
      atStart('throws', 'ReferenceError', 'withTime is not defined'),
      atStart('throws', 'ReferenceError', 'req is not defined'),
      atStart('throws', 'TypeError', "Cannot destructure property 'params' of 'undefined' as it is undefined."),
      atStart('throws', 'ReferenceError', 'require is not defined in ES module scope, you can use import instead'),
    ], [
      'Write "async" before the function in which that line stands: async (call) => …',
      'Write "async" before the function in which that line stands: async (call) => …',
      'That name is taken: give one of the two another name.',
      'There is a file "check.test.ts". Write the ending too.',
      'There is a file "check.test.ts". Write .ts in place of .js.',
      'The lessons need no package. A module of Node\'s own begins with "node:", a file of yours with "./" or "../".',
      'Nothing is called "withTime" here: import it, or compare the name with the line that makes it, letter by letter.',
      'Nothing is called "req" here. From lesson 04 on, a handler takes it out of its call: ({ request }) => …',
      'A function was called without what it takes. A handler is handed over by its name alone, showMenu, and not called: showMenu().',
      '"require" belongs to older programs. Write it as the starter does: import http from \'node:http\';',
    ]);
  });

  test('in a request', () => {
    const stack = ['TypeError', 'at giveUp (/cafe/lessons/02-reply/reply.ts:9:1)', 'at send (/cafe/lessons/02-reply/reply.ts:4:1)', 'at Server.<anonymous> (/cafe/lessons/02-reply/exercises/board/answer.ts:10:2)'].join('\n    ');
    assert.equal(inRequest('TypeError', 'report is not a function', stack), 'The error came out of send(), in lessons/02-reply/reply.ts: compare what your line gives it with what it takes.');
    assert.equal(inRequest('TypeError', 'response.send is not a function'), '"response.send" is called, and is no function: compare its name letter by letter, or take the brackets behind it away.');
    assert.equal(inRequest('TypeError', 'Assignment to constant variable.'), 'What is made with "const" keeps its first value for good. Write "let" where it is made.');
    assert.equal(inRequest('TypeError', 'x', 'TypeError\n    at show (/cafe/lessons/02-reply/exercises/board/answer.ts:10:2)'), 'Read the line that the error names: it ran for this request.');
  });

  test('in an answer', () => {
    const answer = (came: Partial<Came>) => nameless(['The status should be 200, but it was 500.'], { status: 500, text: '', printed: '', ...came } as Came);
    const refused = answer({ printed: 'GET / could not be sent: TypeError: The body of a reply must be text.\n    at send (reply.ts:4:1)\n' });
    assert.equal(refused.says, 'The status should be 200, but it was 500. The program printed: GET / could not be sent: TypeError: The body of a reply must be text.');
    assert.match(answer({ status: 200, text: '<h1>${board}</h1>' }).tryThis, /Only between backticks/);
    assert.match(answer({ status: 200 }).tryThis, /^Compare what came with what was expected/);
  });
});

/** A process as the checker sees it, whose clock goes by hand. */
function clockwork() {
  let end = () => {};
  let open = () => {};
  const child = Object.assign(new EventEmitter(), { send() {}, kill: () => end(), connected: true });
  const exited = new Promise((resolve) => { end = () => resolve({ code: null, signal: 'SIGKILL' }); });
  const listening = new Promise((resolve) => { open = () => resolve({ port: 3000, address: '127.0.0.1' }); });
  const warm = { child, listening, exited, failure: () => undefined, stdout: collectOutput(), stderr: collectOutput(), ready: Promise.resolve(true) };
  const tell = (news: object) => { child.emit('message', news); };
  return { warm: warm as unknown as Warm, tell, open: () => open() };
}

const turn = () => new Promise(setImmediate);

// The clock of a spare goes on while it waits: it may tell of 5000 beats before its program has had one.
test('patience with a program that waited as a spare is counted from the first beat that is heard', async () => {
  for (const [beats, came] of [[124, 'running'], [125, 'never']] as const) {
    const { warm, tell, open } = clockwork();
    const started = startProgram({ take: () => warm, refill() {}, close() {} }, 'answer.ts', { dataDir: '', cwd: '' });
    await turn();
    tell({ begun: true, loaded: true });
    await turn();
    tell({ beat: 5000 });
    tell({ beat: 5000 + beats });
    await turn();
    open();
    const program = await started;
    assert.equal(isRunning(program) ? 'running' : program.kind, came, `after ${beats} beats`);
  }
});

test('curl() writes a line that every shell reads', () => {
  assert.equal(curl(prepare('GET /menu/2')), 'curl -i http://localhost:3000/menu/2');
  assert.equal(curl(prepare('GET /menu?search=tea&x=1')), 'curl -i "http://localhost:3000/menu?search=tea&x=1"');
  assert.equal(curl(prepare({ target: '/api/notes', json: { text: 'no "sugar"' } })), 'curl -i -X POST http://localhost:3000/api/notes -H "Content-Type: application/json" --data-binary "{\\"text\\":\\"no \\\\\\"sugar\\\\\\"\\"}"');
});

test('collectOutput() cuts at the marks, wherever the pieces are cut', () => {
  const text = 'one\ntwo\u00011\u0001three\u00012\u0001four';
  for (let at = 0; at <= text.length; at++) {
    const output = collectOutput();
    output.add(text.slice(0, at));
    output.add(text.slice(at));
    assert.deepEqual([output.has('1'), output.has('2'), output.rest(), output.lines()], [true, true, 'four', 1], `cut at ${at}`);
  }
});

test('changes() finds what is to be written, and asIfIn() makes imports equal', () => {
  const lines = changes('a\nb\nc\n', 'a\nx\ny\nc\n');
  assert.deepEqual(lines.map(({ mark, text }) => mark + text), [' a', '-b', '+x', '+y', ' c']);
  assert.equal(countChanges(lines), 2);
  const there = join('lessons', '04-router', 'exercises', 'tea');
  assert.equal(asIfIn(there, "import { router } from '../../../router.ts';", join(there, 'proof', 'solution.ts')), "import { router } from '../../router.ts';");
});

test('placeIn() finds the line in a path with spaces, and as a URL', () => {
  const root = join(tmpdir(), 'my café');
  const file = join(root, 'lessons', 'answer.ts');
  const placed = (stack: string) => placeIn({ name: 'Error', code: '', message: '', stack }, file, root);
  assert.deepEqual(placed(`at send (${join(root, 'lessons', 'reply.ts')}:9:1)\n at show (${file}:16:20)`), { file: 'lessons/answer.ts', line: 16 });
  assert.deepEqual(placed(`at ${pathToFileURL(file).href}:16:20`), { file: 'lessons/answer.ts', line: 16 });
  assert.deepEqual(placed(`at send (${join(root, 'lessons', 'reply.ts')}:9:1)`), { file: 'lessons/reply.ts', line: 9 });
  assert.equal(placed(`at run (${join(root, 'lessons', 'classroom', 'start.ts')}:9:1)`), undefined);
});

// ── the commands, in a small course of their own ──────────────────────────────────────────────

const exercise = 'lessons/04-router/exercises/categories';

function makeCourse(): string {
  const root = makeFolder();
  const leaveOut = /\.running|\.progress|exercises[/\\][^/\\]+[/\\]answer[^/\\]*\.ts$/;
  for (const part of ['classroom', '02-reply', '03-address', '04-router']) {
    cpSync(join(project, 'lessons', part), join(root, 'lessons', part), { recursive: true, filter: (name) => !leaveOut.test(name) });
  }
  for (const name of readdirSync(join(root, 'lessons/04-router/exercises'))) {
    if (name !== 'categories') rmSync(join(root, 'lessons/04-router/exercises', name), { recursive: true });
  }
  for (const part of ['02-reply', '03-address']) rmSync(join(root, 'lessons', part, 'exercises'), { recursive: true, force: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

type Ended = { status: number | null; output: string };

function start(root: string, words: string[]): ChildProcess {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  return spawn(process.execPath, [join(root, 'lessons/classroom/launch.js'), ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(root: string, ...words: string[]): Promise<Ended> {
  const child = start(root, words);
  let output = '';
  for (const from of [child.stdout!, child.stderr!]) from.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const late = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const [status] = await once(child, 'close');
  clearTimeout(late);
  return { status, output };
}

function solve(root: string): string {
  const solution = join(root, exercise, 'proof/solution.ts');
  return asIfIn(join(root, exercise), readFileSync(solution, 'utf8'), solution);
}

function answersIn(root: string): string[] {
  return readdirSync(join(root, exercise)).filter((name) => name.startsWith('answer')).sort();
}

function mistaken(root: string, slug: string): string {
  const [categories] = readExercises(root);
  return programOf(readGallery(categories!).find((one) => one.slug === slug)!, categories!);
}

test('asOlder() knows a name that was given up by the error alone, and leaves all others', () => {
  const exported = (name: string) => `SyntaxError: The requested module './a.ts' does not provide an export named '${name}'`;
  const empty = "TypeError: Cannot read properties of undefined (reading 'id')";
  const rows: [error: string, text: string, was: string | undefined][] = [
    [exported('isOwn'), '', 'isOwn'],
    [exported('isOwner'), "isOwn", undefined],
    ["Error: Cannot find module '/cafe/lessons/13-files/facts.ts'", '', 'facts.ts'],
    ['TypeError: "menu" has the option "first", but only unique, indexes, initial are known.', '', 'first'],
    [empty, 'const show = ({ values }) => values.id;', 'values'],
    [empty, 'const show = ({ request, values }: Call) => values.id;', 'values'],
    [empty, 'const show = ({ values: { id } }) => id;', 'values'],
    [empty, 'const show = (call) => call.values.id;', 'values'],
    [empty, 'const all = Object.values(items); const show = ({ params }) => all[9].id;', undefined],
    [empty, 'for (const one of index.values()) menu[9].id;', undefined],
    [empty, 'const show = ({ values }) => values.id; const edit = ({ params }) => params.id;', undefined],
    [empty, 'error.more.errors', 'more'],
    ['TypeError: values is not a function', 'const show = ({ values }) => values();', undefined],
  ];
  const file = join(mkdtempSync(join(tmpdir(), 'older-')), 'answer.ts');
  const subject = { file, exercise: { name: 'bills', lesson: { number: 16 } } } as unknown as Subject;
  for (const [error, text, was] of rows) {
    writeFileSync(file, text);
    const before = { passed: false, notes: [], place: undefined, mistake: { code: 'X4', name: 'an error', says: error, tryThis: '' } } as const;
    const after = asOlder({ ...before, notes: [] }, subject);
    assert.ok(!after.passed);
    assert.equal(/calls "(.*?)"/.exec(after.mistake.says)?.[1], was, `${error} ${text}`);
    assert.equal(after.mistake.code, was ? '' : 'X4');
  }
});

describe('the commands', { concurrency: 2 }, () => {
  test('check makes answer.ts, names the mistake in order, and passes in the end', async () => {
    const root = makeCourse();
    const answer = join(root, exercise, 'answer.ts');
    const first = await run(root, 'check');
    assert.equal(first.status, 1);
    assert.equal(readFileSync(answer, 'utf8'), readFileSync(join(root, exercise, 'starter.ts'), 'utf8'));
    const order = ['Lesson 4, categories', '✘ 1  Ada asks', 'asked     GET /categories/tea', 'came      404', 'expected  status 200', '✘ not begun', 'Nothing answers', 'Where: lessons/04-router/exercises/categories/answer.ts, line', 'Try this:', 'Read more: lesson 4', 'npm run replay 4 categories failed', 'Ask it yourself: npm run try 4 categories /categories/tea', 'npm run hint 4 categories'];
    assert.deepEqual(order.map((text) => first.output.indexOf(text)).filter((at, index, all) => at === -1 || at < (all[index - 1] ?? 0)), [], first.output);
    assert.doesNotMatch(first.output, /\u001b/);

    appendFileSync(answer, '// mine\n');
    assert.equal((await run(root, 'check', '4', 'once')).status, 1);
    assert.match(readFileSync(answer, 'utf8'), /\/\/ mine/);

    writeFileSync(answer, solve(root));
    const last = await run(root, 'check', 'categories');
    assert.equal(last.status, 0);
    assert.match(last.output, /✔ All 7 steps hold\./);
    const { exercises } = JSON.parse(readFileSync(join(root, 'lessons/classroom/.progress.json'), 'utf8'));
    const { checks, mistakes, passed } = exercises['04-router/categories'];
    assert.deepEqual([checks, mistakes, /^\d{4}-\d\d-\d\d$/.test(passed)], [3, { todo: 2 }, true]);
  });

  test('check tells an answer that was begun with an older course so, and counts no mistake', async () => {
    const root = makeCourse();
    writeFileSync(join(root, exercise, 'answer.ts'), solve(root).replace(/\bparams\b/g, 'values'));
    const { status, output } = await run(root, 'check', '4', 'once');
    assert.equal(status, 1);
    assert.match(output, /✘ begun with an older course\n\s+answer\.ts was begun with an older course: what it calls "values" is "params"\s+today\./);
    assert.match(output, /Or begin anew: npm run reset 4\s+categories keeps\s+yours/);
    const { exercises } = JSON.parse(readFileSync(join(root, 'lessons/classroom/.progress.json'), 'utf8'));
    assert.deepEqual(exercises['04-router/categories'].mistakes, {});
  });

  test('replay shows the request that failed, and first where the ways part', async () => {
    const root = makeCourse();
    assert.match((await run(root, 'replay', '4', 'failed')).output, /answer\.ts is not there yet\. Make it: npm run check 4 categories/);
    writeFileSync(join(root, exercise, 'answer.ts'), mistaken(root, 'tea-by-heart'));
    const { status, output } = await run(root, 'replay', '4', 'categories', 'failed');
    assert.equal(status, 0, output);
    const order = ['Step 2 of 7: The baker', 'GET /categories/bakery', '404 Not Found', 'request    answerWith', 'logic      showCategory', 'Where the ways part: answer.ts, line 18', "if (params.name !== 'tea') return text(404", "with params = { name: 'bakery' }", 'returns { status: 404', 'Wanted: status 200, a body with "Croissant"'];
    assert.deepEqual(order.map((text) => output.indexOf(text)).filter((at, index, all) => at === -1 || at < (all[index - 1] ?? 0)), [], output);

    writeFileSync(join(root, exercise, 'answer.ts'), solve(root));
    assert.match((await run(root, 'replay', '4', 'failed')).output, /Nothing fails: all 7 steps of categories hold\./);
    writeFileSync(join(root, exercise, 'answer.ts'), 'const a = {;\n');
    assert.match((await run(root, 'replay', 'failed')).output, /cannot be read as TypeScript: .* So no request came so far\. See: npm run check 4 categories/);
  });

  test('mistake lists the known mistakes, and writes one out beside answer.ts', async () => {
    const root = makeCourse();
    const list = await run(root, 'mistake', '4');
    assert.equal(list.status, 0, list.output);
    assert.match(list.output, /^Lesson 4, categories: One page for each category\n\nT1 1 {3}a word where a value should be: word-for-value\n/);
    const both = 'T3 1  missing return: missing-return\nT3 2  missing return: missing-return-of-404\n';
    assert.ok((await run(root, 'mistake', '4', 'T3')).output.endsWith(`\n\n${both}\nWrite one out: npm run mistake 4 categories T3 1\n`));
    assert.deepEqual(answersIn(root), []);

    const one = await run(root, 'mistake', '4', 'T3', '2');
    assert.equal(one.status, 0, one.output);
    assert.match(one.output, /^T3 missing return: missing-return-of-404\nThe handler ran [^]*answer-T3-2\.ts\.\nCheck it: npm run check 4 categories T3 2\n/);
    assert.equal((await run(root, 'mistake', 'categories', 'Tea-by-heart')).status, 0);
    assert.equal((await run(root, 'mistake', '4', 't1')).status, 0);
    assert.deepEqual(answersIn(root), ['answer-T1-1.ts', 'answer-T3-2.ts', 'answer-T7-1.ts']);
    assert.equal(readFileSync(join(root, exercise, 'answer-T7-1.ts'), 'utf8'), mistaken(root, 'tea-by-heart'));

    appendFileSync(join(root, exercise, 'answer-T7-1.ts'), '// mine\n');
    const again = await run(root, 'mistake', '4', 'T7');
    assert.deepEqual(again, { status: 1, output: 'answer-T7-1.ts is there already, and it differs from proof/mistakes.md. It stays as it is: to write it out again, delete it first.\n' });
    assert.match(readFileSync(join(root, exercise, 'answer-T7-1.ts'), 'utf8'), /\/\/ mine\n$/);
    assert.equal(existsSync(join(root, 'lessons/classroom/.progress.json')), false);
  });

  test('check takes a known mistake, and notes nothing of it', async () => {
    const root = makeCourse();
    const wrong = await run(root, 'check', '4', 'categories', 'T7');
    assert.equal(wrong.status, 1);
    const order = ['Lesson 4, categories: T7 one category only (tea-by-heart)', '✘ 2  The baker', '✘ T7 one category only', 'Where: lessons/04-router/exercises/categories/answer-T7-1.ts, line 18', 'npm run replay 4 categories T7 1 failed', 'nothing is noted in your progress.'];
    assert.deepEqual(order.map((text) => wrong.output.indexOf(text)).filter((at, index, all) => at === -1 || at < (all[index - 1] ?? 0)), [], wrong.output);
    writeFileSync(join(root, exercise, 'answer-T7-1.ts'), solve(root));
    const right = await run(root, 'check', '4', 'tea-by-heart', 'once');
    assert.equal(right.status, 0, right.output);
    assert.match(right.output, /answer-T7-1\.ts is there already[^]*✔ All 7 steps hold\.\n\nThe mistake in answer-T7-1\.ts is fixed\.\n$/);
    assert.deepEqual(answersIn(root), ['answer-T7-1.ts']);
    assert.equal(existsSync(join(root, 'lessons/classroom/.progress.json')), false);
  });

  test('lesson 4 categories runs the learner\'s own answer, and try asks it', async () => {
    const root = makeCourse();
    const none = await run(root, 'lesson', '4', 'categories');
    assert.equal(none.output, 'You have no answer to categories yet, so there is nothing to run. ' +
      'Make one: npm run check 4 categories\n');
    assert.equal((await run(root, 'try', '4', 'categories', '/')).status, 1);
    writeFileSync(join(root, exercise, 'answer.ts'), solve(root));
    const child = start(root, ['lesson', '4', 'categories', 'port', '0']);
    for await (const text of child.stdout!.setEncoding('utf8')) if (text.includes('In a')) break;
    const { output } = await run(root, 'try', '4', 'categories', '/categories/tea');
    child.kill();
    await once(child, 'exit');
    assert.match(output, /^→ GET \/categories\/tea HTTP\/1.1\n[^]*200 OK[^]*Mint tea/);
    const alone = await run(root, 'try', '4', 'categories', 'categories/tea');
    assert.match(alone.output, /^Your answer to categories is not running, [^]*Mint tea/);
  });

  test('lesson marks what is begun and what is done', async () => {
    const root = makeCourse();
    const marked = async () => /^(.*) 4  router/m.exec((await run(root, 'lesson')).output)?.[1];
    assert.equal(await marked(), '  ');
    await run(root, 'check', '4', 'once');
    assert.equal(await marked(), '· ');
    writeFileSync(join(root, exercise, 'answer.ts'), solve(root));
    await run(root, 'check', '4', 'once');
    assert.equal(await marked(), '✔ ');
  });

  test('replay takes a known mistake: the request that fails, or any other', async () => {
    const root = makeCourse();
    const failed = await run(root, 'replay', '4', 'categories', 'T7');
    assert.equal(failed.status, 0, failed.output);
    assert.match(failed.output, /^Step 2 of 7: The baker [^]*Where the ways part: answer-T7-1\.ts, line 18/);
    assert.equal((await run(root, 'replay', '4', 'T7', '1', 'failed')).output.split('\n')[0], failed.output.split('\n')[0]);
    const pizza = await run(root, 'replay', '4', 'categories', 'tea-by-heart', '/categories/pizza');
    assert.match(pizza.output, /^GET \/categories\/pizza\n→ 404 Not Found, with a body of 30 bytes, by\n  lessons\/04-router\/exercises\/categories\/answer-T7-1\.ts\n/);
    for (const path of ['categories', 'tea-by-heart']) {
      assert.match((await run(root, 'replay', '4', path)).output, new RegExp(`^GET /${path}\n→ 404 [^]*lessons/04-router/server\\.ts\n`));
    }
    assert.deepEqual(answersIn(root), ['answer-T7-1.ts']);
    assert.equal(existsSync(join(root, 'lessons/classroom/.progress.json')), false);
  });

  test('hint tells one more each time, solution opens after the last, reset keeps a copy', async () => {
    const root = makeCourse();
    const early = await run(root, 'solution', '4');
    assert.deepEqual([early.status, early.output], [1, 'The solution opens when your answer passes, or when all hints are told: there are 4 more. Write: npm run hint 4 categories\n']);
    for (const number of [1, 2, 3, 4]) assert.match((await run(root, 'hint')).output, new RegExp(`hint ${number} of 4`));
    assert.match((await run(root, 'hint', '4', 'again')).output, /hint 1 of 4[^]*hint 4 of 4/);
    const solution = await run(root, 'solution', '4', 'categories');
    assert.equal(solution.status, 0);
    assert.match(solution.output, /from the starter \(-\) to ours \(\+\)/);
    assert.match(solution.output, /^\+ {3}\{ method: 'GET', pattern: '\/categories\/:name', handler: showCategory \},$/m);
    assert.doesNotMatch(solution.output, /^[+-] import/m);

    writeFileSync(join(root, exercise, 'answer.ts'), '// mine\n');
    assert.match((await run(root, 'reset', 'categories')).output, /is the starter again\. What it was lies in lessons\/04-router\/exercises\/categories\/answer-\d{4}-[\d-]+\.ts\./);
    const copies = readdirSync(join(root, exercise)).filter((name) => /^answer-.*\.ts$/.test(name));
    assert.equal(readFileSync(join(root, exercise, copies[0]!), 'utf8'), '// mine\n');
  });

  test('new makes an exercise that proves itself', async () => {
    const root = makeCourse();
    const { status, output } = await run(root, 'new', '3', 'happy-hour');
    assert.equal(status, 0, output);
    assert.match(output, /✔ Z1 wrong-status fails with its sentence\n\nIt is proved\./);
    assert.match((await run(root, 'check', '3', 'once')).output, /Nothing answers \/happy-hour yet/);
    assert.match((await run(root, 'new', '3', 'happy-hour')).output, /is there already/);
    assert.match((await run(root, 'new', '3', 'Happy Hour')).output, /A name has small letters/);
    assert.match((await run(root, 'new', '3')).output, /Say in which lesson/);
  });

  test('words that mean nothing are told', async () => {
    const root = makeCourse();
    assert.match((await run(root, 'check', 'soup')).output, /There is no lesson and no exercise "soup"\. There are: 4 categories\./);
    assert.match((await run(root, 'check', '2')).output, /Lesson 2 has no exercise yet/);
    assert.match((await run(root, 'check', '4', 'soup')).output, /"soup" means nothing here/);
    assert.match((await run(root, 'check', '77')).output, /There is no lesson "77"/);
  });

  test('a mistake that is not there is told, with those that are', async () => {
    const root = makeCourse();
    const codes = Array.from({ length: 17 }, (_, index) => `T${index + 1}`).join(', ');
    const unknown = (word: string) => `categories has no mistake "${word}". There are: ${codes}. To see their names: npm run mistake 4 categories\n`;
    const both = 'T3 1  missing return: missing-return\nT3 2  missing return: missing-return-of-404\n';
    const sentences: [words: string, says: string][] = [
      ['mistake 4 soup', unknown('soup')],
      ['mistake 4 T33', unknown('T33')],
      ['check 4 T33', unknown('T33')],
      ['replay 4 T33', unknown('T33')],
      ['replay 4 categories soup', unknown('soup')],
      ['mistake 4 T3 9', `There is no T3 9 in categories. T3 is 2 mistakes:\n\n${both}`],
      ['check 4 T3', `T3 is 2 mistakes in categories:\n\n${both}\nSay which, for example: npm run check 4 categories T3 1\n`],
      ['replay 4 T3', `T3 is 2 mistakes in categories:\n\n${both}\nSay which, for example: npm run replay 4 categories T3 1\n`],
      ['mistake 4 T3 2 more', '"more" means nothing here. Write: npm run mistake 4 categories T3 1\n'],
      ['check 4 T7 proof', '"proof" means nothing here. Write: npm run check 4, or npm run check 4 once.\n'],
      ['replay 4 T7 1 tea lines pizza', '"pizza" means nothing here. Write: npm run replay 4 categories T7 1 failed\n'],
      ['replay 4 2 3', 'Say which lesson, and then which of its requests, for example: npm run replay 4 2\n'],
    ];
    for (const [words, says] of sentences) {
      assert.deepEqual(await run(root, ...words.split(' ')), { status: 1, output: says }, words);
    }
    rmSync(join(root, exercise, 'proof/mistakes.md'));
    assert.equal((await run(root, 'mistake', '4')).output, `${exercise}/proof/mistakes.md has no mistake in it yet.\n`);
    assert.deepEqual(answersIn(root), []);
  });

  test('progress that cannot be read is told of and kept', async () => {
    const root = makeCourse();
    const progress = join(root, 'lessons/classroom/.progress.json');
    writeFileSync(progress, '{ "exercises": { "04-rou');
    const { output } = await run(root, 'hint', '4');
    assert.match(output, /Your progress could not be read .*\.progress-broken-1\.json[^]*hint 1 of 4/);
    assert.equal(readFileSync(join(dirname(progress), '.progress-broken-1.json'), 'utf8'), '{ "exercises": { "04-rou');
    assert.equal(JSON.parse(readFileSync(progress, 'utf8')).exercises['04-router/categories'].hints, 1);
  });

  test('watch checks again at every save, and leaves no process when it is killed', { skip: process.platform === 'win32' && 'asks /proc-less Windows nothing' }, async (t) => {
    const root = makeCourse();
    const pidFile = join(makeFolder(), 'pid');
    const answer = join(root, exercise, 'answer.ts');
    cpSync(join(root, exercise, 'starter.ts'), answer);
    const child = start(root, ['check', '4', 'watch']);
    t.after(() => child.kill('SIGKILL'));
    await heard(child, 'it is checked again');
    let since = '';
    child.stdout!.on('data', (piece) => { since += piece; });
    // A known mistake beside it is another program: its save is no reason to check.
    assert.equal((await run(root, 'mistake', '4', 'T7')).status, 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(since, '');
    writeFileSync(answer, solve(root));
    await heard(child, 'All 7 steps hold');
    writeFileSync(answer, `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(pidFile)}, String(process.pid));\nfor (;;);\n`);
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    for (let waited = 0; isThere(pid) && waited < 30_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(isThere(pid), false, 'a loop without an end outlived its checker');
  });
});

function heard(child: ChildProcess, text: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Waited for "${text}", but heard: ${output}`)), 60_000);
    child.stdout!.on('data', (piece) => {
      output += piece;
      if (output.includes(text)) { clearTimeout(late); resolve(); }
    });
  });
}

test('an exercise that proves nothing is told so', async () => {
  const root = makeCourse();
  const breakIt = (path: string, change: (text: string) => string) => writeFileSync(join(root, exercise, path), change(readFileSync(join(root, exercise, path), 'utf8')));
  const page = 'proof/mistakes.md';
  breakIt(page, (text) => text.replace('knows one category', 'knows two categories'));
  breakIt(page, (text) => text.replace(/### T10 .*: empty-page\n[^]*?\n```\n\n/, ''));
  breakIt(page, (text) => text.replace('-  return text(200, found', '-  return text(201, found'));
  breakIt('proof/right/plain-node.ts', (text) => text.replace('=== second', '!== second'));
  breakIt('task.md', (text) => text.replace('## Hint 4', '## Hints'));
  breakIt('starter.ts', () => solve(root));
  const [categories] = readExercises(root);
  const told = new Map<string, string | undefined>();
  for (const { name, problem } of await claimsOf(categories!, spares, root)) {
    spares.refill();
    told.set(name, await problem());
  }
  const broken = [...told].filter(([, sentence]) => sentence !== undefined).map(([name, sentence]) => `${name}: ${sentence!.split('\n')[0]}`);
  assert.deepEqual(broken, [
    `the files are there: starter.ts must have one ${'TO'}${'DO'}, but it has 0.`,
    'the check is well formed: no wrong program shows T10. Write one for each, or take the mistake out.',
    'the starter is near the solution: from the starter to the solution are 0 changed lines; about ten are right (3 to 20).',
    'task.md helps and does not tell: task.md must have four hints, "## Hint 1" to "## Hint 4", but it has 3.',
    'starter.ts fails: it must fail, but it passes.',
    'proof/right/plain-node.ts passes: it must pass, but the check says: not as asked: The body should contain "Earl Grey", but it was "1  Espresso           €2.20 ⏎ 2  Flat white         €3.40 ⏎ 3  Cappuccino         €3.30 ⏎ 4  Café au lait       €3.50 ⏎ 5  Americano          €2.60 ⏎ 6  Cold br…".',
    `T3 missing-return fails with its sentence: ${exercise}/${page}, line 34: the old line "return text(201, found.map(menuLine).join(''));" is not in solution.ts. Copy it from there, with its spaces.`,
    'T7 tea-by-heart fails with its sentence: it must fail with',
  ]);
});


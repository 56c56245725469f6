// The café never forgets: each later server keeps the promises of each earlier lesson.
//
//   lessons/04-router/requests.http  ──►  sent to the servers of lessons 05, 06, … 18
//     ──►  answered as promised, or in the one table of what was replaced (lessons/replaced.md)
//
// Each pair of lesson and server begins with fresh data.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCourse, root, type Lesson } from '../lessons/classroom/course.ts';
import type { Sendable } from '../lessons/classroom/exchange.ts';
import { openJar } from '../lessons/classroom/jar.ts';
import {
  brokenPromises, readRequests, sendRequest, type HttpRequest,
} from '../lessons/classroom/requests.ts';
import { spawnServer, type Spawned } from '../lessons/classroom/start.ts';
import { readFiles } from './laws/files.ts';
import { judgeGuests, judgeRequests, judgeRoutes, type Outcome } from './promises/judge.ts';
import { readReplaced } from './promises/table.ts';

type Copy = { port: number; routes: string[] };
/** The requests of one lesson, sent to one later server. */
type Pair = { lesson: Lesson; server: Lesson; isStaff: boolean };
type Answered = { pair: Pair; outcomes: Outcome[]; routes: string[] };

const files = readFiles(root);
const lessons = readCourse();
const replaced = readReplaced(files.get('lessons/replaced.md') ?? '');
const patience = { forAnswer: 5_000, forEnd: 5_000 };
const grace = { email: 'grace@example.org', password: 'keys to the café' };

const answered: Answered[] = [];

test('lessons/replaced.md can be read', () => assert.deepEqual(replaced.wrong, []));

for (const server of lessons.slice(1)) {
  test(`lesson ${server.id} ${server.name} is asked what was promised before`, async (t) => {
    answered.push(...await askServer(t, server, pairsOf(server)));
  });
}

test('what an earlier lesson promised holds, or is in the table of what was replaced', (t) => {
  const outcomes = outcomesOf(({ isStaff, lesson, server }) =>
    isStaff || !needsStaff(lesson, server));
  const kept = outcomes.filter(({ broken }) => broken.length === 0).length;
  t.diagnostic(`${outcomes.length} requests sent to later servers, ${kept} answered as promised`);
  assert.deepEqual(judgeRequests(outcomes, replaced), []);
});

test('a lesson that is sent by staff would not hold for a guest', () => {
  const outcomes = outcomesOf(({ isStaff, lesson, server }) =>
    !isStaff && needsStaff(lesson, server));
  assert.deepEqual(judgeGuests(outcomes, replaced), []);
});

test('routes only come to more, or are in the table of what was replaced', () => {
  const tables = lessons.slice(1)
    .map(({ id }) => ({ server: id, routes: routesOf(id) }))
    .filter(({ routes }) => routes.length > 0);
  assert.equal(tables[0]?.server, '04');
  assert.deepEqual(judgeRoutes(tables, replaced), []);
});

function outcomesOf(wanted: (pair: Pair) => boolean): Outcome[] {
  return answered.filter(({ pair }) => wanted(pair)).flatMap(({ outcomes }) => outcomes);
}

function routesOf(id: string): string[] {
  return answered.find(({ pair }) => pair.server.id === id)?.routes ?? [];
}

function needsStaff(lesson: Lesson, server: Lesson): boolean {
  const row = replaced.guests.get(lesson.id);
  return row !== undefined && server.id >= row.since;
}

function pairsOf(server: Lesson): Pair[] {
  return lessons.filter(({ number }) => number < server.number).flatMap((lesson) => {
    const asGuest = { lesson, server, isStaff: false };
    return needsStaff(lesson, server) ? [asGuest, { ...asGuest, isStaff: true }] : [asGuest];
  });
}

async function askServer(t: TestContext, server: Lesson, pairs: Pair[]): Promise<Answered[]> {
  const folders = pairs.map(() => mkdtempSync(join(tmpdir(), 'promises-')));
  const spawned = spawnServer({
    file: fileURLToPath(new URL('promises/servers.ts', import.meta.url)),
    cwd: root,
    port: 0,
    clock: true,
    env: {
      SERVER: server.server,
      DATA_DIRS: JSON.stringify(folders),
      PASSWORD_COST: '1024', // The real one would hash for a minute.
    },
  });
  t.after(async () => {
    await spawned.stop();
    const gone = { recursive: true, force: true, maxRetries: 5 };
    for (const folder of folders) rmSync(folder, gone);
  });
  const copies = await copiesOf(spawned, pairs.length);
  return Promise.all(pairs.map(async (pair, index) => {
    const { port, routes } = copies[index]!;
    return { pair, routes, outcomes: await sendAll(pair, port, spawned) };
  }));
}

function copiesOf({ child, exited }: Spawned, count: number): Promise<Copy[]> {
  const copies: Copy[] = [];
  let wrote = '';
  child.stderr?.on('data', (text: string) => { wrote += text; });
  return new Promise((resolve, reject) => {
    child.on('message', (message: Partial<Copy>) => {
      if (message.port !== undefined && message.routes) copies.push(message as Copy);
      if (copies.length === count) resolve(copies);
    });
    void exited.then(() => reject(new Error(`The servers ended too early. They wrote: ${wrote}`)));
  });
}

async function sendAll(pair: Pair, port: number, { clock }: Spawned): Promise<Outcome[]> {
  const jar = openJar();
  const outcomes: Outcome[] = [];
  const url = `http://127.0.0.1:${port}`;
  const send = async (request: Sendable) => {
    const exchange = await sendRequest(url, jar.fill(request), { ...patience, clock });
    jar.keep(exchange.headers);
    return exchange;
  };
  if (pair.isStaff) assert.equal((await send(login)).status, 201);
  for (const request of requestsOf(pair.lesson)) {
    const broken = brokenPromises(request.promise, await send(request));
    outcomes.push({ request: nameOf(pair.lesson, request), server: pair.server.id, broken });
  }
  return outcomes;
}

const login: Sendable = {
  method: 'POST',
  target: '/api/session',
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify(grace),
};

/** Those without a placeholder: what a reader fills in is tested in code. */
function requestsOf({ id, name }: Lesson): HttpRequest[] {
  const path = `lessons/${id}-${name}/requests.http`;
  return readRequests(files.get(path) ?? '', path).filter(({ needs }) => needs.length === 0);
}

function nameOf({ id }: Lesson, { number, method, target }: HttpRequest): string {
  return `${id}.${number} ${method} ${target}`;
}

const heading = '# Replaced\n\n| What | Replaced by | Why |\n|---|---|---|\n';

function tableOf(...rows: string[]) {
  return readReplaced(heading + rows.map((row) => `${row}\n`).join(''));
}

test('readReplaced() names a row that it cannot read', () => {
  const row = '| request 05.2 | 06 | why |';
  assert.deepEqual(tableOf(row, '| lesson 08, as a guest | 16 | a |').wrong, [
    `lessons/replaced.md, line 5: "${row}" is no row. Write for example: ` +
      '| request 05.2 `GET /menu/2?hour=3` | 06 | closing time was a demonstration |',
  ]);
  assert.deepEqual(tableOf('| route `GET /a` | 06 | b |', '| route `GET /a` | 07 | b |').wrong,
    ['lessons/replaced.md, line 6: is there twice. Take one of the two out.']);
  assert.deepEqual(readReplaced('# Replaced\n').wrong,
    ['lessons/replaced.md has no table "| What | Replaced by | Why |".']);
});

describe('judgeRequests()', () => {
  const request = '05.2 GET /menu/2?hour=3';
  const row = '| request 05.2 `GET /menu/2?hour=3` | 07 | a demonstration |';
  const broken = ['The status should be 503, but it was 200.', 'There is more.'];

  test('complains once about a promise that nobody keeps', () => {
    const outcomes = ['07', '08'].map((server) => ({ request, server, broken }));
    assert.deepEqual(judgeRequests(outcomes, tableOf()), [
      `${request}: the server of lesson 07 does not answer as promised. ${broken[0]} ` +
        'Keep it, or add a row to lessons/replaced.md.',
    ]);
    assert.deepEqual(judgeRequests(outcomes, tableOf(row)), []);
  });

  test('complains about a promise that was broken too early', () => {
    const outcomes = ['06', '07'].map((server) => ({ request, server, broken }));
    assert.deepEqual(judgeRequests(outcomes, tableOf(row)), [
      `${request}: the server of lesson 06 does not answer as promised. ${broken[0]} ` +
        'Keep it, or add a row to lessons/replaced.md.',
    ]);
  });

  test('complains about a row that is not true any more', () => {
    const outcomes = [
      { request, server: '06', broken: [] },
      { request, server: '07', broken },
      { request, server: '08', broken: [] },
    ];
    assert.deepEqual(judgeRequests(outcomes, tableOf(row)), [
      `lessons/replaced.md, line 5: the server of lesson 08 answers ${request} as promised. ` +
        'Take the row out, or name the lesson that replaced it.',
    ]);
    assert.deepEqual(judgeRequests([], tableOf(row)),
      [`lessons/replaced.md, line 5: no lesson has a request "${request}".`]);
  });
});

test('judgeRoutes() complains about a lost route, and about a row that is not true', () => {
  const tables = [
    { server: '06', routes: ['GET /', 'GET /brew/:id'] },
    { server: '07', routes: ['GET /', 'GET /notes'] },
    { server: '08', routes: ['GET /', 'GET /notes'] },
  ];
  const lost = 'GET /brew/:id: lesson 07 has lost this route. ' +
    'Wire it in again, or add a row to lessons/replaced.md.';
  assert.deepEqual(judgeRoutes(tables, tableOf()), [lost]);
  assert.deepEqual(judgeRoutes(tables, tableOf('| route `GET /brew/:id` | 07 | a bug |')), []);
  assert.deepEqual(judgeRoutes(tables, tableOf('| route `GET /brew/:id` | 08 | a bug |')), [
    lost,
    'lessons/replaced.md, line 5: GET /brew/:id does not leave in lesson 08. ' +
      'Take the row out, or correct the lesson.',
  ]);
});

test('judgeGuests() complains where nobody has to log in', () => {
  const table = tableOf('| lesson 08, as a guest | 16 | only staff |');
  const one = { request: '08.1 POST /api/menu', server: '16', broken: ['401'] };
  assert.deepEqual(judgeGuests([one], table), []);
  assert.deepEqual(judgeGuests([{ ...one, broken: [] }], table), [
    'lessons/replaced.md, line 5: guests may do all of lesson 08. Take the row out.',
  ]);
});

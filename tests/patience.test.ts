// Patience goes by the program's own clock: a load cannot turn what is said of it.
//
//   a server that is stopped for 1.5 s, with 0.5 s of patience  ──►  it listens, and answers
//   a server that loops for ever                                ──►  given up after 0.5 s of work

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sendRequest } from '../lessons/classroom/exchange.ts';
import { hearClock, late, wallClock } from '../lessons/classroom/patience.ts';
import { record } from '../lessons/classroom/replay/record.ts';
import { startServer } from '../lessons/classroom/start.ts';

const never = new Promise<never>(() => {});

test('within() gives what comes in time, and late when nothing does', async () => {
  assert.equal(await wallClock.within(5_000, pause(10, 'coffee')), 'coffee');
  assert.equal(await wallClock.within(10, never), late);
});

test('a clock that is told goes by its dots, however long that takes', async () => {
  const dots = new PassThrough();
  const clock = hearClock(dots, 5_000);
  const soon = clock.within(400, never);
  await pause(10);
  dots.write('.');
  assert.equal(await Promise.race([soon, pause(600, 'goes on')]), 'goes on');
  dots.write('.');
  assert.equal(await soon, late);
});

test('a clock that stands still does not hold anybody up for ever', async () => {
  assert.equal(await hearClock(new PassThrough(), 100).within(50, never), late);
});

test('dots that wait to be read do not count for what begins now', async () => {
  const dots = new PassThrough();
  const clock = hearClock(dots);
  setImmediate(() => dots.write('.....'));
  const soon = clock.within(400, never);
  assert.equal(await Promise.race([soon, pause(100, 'goes on')]), 'goes on');
  dots.write('..');
  assert.equal(await soon, late);
});

test('what was said in time counts, also when it is heard with the last dot', async () => {
  const dots = new PassThrough();
  const said = new PassThrough();
  const answer = hearClock(dots).within(200, new Promise((resolve) => said.once('data', resolve)));
  await pause(10);
  dots.write('.');
  setTimeout(() => said.write('coffee'), 10);
  assert.equal(String(await answer), 'coffee');
});

// Stopped by the system, as every program is for a while that has to wait for its turn.
const standStill = `import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
function standStill(): void {
  const again = 'sleep 1.5; kill -CONT ' + process.pid;
  spawn('sh', ['-c', again], { stdio: 'ignore' });
  process.kill(process.pid, 'SIGSTOP');
}
`;

function program(t: TestContext, code: string): { file: string; cwd: string; port: number } {
  const cwd = mkdtempSync(join(tmpdir(), 'patience-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 5 }));
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(cwd, 'server.ts'), code);
  return { file: join(cwd, 'server.ts'), cwd, port: 0 };
}

const posix = { skip: process.platform === 'win32' && 'Windows cannot stop a program.' };

test('a server that gets no turn is waited for', posix, async (t) => {
  const slow = program(t, `${standStill}
standStill();
createServer((_request, response) => response.end('Hello')).listen(3000);
`);
  const server = await startServer({ ...slow, patience: 500 });
  await server.stop();
});

test('an answer is waited for while its server gets no turn', posix, async (t) => {
  const slow = program(t, `${standStill}
createServer((_request, response) => {
  standStill();
  response.end('Hello');
}).listen(3000);
`);
  const get = { method: 'GET', target: '/', headers: [], body: '' };
  const server = await startServer(slow);
  t.after(() => server.stop());
  const waits = { forAnswer: 500, forEnd: 500, clock: server.clock };
  assert.equal((await sendRequest(server.url, get, waits)).body.toString(), 'Hello');
  const { answer } = await record({ ...slow, request: get, patience: 500 });
  assert.equal(answer?.body, 'Hello');
});

const work = 'for (const end = Date.now() + 90; Date.now() < end;);';

for (const [how, code] of [
  ['loops for ever', 'for (;;);'],
  ['waits for ever', 'setInterval(() => {}, 1000);\nawait new Promise(() => {});'],
  ['works again and again', `setInterval(() => { ${work} }, 100);`],
] as const) {
  test(`a server that ${how} and does not listen is given up`, async (t) => {
    const started = startServer({ ...program(t, code), patience: 600 });
    await assert.rejects(started, {
      name: 'Advice',
      message: 'server.ts ran for 0.6 seconds and listened on no port. Does it reach its listen()?',
    });
  });
}

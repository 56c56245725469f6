// Each lesson's real server answers each request of its requests.http as promised there.
//
//   ### One item
//   # → 200, "Flat white"        ──►  lesson 04 router, request 2: One item  ✔
//   GET {{host}}/menu/7
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openJar } from '../lessons/classroom/jar.ts';
import { brokenPromises, readRequests, sendRequest, type HttpRequest } from '../lessons/classroom/requests.ts';
import { startServer, type Started } from '../lessons/classroom/start.ts';
import { lessonFolders, readFiles } from './laws/files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readFiles(root);
const lessons = lessonFolders(files);

/** Milliseconds of the server's own; an answer that never ends is read for less. */
const patience = { forAnswer: 5_000, forEnd: 5_000 };
const endless = { ...patience, forEnd: 1_500 };

test('there are lessons', () => assert.notEqual(lessons.length, 0));

for (const folder of lessons) {
  const name = folder.replace('lessons/', '').replace('-', ' ');
  test(`lesson ${name} keeps its promises`, (t) => keepPromises(t, `lesson ${name}`, `${folder}/server.ts`, folder));
}

test('the finished server keeps the promises of the last lesson', (t) => keepPromises(t, 'the café', 'server.ts', lessons.at(-1)!));

async function keepPromises(t: TestContext, name: string, server: string, folder: string): Promise<void> {
  const requests = requestsOf(folder);
  assert.notEqual(requests.length, 0, `${folder}/requests.http holds no request. Write one, with what it promises above it.`);
  const { url, clock } = await serve(t, server);
  const jar = openJar(); // As editors' clients have one.
  let answers = true;
  for (const request of requests) {
    await t.test(`${name}, request ${request.number}: ${request.title}`, async (t) => {
      if (request.needs.length > 0) return t.skip(`The reader fills in ${request.needs.join(' and ')}; this is tested in code.`);
      assert.ok(answers, 'An earlier request got no answer, so this one is not sent.');
      const waits = { ...(request.promise.noEnd ? endless : patience), clock };
      answers = false;
      const exchange = await sendRequest(url, jar.fill(request), waits);
      answers = true;
      jar.keep(exchange.headers);
      assert.deepEqual(brokenPromises(request.promise, exchange), []);
    });
  }
}

/** Throws a sentence with file and line for a request without a promise. */
function requestsOf(folder: string): HttpRequest[] {
  const path = `${folder}/requests.http`;
  return readRequests(files.get(path) ?? '', path);
}

/** On a free port, with data of its own: what a learner has saved stays as it is. */
async function serve(t: TestContext, file: string): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cafe-'));
  const server = await startServer({ file: join(root, file), cwd: root, port: 0, dataDir });
  t.after(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return server;
}

// Of the lines that run for what a lesson asks you to try, how many has no page shown?
//
//   npm test taught   ──►   lesson 04: 118 lines run, 19 of them are on no page up to it (16 %)
//
// A line is shown if a page quotes it, or names its function. See tests/laws/taught.ts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openJar } from '../lessons/classroom/jar.ts';
import { readRequests, sendRequest } from '../lessons/classroom/requests.ts';
import { startServer } from '../lessons/classroom/start.ts';
import { lessonFolders, lessonOf, readFiles } from './laws/files.ts';
import { taughtLines } from './laws/taught.ts';

type Lines = Record<string, number[]>;

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readFiles(root);

/** In percent: one line in five may be found by the reader alone. */
const most = 20;

for (const folder of lessonFolders(files).slice(1)) {
  const lesson = lessonOf(`${folder}/server.ts`)!;
  test(`lesson ${lesson} runs few lines that no page has shown`, async (t) => {
    const ran = await ranFor(t, folder);
    const lines = Object.entries(ran).flatMap(([url, lines]) => shownOrNot(url, lines, lesson));
    const unseen = lines.filter(({ shown }) => !shown);
    const share = Math.round(100 * unseen.length / lines.length);
    t.diagnostic(`lesson ${lesson}: ${lines.length} lines run, ${unseen.length} of them are on ` +
      `no page up to it (${share} %)`);
    const places = unseen.map(({ file, line }) => `${file}:${line}`).join('\n');
    assert.ok(share <= most, `${share} % of the lines are on no page, but at most ` +
      `${most} % may. They are:\n${places}`);
  });
}

type RanLine = { file: string; line: number; shown: boolean };

function shownOrNot(url: string, lines: number[], lesson: number): RanLine[] {
  const path = fileURLToPath(url.replace(/\?.*/, ''));
  const file = path.slice(root.length).replaceAll('\\', '/');
  const taught = taughtLines(files, file, lesson);
  return lines.map((line) => ({ file, line, shown: taught.has(line) }));
}

async function ranFor(t: TestContext, folder: string): Promise<Lines> {
  const dataDir = mkdtempSync(join(tmpdir(), 'taught-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const server = await startServer({
    file: join(root, folder, 'server.ts'),
    cwd: root,
    port: 0,
    dataDir,
    imports: [new URL('taught/ran.ts', import.meta.url).href],
  });
  const ask = async (ran: string) => {
    server.child.send({ ran });
    const [message] = await once(server.child, 'message') as [{ ran: Lines }];
    return message.ran;
  };
  await ask('begin');
  await sendAll(server, folder);
  const ran = await ask('end');
  await server.stop();
  return ran;
}

async function sendAll({ url, clock }: Awaited<ReturnType<typeof startServer>>, folder: string) {
  const path = `${folder}/requests.http`;
  const requests = readRequests(readFileSync(join(root, path), 'utf8'), path);
  const jar = openJar();
  for (const request of requests.filter(({ needs }) => needs.length === 0)) {
    const waits = { forAnswer: 5_000, forEnd: request.promise.noEnd ? 500 : 5_000, clock };
    const exchange = await sendRequest(url, jar.fill(request), waits);
    jar.keep(exchange.headers);
  }
}

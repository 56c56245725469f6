// The guide: each slip is told in exactly these words, survived and answered; and where nothing is
// wrong, nothing is said.
//
//   tests/slips/04-two-answers  ──►  ✔ 04-two-answers: a "return" is missing after the first answer

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { guided, hearGuide } from '../lessons/classroom/guide/attach.ts';
import { showTold } from '../lessons/classroom/guide/show.ts';
import { patience } from '../lessons/classroom/exchange.ts';
import { openJar } from '../lessons/classroom/jar.ts';
import { readRequests, sendRequest } from '../lessons/classroom/requests.ts';
import { isNative, startServer } from '../lessons/classroom/start.ts';
import { folder, readSlip, runSlip, type Slip } from './slip.ts';
import { lessonFolders, readFiles } from './laws/files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = readdirSync(folder).sort();
const here = isNative() ? 'native' : 'older';

test('the guide knows at least forty slips, each with what it says', () => {
  assert.ok(names.length >= 40, `There are ${names.length}.`);
  for (const name of names) assert.equal(readSlip(name).says.length === 0, name.includes('-right-'), name);
});

// Most of the time a slip waits: for its process to start, or for an answer that never comes.
test('each slip is told, survived and answered', { concurrency: 6 }, async (t) => {
  await Promise.all(names.map((name) => {
    const slip = readSlip(name);
    return t.test(`${name}: ${slip.slip}`, { skip: whyNot(slip) }, async () => {
      const seen = await runSlip(name, slip);
      assert.deepEqual(seen.says, slip.says);
      assert.deepEqual(seen.gets, slip.ends ? [] : (slip.send ?? []).map(({ gets }) => gets), 'the statuses that the client got');
      assert.equal(seen.lives, !slip.ends, 'the server lives on');
    });
  }));
});

function whyNot({ only, host }: Slip): string | false {
  if (only !== undefined && only !== here) return `It is a slip on ${only === 'native' ? 'a Node that runs TypeScript by itself' : 'an older Node'} only.`;
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
  return host === '::1' && !addresses.includes('::1') && 'This machine has no ::1.';
}

const files = readFiles(root);
const servers = [...lessonFolders(files).map((lesson) => ({ file: `${lesson}/server.ts`, lesson })), { file: 'server.ts', lesson: lessonFolders(files).at(-1)! }];

test('the guide is mute where nothing is wrong', { concurrency: 4 }, async (t) => {
  await Promise.all(servers.map(({ file, lesson }) => t.test(file, async () => {
    assert.equal(await listenTo(file, lesson), '');
  })));
});

async function listenTo(file: string, lesson: string): Promise<string> {
  const said: string[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'guide-'));
  const server = await startServer({ file: join(root, file), cwd: root, port: 0, dataDir, ...guided });
  hearGuide(server.child, (told) => said.push(showTold(told)));
  const waits = { ...patience, clock: server.clock };
  const jar = openJar();
  try {
    for (const request of readRequests(readFileSync(join(root, lesson, 'requests.http'), 'utf8'))) {
      if (request.needs.length === 0) jar.keep((await sendRequest(server.url, jar.fill(request), waits)).headers);
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
  return said.join('\n');
}

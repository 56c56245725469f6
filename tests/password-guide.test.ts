// The guide and slow hashes: while one runs, its request is not given up as forgotten.
//
//   POST /login, hashed for three seconds  ──►  200, and not a word

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { guided, hearGuide } from '../lessons/classroom/guide/attach.ts';
import { showTold } from '../lessons/classroom/guide/show.ts';
import { startServer } from '../lessons/classroom/start.ts';

// Longer than the guide is patient with a program that waits for nothing.
const server = `import { pbkdf2, scrypt } from 'node:crypto';
import http from 'node:http';
import { promisify } from 'node:util';

const slow = [() => promisify(scrypt)('flatwhite42', 'salt', 32), () => promisify(pbkdf2)('flatwhite42', 'salt', 50_000, 32, 'sha256')];

http.createServer(async (req, res) => {
  const begun = performance.now();
  for (let n = 0; performance.now() - begun < 3_000; n += 1) await slow[n % 2]();
  res.end('Hello, ada');
}).listen(3000);
`;

test('the guide waits as long as a password is hashed, and says nothing', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  writeFileSync(join(folder, 'server.ts'), server);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const said: string[] = [];
  const { url, child, stop } = await startServer({ file: join(folder, 'server.ts'), cwd: folder, port: 0, dataDir: folder, ...guided });
  t.after(stop);
  hearGuide(child, (told) => said.push(showTold(told)));
  const answer = await fetch(url);
  assert.deepEqual([answer.status, await answer.text(), said], [200, 'Hello, ada', []]);
});

// PUBLIC_URL: whether browsers come by https, and what happens when nobody can tell.
//
//   protocolOf('HTTPS://cafe.example')  ──►  'https:'

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isHttps, protocolOf } from '../lessons/15-login/public-url.ts';

for (const [PUBLIC_URL, expected] of [
  [undefined, false],
  ['', false],
  ['  ', false],
  ['http://cafe.example', false],
  ['http://localhost:3000', false],
  ['HTTP://https.example', false],
  ['https://cafe.example', true],
  ['HTTPS://cafe.example', true],
  ['Https://Cafe.Example:8443/', true],
  ['  https://cafe.example\n', true],
  ['https://café.example/shop?x=1', true],
  ['https://[::1]', true],
] as const) {
  test(`isHttps() of ${JSON.stringify(PUBLIC_URL)} is ${expected}`, () => {
    assert.equal(isHttps({ PUBLIC_URL }), expected);
  });
}

const sentence = (url: string) => 'PUBLIC_URL must be the address at which browsers find the ' +
  `café, such as https://cafe.example, but it was "${url}". Correct it, or leave it out.`;

for (const url of [
  'cafe.example', 'localhost:3000', 'true', 'https', 'https:', 'https://', 'https:/cafe.example',
  'https:cafe.example', '//cafe.example', 'ftp://cafe.example', 'wss://cafe.example',
  'javascript:alert(1)', 'https://exa mple', 'https://cafe.example:99999', '"https://cafe.example"',
]) {
  test(`protocolOf() refuses ${url}`, () => {
    assert.throws(() => protocolOf(url), new Error(sentence(url)));
  });
}

const lessons = ['15-login', '16-rights', '17-journal', '18-database'];

test('the server does not start with a PUBLIC_URL that is none, and makes no data', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'public-url-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const data = join(folder, 'data');
  const env = { ...process.env, PUBLIC_URL: 'cafe.example', DATA_DIR: data, PORT: '0' };
  const server = fileURLToPath(new URL('../lessons/18-database/server.ts', import.meta.url));
  const options = { env, encoding: 'utf8', timeout: 20_000 } as const;
  const ended = spawnSync(process.execPath, [...process.execArgv, server], options);
  assert.deepEqual([ended.status, ended.stderr], [1, `${sentence('cafe.example')}\n`]);
  assert.equal(existsSync(data), false);
});

for (const lesson of lessons) {
  test(`${lesson} reads PUBLIC_URL by isHttps(), before it opens its data`, () => {
    const server = new URL(`../lessons/${lesson}/server.ts`, import.meta.url);
    const text = readFileSync(server, 'utf8');
    assert.ok(text.indexOf('const secure = isHttps();') < text.indexOf('await '));
    assert.ok(text.includes('const secure = isHttps();'));
    assert.ok(!text.includes('PUBLIC_URL'));
  });
}

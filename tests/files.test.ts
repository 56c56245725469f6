// Files over real HTTP: what is told of them, parts of them, changes, and no way out of their folder.
//
//   const { ask } = await open(t, { 'look.css': 'body {}' });
//   await ask('/files/look.css')  ──►  { status: 200, headers, text: 'body {}' }

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync,
  symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync,
} from 'node:fs';
import fsPromises from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buffer as readBytes } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { attacks, layOut, secret } from '../lessons/13-files/attacks.ts';
import { typeOf } from '../lessons/13-files/content-type.ts';
import { fileRoutes } from '../lessons/13-files/files.ts';
import { openFolder } from '../lessons/13-files/folder.ts';
import { sendRaw, serve } from './serve.ts';

const LARGE = 300_000;
const VERY_LARGE = 40_000_000; // More than lies in the buffers between two programs.
const NEVER = 1e9;
/** Long before any test: dates that are over are trusted. */
const JULY = new Date('2025-07-01T08:00:00.500Z');
const [BEFORE, THEN, AFTER] = ['Tue, 01 Jul 2025 07:59:59 GMT', 'Tue, 01 Jul 2025 08:00:00 GMT', 'Tue, 01 Jul 2025 08:00:01 GMT'];

function makeFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'files-')));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

function put(folder: string, name: string, content: string | Uint8Array, at = JULY): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, at, at);
  return path;
}

async function open(t: TestContext, content: Record<string, string | Uint8Array> = {}, { lookAgain = 0, folder = makeFolder(t) } = {}) {
  for (const [name, text] of Object.entries(content)) put(folder, name, text);
  const reports: string[] = [];
  const cafe = withErrors(router(fileRoutes('/files', folder, { lookAgain })), { report: (bug) => reports.push(String(bug)) });
  const url = await serve(t, answerWith(cafe, (error) => reports.push(String(error))));
  return { folder, url, reports, ask: (target: string, headers = {}, method = 'GET') => ask(url, target, headers, method) };
}

type Answer = { status: number; headers: Record<string, string>; bytes: Buffer; text: string };

/** fetch() would tidy the address up, and add headers. */
function ask(url: string, target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return start(url, target, headers, method).then(async (response) => {
    const bytes = await readBytes(response);
    const { date, connection, 'keep-alive': keepAlive, ...told } = response.headers as Record<string, string>;
    return { status: response.statusCode!, headers: told, bytes, text: bytes.toString() };
  });
}

function start(url: string, target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { path: target, method, headers, agent: false }, resolve).on('error', reject).end();
  });
}

function assertNothing(answer: Answer, path: string): void {
  assert.deepEqual([answer.status, JSON.parse(answer.text)], [404, { title: 'Not Found', status: 404, detail: `There is nothing at "${path}". Check the address, or begin at "/".` }]);
}

const etagOf = (bytes: Uint8Array | string) => `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
const css = 'body { color: brown; } /* Crème */\n';
const known = { etag: etagOf(css), 'last-modified': THEN, 'cache-control': 'no-cache' };
const poster = Buffer.from(Array.from({ length: LARGE }, (_, n) => (n * 7919) % 251));

// ── what is told of a file ────────────────────────────────────────────────────────────────────

test('a file comes with its type, its length and its version', async (t) => {
  const { ask } = await open(t, { 'look.css': css });
  const answer = await ask('/files/look.css');
  assert.deepEqual([answer.status, answer.text], [200, css]);
  assert.deepEqual(answer.headers, { 'content-type': 'text/css; charset=utf-8', 'content-length': '36', 'accept-ranges': 'bytes', ...known });
});

test('a large file comes piece by piece, with the same told of it', async (t) => {
  const { ask } = await open(t, { 'poster.png': poster });
  const answer = await ask('/files/poster.png');
  assert.equal(answer.status, 200);
  assert.ok(answer.bytes.equals(poster));
  assert.match(answer.headers.etag!, /^W\/"6fhc-\w+-\w+"$/);
  assert.deepEqual(answer.headers, { ...known, etag: answer.headers.etag, 'content-type': 'image/png', 'content-length': '300000', 'accept-ranges': 'bytes' });
});

for (const [name, type] of [
  ['look.css', 'text/css; charset=utf-8'], ['cafe.js', 'text/javascript; charset=utf-8'], ['a.mjs', 'text/javascript; charset=utf-8'], ['page.html', 'text/html; charset=utf-8'],
  ['notes.txt', 'text/plain; charset=utf-8'], ['menu.json', 'application/json'], ['tea.svg', 'image/svg+xml'], ['a.png', 'image/png'], ['a.JPG', 'image/jpeg'], ['a.jpeg', 'image/jpeg'],
  ['favicon.ico', 'image/x-icon'], ['a.woff2', 'font/woff2'], ['a.mp4', 'video/mp4'], ['look.min.css', 'text/css; charset=utf-8'], ['look.css.bak', 'application/octet-stream'],
  ['README', 'application/octet-stream'], ['a.exe', 'application/octet-stream'], ['a.', 'application/octet-stream'], ['a.constructor', 'application/octet-stream'], ['css', 'application/octet-stream'],
] as const) {
  test(`typeOf() of ${name} is ${type}`, () => assert.equal(typeOf(name), type));
}

for (const [name, target] of [
  ['pictures/tea.svg', '/files/pictures/tea.svg'],
  ['a/b/c/d.txt', '/files/a/b/c/d.txt'],
  ['flat white.txt', '/files/flat%20white.txt'],
  ['Crème brûlée ☕.txt', `/files/${encodeURIComponent('Crème brûlée ☕.txt')}`],
  ['Cre\u0300me.txt', `/files/${encodeURIComponent('Cr\u00e8me.txt')}`],
  ['100%.txt', '/files/100%25.txt'],
  ['%2e%2e.txt', '/files/%252e%252e.txt'],
  ['a+b&c.txt', '/files/a+b&c.txt'],
  ['__proto__', '/files/__proto__'],
  ['constructor', '/files/constructor?v=1'],
] as const) {
  test(`${target} is the file "${name}"`, async (t) => {
    const { ask } = await open(t, { [name]: `This is ${name}.` });
    const answer = await ask(target);
    assert.deepEqual([answer.status, answer.text], [200, `This is ${name}.`]);
  });
}

test('an empty file is a file', async (t) => {
  const { ask } = await open(t, { 'empty.txt': '' });
  for (const headers of [{}, { range: 'bytes=0-9' }, { range: 'bytes=-5' }]) {
    const answer = await ask('/files/empty.txt', headers);
    assert.deepEqual([answer.status, answer.text, answer.headers['content-length']], [200, '', '0']);
  }
});

test('text that is not in UTF-8 comes as it lies there', async (t) => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x63, 0xe9, 0x00, 0xff, 0x0d, 0x0a]);
  const { ask } = await open(t, { 'old.txt': bytes });
  assert.deepEqual((await ask('/files/old.txt')).bytes, bytes);
});

test('a date in the future is not told', async (t) => {
  const { ask, folder } = await open(t);
  put(folder, 'look.css', css, new Date('2100-01-01'));
  assert.ok(Date.parse((await ask('/files/look.css')).headers['last-modified']!) <= Date.now());
});

for (const name of ['look.css', 'poster.png', 'nothing.txt']) {
  for (const headers of [{}, { range: 'bytes=0-9' }, { 'if-none-match': '*' }]) {
    test(`HEAD of ${name} with ${JSON.stringify(headers)} has the head of GET, and no body`, async (t) => {
      const { ask, url } = await open(t, { 'look.css': css, 'poster.png': poster });
      const { range, ...others } = { range: '', ...headers };
      const [get, head] = [await ask(`/files/${name}`, others), await ask(`/files/${name}`, headers, 'HEAD')];
      assert.deepEqual([head.status, head.headers, head.text], [get.status, get.headers, '']);
      assert.ok((await sendRaw(url, `HEAD /files/${name} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).endsWith('\r\n\r\n'));
    });
  }
}

for (const method of ['POST', 'PUT', 'DELETE']) {
  test(`${method} is refused, and changes nothing`, async (t) => {
    const { ask } = await open(t, { 'look.css': css });
    const answer = await ask('/files/look.css', {}, method);
    assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, HEAD, OPTIONS']);
    assert.equal((await ask('/files/look.css')).text, css);
  });
}

// ── the client has it already ─────────────────────────────────────────────────────────────────

for (const [headers, status] of [
  [{ 'if-none-match': known.etag }, 304],
  [{ 'if-none-match': `W/${known.etag}` }, 304],
  [{ 'if-none-match': `"other", ${known.etag}` }, 304],
  [{ 'if-none-match': '*' }, 304],
  [{ 'if-none-match': '"other"' }, 200],
  [{ 'if-none-match': known.etag.slice(1, -1) }, 200],
  [{ 'if-none-match': '' }, 200],
  [{ 'if-modified-since': THEN }, 304],
  [{ 'if-modified-since': AFTER }, 304],
  [{ 'if-modified-since': BEFORE }, 200],
  [{ 'if-modified-since': 'Tuesday, 01-Jul-25 08:00:00 GMT' }, 304],
  [{ 'if-modified-since': '2100' }, 200],
  [{ 'if-modified-since': 'yesterday GMT' }, 200],
  [{ 'if-modified-since': 'Tue Jul  1 08:00:00 2025' }, 304],
  [{ 'if-modified-since': 'Tue Jul  1 07:59:59 2025' }, 200],
  [{ 'if-modified-since': '1 GMT' }, 200],
  [{ 'if-modified-since': 'Tue, 01 Jul 2025 09:00:00 GMT+0100' }, 200],
  [{ 'if-modified-since': '2025-07-01T08:00:00Z' }, 200],
  [{ 'if-modified-since': '9999999999999' }, 200],
  [{ 'if-modified-since': '' }, 200],
  [{ 'if-none-match': '', 'if-modified-since': AFTER }, 200],
  [{ 'if-none-match': `"W/${known.etag.slice(1)}` }, 200],
  [{ 'if-none-match': `"a,${known.etag},b"` }, 200],
  [{ 'if-none-match': `*, "other"` }, 200],
  [{ 'if-unmodified-since': '1 GMT' }, 200],
  [{ 'if-unmodified-since': 'Tue Jul  1 07:59:59 2025' }, 412],
  [{ 'if-unmodified-since': 'Tuesday, 01-Jul-25 07:59:59 GMT' }, 412],
  [{ 'if-match': '*', 'if-unmodified-since': BEFORE }, 200],
  [{ 'if-none-match': '"other"', 'if-modified-since': AFTER }, 200],
  [{ 'if-none-match': known.etag, 'if-modified-since': BEFORE }, 304],
  [{ 'if-none-match': known.etag, range: 'bytes=0-3' }, 304],
  [{ 'if-match': known.etag }, 200],
  [{ 'if-match': '*' }, 200],
  [{ 'if-match': '"other"' }, 412],
  [{ 'if-match': `W/${known.etag}` }, 412],
  [{ 'if-match': '"other"', 'if-none-match': known.etag }, 412],
  [{ 'if-match': known.etag, 'if-none-match': known.etag }, 304],
  [{ 'if-match': known.etag, 'if-unmodified-since': BEFORE }, 200],
  [{ 'if-unmodified-since': THEN }, 200],
  [{ 'if-unmodified-since': BEFORE }, 412],
  [{ 'if-unmodified-since': 'soon GMT' }, 200],
] as [Record<string, string>, number][]) {
  test(`a file with ${JSON.stringify(headers)} is answered ${status}`, async (t) => {
    const { ask } = await open(t, { 'look.css': css });
    const answer = await ask('/files/look.css', headers);
    assert.equal(answer.status, status);
    if (status === 200) assert.equal(answer.text, css);
    if (status === 304) assert.deepEqual([answer.headers, answer.text], [known, '']);
    if (status === 412) assert.deepEqual([answer.headers.etag, JSON.parse(answer.text).detail], [known.etag, `This file has the version ${known.etag} by now. Get it again from the beginning, without "if-match" and "if-unmodified-since".`]);
  });
}

test('a large file is not sent to whoever has it already', async (t) => {
  const { ask } = await open(t, { 'poster.png': poster });
  const { etag } = (await ask('/files/poster.png')).headers;
  const answer = await ask('/files/poster.png', { 'if-none-match': etag! });
  assert.deepEqual([answer.status, answer.headers, answer.text], [304, { ...known, etag }, '']);
});

// ── a part of it ──────────────────────────────────────────────────────────────────────────────

for (const [range, from, to] of [
  ['bytes=0-0', 0, 1], ['bytes=0-9', 0, 10], ['bytes=10-19', 10, 20], ['bytes=90-', 90, 100], ['bytes=99-', 99, 100], ['bytes=-1', 99, 100], ['bytes=-30', 70, 100],
  ['bytes=-100', 0, 100], ['bytes=-1000', 0, 100], ['bytes=0-', 0, 100], ['bytes=50-1000', 50, 100], ['BYTES=0-9', 0, 10], [`bytes=5-${'9'.repeat(400)}`, 5, 100],
] as const) {
  test(`range ${range.slice(0, 30)} is answered with those bytes, of a small file and of a large one`, async (t) => {
    const small = poster.subarray(0, 100);
    // Its last hundred bytes take the place of the small one's hundred.
    const [before, large] = [LARGE - 100, Buffer.concat([Buffer.alloc(LARGE - 100), small])];
    const { ask } = await open(t, { 'small.png': small, 'large.png': large });
    const answer = await ask('/files/small.png', { range });
    assert.deepEqual([answer.status, answer.bytes], [206, small.subarray(from, to)]);
    assert.deepEqual([answer.headers['content-range'], answer.headers['content-length'], answer.headers.etag], [`bytes ${from}-${to - 1}/100`, String(to - from), etagOf(small)]);

    const isFromTheEnd = /^bytes=-/.test(range);
    const moved = range.replace(/^(bytes=)(\d+)-(\d*)$/i, (_whole, unit, first, last) =>
      `${unit}${Number(first) + before}-${last && (last.length > 15 ? last : Number(last) + before)}`);
    const start = isFromTheEnd ? LARGE - Math.min(LARGE, Number(range.slice(7))) : from + before;
    const part = await ask('/files/large.png', { range: moved });
    assert.equal(part.status, 206);
    assert.ok(part.bytes.equals(large.subarray(start, to + before)), moved);
    const told = [part.headers['content-range'], part.headers['content-length']];
    const end = to + before;
    assert.deepEqual(told, [`bytes ${start}-${end - 1}/${LARGE}`, String(end - start)]);
  });
}

for (const [range, from, to] of [['bytes=0-0', 0, 1], ['bytes=100000-249999', 100_000, 250_000], ['bytes=-64001', LARGE - 64_001, LARGE], ['bytes=299999-', LARGE - 1, LARGE]] as const) {
  test(`range ${range} of a large file is answered with those bytes`, async (t) => {
    const { ask } = await open(t, { 'poster.png': poster });
    const answer = await ask('/files/poster.png', { range });
    assert.equal(answer.status, 206);
    assert.ok(answer.bytes.equals(poster.subarray(from, to)));
    assert.deepEqual([answer.headers['content-range'], answer.headers['content-length']], [`bytes ${from}-${to - 1}/${LARGE}`, String(to - from)]);
  });
}

for (const range of ['bytes=100-', 'bytes=100-200', 'bytes=5000-6000', 'bytes=-0', `bytes=${'9'.repeat(400)}-`]) {
  test(`range ${range.slice(0, 30)} of 100 bytes is answered 416, with the length`, async (t) => {
    const { ask } = await open(t, { 'small.png': poster.subarray(0, 100) });
    const answer = await ask('/files/small.png', { range });
    assert.deepEqual([answer.status, answer.headers['content-range']], [416, 'bytes */100']);
    assert.deepEqual(JSON.parse(answer.text), { title: 'Range Not Satisfiable', status: 416, detail: `The file has 100 bytes, and ${range} is not in it.` });
  });
}

for (const range of ['bytes=0-9,20-29', 'bytes=9-0', 'bytes=-', 'bytes=', 'bytes=a-b', 'bytes=0-9-', 'bytes=1.5-2', 'bytes=0x1-9', 'bytes=--5', 'lines=0-9', 'bytes 0-9', '']) {
  test(`range "${range}" is answered with the whole file`, async (t) => {
    const { ask } = await open(t, { 'look.css': css });
    const answer = await ask('/files/look.css', { range });
    assert.deepEqual([answer.status, answer.text, answer.headers['content-range']], [200, css, undefined]);
  });
}

for (const [wanted, status] of [[known.etag, 206], ['"other"', 200], [`W/${known.etag}`, 200], [THEN, 200], ['*', 200], ['', 200]] as const) {
  test(`a part with if-range ${wanted || '(empty)'} is answered ${status}`, async (t) => {
    const { ask } = await open(t, { 'look.css': css });
    assert.equal((await ask('/files/look.css', { range: 'bytes=0-3', 'if-range': wanted })).status, status);
  });
}

test('a large file that was saved a moment ago has a weak etag, whatever its date: no part is added to a part of it', async (t) => {
  const { ask } = await open(t, { 'poster.png': poster });
  const { etag } = (await ask('/files/poster.png')).headers;
  assert.match(etag!, /^W\//);
  assert.equal((await ask('/files/poster.png', { 'if-none-match': etag! })).status, 304);
  assert.equal((await ask('/files/poster.png', { 'if-match': etag! })).status, 412);
  assert.equal((await ask('/files/poster.png', { 'if-match': '*' })).status, 200);
  assert.equal((await ask('/files/poster.png', { range: 'bytes=0-9', 'if-range': etag! })).status, 200);
  assert.equal((await ask('/files/poster.png', { range: 'bytes=0-9' })).status, 206);

  await pause(2_500);
  const strong = (await ask('/files/poster.png', { 'if-none-match': etag! })).headers.etag!;
  assert.equal(strong, etag!.slice(2));
  assert.equal((await ask('/files/poster.png', { 'if-match': strong })).status, 200);
  assert.equal((await ask('/files/poster.png', { range: 'bytes=0-9', 'if-range': strong })).status, 206);
});

// ── no way out ────────────────────────────────────────────────────────────────────────────────

test('there are 27 ways out of a folder, and each asks for something below or beside it', () => {
  const targets = attacks('/srv').map(([, target]) => target);
  assert.equal(new Set(targets).size, 27);
  for (const target of targets) assert.match(target, /^(http:\/\/localhost)?\/files(-old)?\/./);
});

for (const [index, [name]] of attacks('/').entries()) {
  test(`way out ${index + 1} is shut: ${name}`, async (t) => {
    const below = makeFolder(t);
    const { ask } = await open(t, {}, { folder: await layOut(below) });
    const target = attacks(below)[index]![1];
    const answer = await ask(target);
    assert.ok(!answer.text.includes(secret.slice(0, 6)), answer.text);
    const { status, detail, ...more } = JSON.parse(answer.text);
    assert.deepEqual([answer.status, answer.headers['content-type'], more], [status, 'application/problem+json', { title: status === 404 ? 'Not Found' : 'Bad Request' }]);
    assert.match(detail, /"(http:\/\/localhost)?\/files/);
    assert.match(detail, status === 404 ? /^There is nothing at ".+"\. Check the address, or begin at "\/"\.$/ : /^The path ".+" (must not|cannot be read)/);
    assert.deepEqual([(await ask('/files/look.css')).status, (await ask('/files/pictures/tea.svg')).status], [200, 200]);
  });
}

for (const target of ['', 'pictures', 'pictures/', 'LOOK.CSS', 'Look.css', 'look.css.', 'look.css%20', '%20look.css', 'look.css::$DATA', 'look.css:', 'LOOK~1.CSS', 'look', 'look.css/', 'look.css/x', 'pictures/tea', 'pictures%5ctea.svg', 'NUL', 'aux.txt', 'com1', 'CON.svg', 'lpt%C2%B9', '*', '%3F', '~', '$HOME', '.', '..%20']) {
  test(`"${target}" is the name of no file`, async (t) => {
    const { ask } = await open(t, { 'look.css': css, 'pictures/tea.svg': '<svg/>' });
    const answer = await ask(`/files/${target}`);
    if (target === '.') assert.equal(answer.status, 400);
    else assertNothing(answer, `/files/${decodeURIComponent(target)}`);
  });
}

test('links that lead in a circle are not followed', async (t) => {
  const { ask, folder } = await open(t, { 'look.css': css });
  symlinkSync(folder, join(folder, 'again'), 'junction');
  assertNothing(await ask('/files/again/look.css'), '/files/again/look.css');
  assert.equal((await ask('/files/look.css')).text, css);
});

test('the folder itself may be a link', async (t) => {
  const below = makeFolder(t);
  put(below, 'release-42/look.css', css);
  symlinkSync(join(below, 'release-42'), join(below, 'current'), 'junction');
  const { ask } = await open(t, {}, { folder: join(below, 'current') });
  assert.equal((await ask('/files/look.css')).text, css);
});

test('a pipe is not a file: nobody waits for what never comes', { skip: process.platform === 'win32' }, async (t) => {
  const { ask, folder } = await open(t, { 'look.css': css });
  execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
  assertNothing(await ask('/files/pipe.txt'), '/files/pipe.txt');
  assert.equal((await ask('/files/look.css')).text, css);
});

test('a file, or the folder around it, whose place was taken by a link is not there any more', async (t) => {
  for (const lookAgain of [0, NEVER]) {
    const { ask, folder } = await open(t, { 'pictures/tea.svg': '<svg/>', 'secret/tea.svg': secret, '.keep/secret.txt': secret }, { lookAgain });
    assert.equal((await ask('/files/pictures/tea.svg')).text, '<svg/>');
    renameSync(join(folder, 'pictures'), join(folder, '.pictures'));
    symlinkSync(join(folder, 'secret'), join(folder, 'pictures'), 'junction');
    if (lookAgain === 0) assertNothing(await ask('/files/pictures/tea.svg'), '/files/pictures/tea.svg');
    else assert.equal((await ask('/files/pictures/tea.svg')).text, '<svg/>');
  }
});

test('a large file whose place was taken by a link, or a folder, is not there any more', async (t) => {
  const { ask, folder } = await open(t, { 'one.png': poster, 'two.png': poster, 'secret/secret.txt': secret }, { lookAgain: NEVER });
  assert.equal((await ask('/files/one.png')).status, 200);
  for (const name of ['one.png', 'two.png']) unlinkSync(join(folder, name));
  symlinkSync(join(folder, process.platform === 'win32' ? 'secret' : 'secret/secret.txt'), join(folder, 'one.png'), 'junction');
  mkdirSync(join(folder, 'two.png'));
  for (const name of ['one.png', 'two.png']) assertNothing(await ask(`/files/${name}`), `/files/${name}`);
});

// ── files change ──────────────────────────────────────────────────────────────────────────────

test('a file that is changed, added or deleted is noticed', async (t) => {
  const { ask, folder } = await open(t, { 'look.css': css });
  assert.equal((await ask('/files/look.css')).text, css);
  put(folder, 'look.css', 'body {}');
  put(folder, 'new/cake.svg', '<svg/>');
  const answer = await ask('/files/look.css', { 'if-none-match': known.etag });
  assert.deepEqual([answer.status, answer.text, answer.headers.etag], [200, 'body {}', etagOf('body {}')]);
  assert.equal((await ask('/files/new/cake.svg')).text, '<svg/>');
  rmSync(join(folder, 'new'), { recursive: true });
  unlinkSync(join(folder, 'look.css'));
  for (const name of ['new/cake.svg', 'look.css']) assertNothing(await ask(`/files/${name}`), `/files/${name}`);
});

test('a change that keeps length and date is noticed', async (t) => {
  const { ask, folder } = await open(t, { 'look.css': 'one' });
  for (const text of ['two', 'six', 'ten']) {
    await ask('/files/look.css');
    put(folder, 'look.css', text);
    assert.deepEqual([(await ask('/files/look.css')).text, (await ask('/files/look.css')).headers.etag], [text, etagOf(text)]);
  }
});

test('a change is noticed even if the disk gives it the date of the one before', async (t) => {
  const folder = makeFolder(t);
  const path = put(folder, 'look.css', 'one');
  const find = openFolder(folder, 0);
  for (let n = 100; n < 300; n += 1) {
    writeFileSync(path, String(n));
    assert.equal(String((await find('look.css'))!.bytes), String(n));
  }
});

test('a change is noticed within a tenth of a second', async (t) => {
  const { ask, folder } = await open(t, { 'look.css': css }, { lookAgain: 100 });
  await ask('/files/look.css');
  put(folder, 'look.css', 'body {}');
  await pause(500);
  assert.equal((await ask('/files/look.css')).text, 'body {}');
});

// ── one part fails, and not all ───────────────────────────────────────────────────────────────

const NFC = 'Cr\u00e8me br\u00fbl\u00e9e.txt';
const NFD = NFC.normalize('NFD');
const MIXED = 'Cr\u00e8me bru\u0302l\u00e9e.txt';

for (const name of [NFC, NFD, MIXED]) {
  test(`a file is found under its own name, and under one that looks the same: ${encodeURI(name)}`, async (t) => {
    const { ask } = await open(t, { [name]: 'sweet', 'look.css': css });
    for (const asked of [name, NFC, NFD, MIXED]) {
      const answer = await ask(`/files/${encodeURIComponent(asked)}`);
      assert.deepEqual([answer.status, answer.text], [200, 'sweet'], asked);
    }
  });
}

test('two files whose names only look the same are two files', { skip: process.platform === 'darwin' }, async (t) => {
  const { ask } = await open(t, { [NFC]: 'one character', [NFD]: 'two characters' });
  const asked = [NFC, NFD, MIXED].map((name) => ask(`/files/${encodeURIComponent(name)}`));
  const texts = (await Promise.all(asked)).map(({ text }) => text);
  assert.deepEqual(texts, ['one character', 'two characters', 'one character']);
});

test('however a name is written, its file is kept in memory once', async (t) => {
  const folder = makeFolder(t);
  put(folder, NFC, 'sweet');
  const find = openFolder(folder, NEVER);
  const first = await find(NFC);
  for (const name of [NFC, NFD, MIXED]) assert.equal(await find(name), first);
});

/** What the system says of the folders named in \`codes\`, since root may read them all. */
function withListing(t: TestContext, codes: Record<string, string>): void {
  const { readdir } = fsPromises;
  t.mock.method(fsPromises, 'readdir', async (path: string, options: object) => {
    const code = codes[basename(path)];
    if (!code) return readdir(path, options as never);
    throw Object.assign(new Error(`${code}: ${path}`), { code, path });
  });
  syncBuiltinESMExports();
  t.after(() => { t.mock.reset(); syncBuiltinESMExports(); });
}

for (const code of ['EACCES', 'EPERM', 'EIO', 'ENAMETOOLONG', 'ESTALE']) {
  test(`a folder in it that cannot be listed (${code}) hides its own files alone, and is reported once`, async (t) => {
    const folder = makeFolder(t);
    const files = { 'look.css': css, 'a/b/tea.svg': '<svg/>', 'lost+found/x.css': css, 'z/c/x.css': css };
    for (const [name, text] of Object.entries(files)) put(folder, name, text);
    withListing(t, { 'lost+found': code, 'c': 'ENOENT' });
    const said: string[] = [];
    const find = openFolder(folder, 0, (sentence: string) => said.push(sentence));
    for (const _ of 'again') {
      assert.equal(String((await find('look.css'))!.bytes), css);
      assert.equal(String((await find('a/b/tea.svg'))!.bytes), '<svg/>');
      assert.equal(await find('lost+found/x.css'), undefined);
      assert.equal(await find('z/c/x.css'), undefined);
    }
    assert.deepEqual(said, [`${join(folder, 'lost+found/')} is left out, with all that is in it: ` +
      `it cannot be listed (${code}). Give the server the right to read it, or move it somewhere else.`]);
  });
}

test('fileRoutes() hands its report on, and prints by itself without one', async (t) => {
  const folder = makeFolder(t);
  put(folder, 'lost+found/x.css', css);
  put(folder, 'look.css', css);
  withListing(t, { 'lost+found': 'EACCES' });
  const said: string[] = [];
  const print = t.mock.method(console, 'error', () => {});
  for (const options of [{ report: (sentence: string) => said.push(sentence) }, {}]) {
    const url = await serve(t, answerWith(router(fileRoutes('/files', folder, options))));
    assert.equal((await ask(url, '/files/look.css')).text, css);
  }
  assert.deepEqual(print.mock.calls.map((call) => call.arguments), [said]);
});

test('if the folder itself cannot be listed, it is our mistake', async (t) => {
  const { ask, folder, reports } = await open(t, { 'look.css': css });
  withListing(t, { [basename(folder)]: 'EACCES' });
  assert.equal((await ask('/files/look.css')).status, 500);
  assert.match(reports.join(), /^Error: EACCES/);
});

test('a folder that this user may not read', { skip: process.getuid?.() === 0 || process.platform === 'win32' }, async (t) => {
  const folder = makeFolder(t);
  put(folder, 'lost+found/x.css', css);
  put(folder, 'look.css', css);
  chmodSync(join(folder, 'lost+found'), 0);
  t.after(() => chmodSync(join(folder, 'lost+found'), 0o700));
  const said: string[] = [];
  const find = openFolder(folder, 0, (sentence: string) => said.push(sentence));
  assert.equal(String((await find('look.css'))!.bytes), css);
  assert.equal(said.length, 1);
});

test('a name that is not in UTF-8 is left out and reported once; all others are there', { skip: process.platform !== 'linux' }, async (t) => {
  const folder = makeFolder(t);
  put(folder, 'look.css', css);
  put(folder, '\ufffd.txt', 'the real one');
  const latin1 = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
  writeFileSync(latin1('caf\xe9.txt'), 'old');
  mkdirSync(latin1('caf\xe9'));
  writeFileSync(Buffer.concat([latin1('caf\xe9'), Buffer.from('/x.css')]), css);
  const said: string[] = [];
  const find = openFolder(folder, 0, (sentence: string) => said.push(sentence));
  for (const _ of 'again') {
    assert.equal(String((await find('look.css'))!.bytes), css);
    assert.equal(String((await find('\ufffd.txt'))!.bytes), 'the real one');
    for (const name of ['caf\ufffd.txt', 'caf\u00e9.txt', 'caf\ufffd/x.css']) assert.equal(await find(name), undefined);
  }
  const why = 'is left out: its name is not in UTF-8, so no address leads to it. Rename it.';
  assert.deepEqual(said.sort(), [`${folder}/caf\ufffd ${why}`, `${folder}/caf\ufffd.txt ${why}`]);
});

test('a link to nothing, a link to itself and a socket are no files, and harm none', { skip: process.platform === 'win32' }, async (t) => {
  const { ask, folder, reports } = await open(t, { 'look.css': css, 'a/look.css': css });
  symlinkSync('nothing', join(folder, 'broken.css'));
  symlinkSync('circle.css', join(folder, 'circle.css'));
  symlinkSync('nothing', join(folder, 'a/broken'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 'socket.css'), resolve));
  t.after(() => server.close());
  for (const name of ['broken.css', 'circle.css', 'a/broken', 'socket.css']) {
    assertNothing(await ask(`/files/${name}`), `/files/${name}`);
  }
  for (const name of ['look.css', 'a/look.css']) assert.equal((await ask(`/files/${name}`)).text, css);
  assert.deepEqual(reports, []);
});

test('a large file whose place was taken by a pipe is not there: nobody waits for its other end', { skip: process.platform === 'win32' }, async (t) => {
  const { ask, folder } = await open(t, { 'poster.png': poster }, { lookAgain: NEVER });
  await ask('/files/poster.png');
  unlinkSync(join(folder, 'poster.png'));
  execFileSync('mkfifo', [join(folder, 'poster.png')]);
  assertNothing(await ask('/files/poster.png'), '/files/poster.png');
});

test('what is deleted while the folder is listed is left out', async (t) => {
  const folder = makeFolder(t);
  put(folder, 'look.css', css);
  for (let n = 0; n < 300; n += 1) put(folder, `drawings-${n}/tea.svg`, '<svg/>');
  const find = openFolder(folder);
  const found = find('look.css');
  await pause(2);
  for (let n = 0; n < 300; n += 1) rmSync(join(folder, `drawings-${n}`), { recursive: true });
  assert.equal(String((await found)!.bytes), css);
  assert.equal(await find('drawings-7/tea.svg'), undefined);
});

test('between two looks the disk is left alone', async (t) => {
  const { ask, folder } = await open(t, { 'look.css': css }, { lookAgain: NEVER });
  await ask('/files/look.css');
  put(folder, 'look.css', 'body {}');
  put(folder, 'cake.svg', '<svg/>');
  assert.deepEqual([(await ask('/files/look.css')).text, (await ask('/files/look.css')).headers.etag], [css, known.etag]);
  assertNothing(await ask('/files/cake.svg'), '/files/cake.svg');
});

test('an unchanged file is not read again', async (t) => {
  const folder = makeFolder(t);
  put(folder, 'look.css', css);
  const find = openFolder(folder, 0);
  const bytes = (await find('look.css'))!.bytes;
  await pause(2_500); // Until the file has been left alone for long enough.
  const settled = (await find('look.css'))!.bytes;
  assert.equal((await find('look.css'))!.bytes, settled);
  assert.notEqual(settled, bytes);
});

test('of many who ask at once for a file that is known, one looks, and the others do not wait', async (t) => {
  const folder = makeFolder(t);
  put(folder, 'look.css', css);
  const find = openFolder(folder, 50);
  const file = await find('look.css');
  await pause(100);
  const found = [find('look.css'), find('look.css'), find('look.css')];
  assert.deepEqual(found.map((one) => one instanceof Promise), [true, false, false]);
  assert.equal(found[1], file);
  assert.equal((await found[0])!.info.etag, known.etag);
});

for (const size of [1_000, LARGE]) {
  test(`while a file of ${size} bytes is written over again and again, no answer mixes two versions`, async (t) => {
    const version = (n: number) => Buffer.alloc(size, 65 + (n % 26));
    const { ask, folder } = await open(t, { 'look.css': version(0) });
    let over = false;
    // Swapped in, as careful programs save: at each moment the file is a whole one.
    const writing = (async () => {
      for (let n = 1; !over; n += 1) {
        const aside = put(folder, '.aside', version(n));
        renameSync(aside, join(folder, 'look.css'));
        await pause(1);
      }
    })();
    const etags = new Map<string, string>();
    for (let n = 0; n < 60; n += 1) {
      const answers = await Promise.all([ask('/files/look.css'), ask('/files/look.css'), ask('/files/look.css')]);
      for (const { status, headers, text } of answers) {
        assert.deepEqual([status, text], [200, text[0]!.repeat(size)]);
        if (size === 1_000) assert.equal(headers.etag, etagOf(text));
        else assert.equal(headers['content-length'], String(size));
        etags.set(headers.etag!, text[0]!);
      }
    }
    over = true;
    await writing;
    assert.ok(etags.size > 1);
  });
}

test('if the folder is deleted, its files are not there, and then it is our mistake: 500, and reported', async (t) => {
  const { ask, folder, reports } = await open(t, { 'look.css': css });
  await ask('/files/look.css');
  rmSync(folder, { recursive: true });
  assertNothing(await ask('/files/look.css'), '/files/look.css');
  assert.equal((await ask('/files/look.css')).status, 500);
  assert.match(reports.join(), /^Error: ENOENT: no such file or directory, scandir /);
  mkdirSync(folder);
  put(folder, 'look.css', css);
  assert.equal((await ask('/files/look.css')).text, css);
});

test('what does not fit into 16 MB of memory is streamed', async (t) => {
  const { ask, folder } = await open(t);
  const names = Array.from({ length: 300 }, (_, n) => `${n}.txt`);
  for (const name of names) put(folder, name, name.padEnd(60_000));
  const find = openFolder(folder, 0);
  const files = [];
  for (const name of names) files.push(await find(name));
  assert.deepEqual(files.map((file) => file!.bytes !== undefined), names.map((_, n) => n < 266));
  for (const name of names.filter((_, n) => n % 10 === 0)) assert.equal((await ask(`/files/${name}`)).text, name.padEnd(60_000));
  unlinkSync(join(folder, '0.txt'));
  assert.equal(await find('0.txt'), undefined);
  put(folder, 'new.txt', 'x'.repeat(60_000));
  assert.equal((await find('new.txt'))!.bytes!.length, 60_000);
});

for (const folder of ['/no/such/folder', join(process.cwd(), 'package.json')]) {
  test(`without a folder, "${folder}", nothing starts`, () => {
    assert.throws(() => fileRoutes('/files', folder), new Error(`There is no folder "${folder}". Make it, or write its path as new URL('./public', import.meta.url), which begins at the program's folder, wherever you start it.`));
  });
}

test('the folder may be given as a URL, and its files may stand at the top', async (t) => {
  const folder = makeFolder(t);
  put(folder, 'pictures/tea.svg', '<svg/>');
  for (const at of ['', '/deep/down']) {
    const url = await serve(t, answerWith(router(fileRoutes(at, pathToFileURL(folder)))));
    assert.equal((await ask(url, `${at}/pictures/tea.svg`)).text, '<svg/>');
  }
});

// ── a large file on its way ───────────────────────────────────────────────────────────────────

const before = Buffer.alloc(VERY_LARGE, 'a');

/** Asks for a very large file, changes something while it is under way, and reads the rest. */
async function askAndMeanwhile(t: TestContext, change: (path: string, folder: string) => void) {
  const { url, folder, reports } = await open(t);
  const path = put(folder, 'poster.png', before);
  const response = await start(url, '/files/poster.png');
  response.once('readable', () => {});
  await pause(50);
  change(path, folder);
  const bytes = await readBytes(response).catch((error: Error) => error.message);
  return { status: response.statusCode, bytes, reports };
}

test('a large file that is deleted on its way arrives whole', async (t) => {
  const { bytes, reports } = await askAndMeanwhile(t, (path) => unlinkSync(path));
  assert.ok(before.equals(bytes as Buffer));
  assert.deepEqual(reports, []);
});

test('a large file that is replaced on its way arrives whole, as it was', { skip: process.platform === 'win32' }, async (t) => {
  const { bytes, reports } = await askAndMeanwhile(t, (path, folder) => renameSync(put(folder, '.aside', Buffer.alloc(VERY_LARGE, 'b')), path));
  assert.ok(before.equals(bytes as Buffer));
  assert.deepEqual(reports, []);
});

for (const [what, change, sentence] of [
  ['becomes shorter', (path: string) => truncateSync(path, VERY_LARGE - 1), /^Error: The body had \d+ bytes, but its content-length said 40000000\.$/],
  ['becomes longer', (path: string) => appendFileSync(path, 'b'), /^Error: The file was changed while it was sent, so the answer was cut off\.$/],
  ['is written over', (path: string) => writeFileSync(path, Buffer.alloc(VERY_LARGE, 'b')), /^Error: The file was changed while it was sent, so the answer was cut off\.$/],
] as const) {
  test(`a large file that ${what} on its way is cut off, and that is reported`, async (t) => {
    const { status, bytes, reports } = await askAndMeanwhile(t, change);
    assert.deepEqual([status, Buffer.isBuffer(bytes) ? 'whole' : bytes], [200, 'aborted']);
    assert.equal(reports.length, 1);
    assert.match(reports[0]!, sentence);
  });
}

test('a file that has been deleted since the last look is not there', async (t) => {
  const { ask, folder, reports } = await open(t, { 'poster.png': poster }, { lookAgain: NEVER });
  await ask('/files/poster.png');
  unlinkSync(join(folder, 'poster.png'));
  assertNothing(await ask('/files/poster.png'), '/files/poster.png');
  assert.deepEqual(reports, []);
});

test('no file stays open: after HEAD, 304, 416, a part, and a client that leaves', { skip: process.platform !== 'linux' }, async (t) => {
  const { ask, url, folder } = await open(t);
  put(folder, 'poster.png', before);
  const openFiles = () => readdirSync('/proc/self/fd').length;
  const { etag } = (await ask('/files/poster.png', {}, 'HEAD')).headers;
  const atFirst = openFiles();
  for (let n = 0; n < 20; n += 1) {
    await ask('/files/poster.png', {}, 'HEAD');
    await ask('/files/poster.png', { 'if-none-match': etag! });
    await ask('/files/poster.png', { 'if-match': '"other"' });
    await ask('/files/poster.png', { range: 'bytes=99999999-' });
    await ask('/files/poster.png', { range: 'bytes=5-9' });
    const response = await start(url, '/files/poster.png');
    response.on('error', () => {}).destroy();
  }
  for (let n = 0; n < 100 && openFiles() > atFirst + 3; n += 1) await pause(20);
  assert.ok(openFiles() <= atFirst + 3, `${openFiles()} files are open, and at first there were ${atFirst}.`);
});

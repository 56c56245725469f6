// Cookies, as functions: what is sent to a browser, and what is read from one.
//
//   cookie('sid', '42', { maxAge: 60 })  ──►  'sid=42; Path=/; HttpOnly; SameSite=Lax; Max-Age=60'

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cookie, endCookie, readCookie } from '../lessons/15-login/cookie.ts';
import { openJar } from '../lessons/classroom/jar.ts';

const sent = (header: string | undefined) => ({ headers: { cookie: header } }) as IncomingMessage;

test('cookie() closes its doors: scripts, other sites, other paths', () => {
  assert.equal(cookie('sid', '8Jp4-_', { maxAge: 43_200 }), 'sid=8Jp4-_; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200');
});

test('cookie() behind TLS is Secure, and bound to this host by its name', () => {
  assert.equal(cookie('sid', '8Jp4', { secure: true, maxAge: 43_200 }), '__Host-sid=8Jp4; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure');
});

test('endCookie() is the same cookie, empty and too old', () => {
  assert.equal(endCookie('sid'), 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
  assert.equal(endCookie('sid', { secure: true }), '__Host-sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure');
});

for (const value of ['a;b', 'a b', 'a,b', 'a"b', 'a\\b', 'é', 'a\r\nset-cookie: b', '\x7f']) {
  test(`cookie() refuses the value ${JSON.stringify(value)}`, () => {
    assert.throws(() => cookie('sid', value, { maxAge: 1 }), new TypeError('The value of the cookie "sid" must be ASCII, without spaces, commas, semicolons, quotation marks and backslashes: use encodeURIComponent(…).'));
  });
}

for (const name of ['', 'a b', 'a=b', 'a;b', 'é', 'a\n']) {
  test(`cookie() refuses the name ${JSON.stringify(name)}`, () => {
    assert.throws(() => cookie(name, '1', { maxAge: 1 }), new TypeError(`The name of a cookie may only have letters, digits and characters such as "-" and "_", but it was ${JSON.stringify(name)}.`));
  });
}

for (const [header, cookies] of [
  [undefined, {}],
  ['', {}],
  ['sid=42', { sid: '42' }],
  ['theme=dark; sid=42', { theme: 'dark', sid: '42' }],
  ['theme=dark;sid=42 ; ', { theme: 'dark', sid: '42' }],
  ['sid=a=b==', { sid: 'a=b==' }],
  ['sid', {}],
  ['sid; sid=42', { sid: '42' }],
  [' sid = 42 ', { sid: '42' }],
  ['xsid=1; sidx=2', { xsid: '1', sidx: '2' }],
  ['sid=', { sid: '' }],
  ['sid="42"', { sid: '"42"' }],
  ['sid=first; sid=second', { sid: 'first' }],
  ['SID=42', { SID: '42' }],
  ['__proto__=1; constructor=2', { ['__proto__']: '1', constructor: '2' }],
  ['sid=%', { sid: '%' }],
  ['\tsid\t=\t42\t', { sid: '42' }],
  ['\u00a0sid=42', { '\u00a0sid': '42' }],
  ['sid\u00a0=42', { 'sid\u00a0': '42' }],
  ['sid=42\u00a0', { sid: '42\u00a0' }],
  ['sid=\u00a042; theme=\u3000', { sid: '\u00a042', theme: '\u3000' }],
  ['\ufeffsid=42', { '\ufeffsid': '42' }],
] as const) {
  test(`readCookie() of ${JSON.stringify(header)}`, () => {
    const all = ['sid', 'si', 'theme', 'SID', '__proto__', 'constructor', 'toString', '', ...Object.keys(cookies)];
    for (const name of all) assert.equal(readCookie(sent(header), name), new Map(Object.entries(cookies)).get(name), name);
  });
}

test('readCookie() reads behind TLS only the name that no neighbour can set', () => {
  assert.equal(readCookie(sent('sid=slipped; __Host-sid=ours'), 'sid', { secure: true }), 'ours');
  assert.equal(readCookie(sent('sid=slipped'), 'sid', { secure: true }), undefined);
  assert.equal(readCookie(sent('sid=42; __Host-sid=other'), 'sid'), '42');
});

for (const name of ['\u00a0__Host-sid', '__Host-sid\u00a0', '__host-sid', '__Host-sid ; x', '=__Host-sid']) {
  test(`readCookie() behind TLS takes ${JSON.stringify(name)} for another name`, () => {
    assert.equal(readCookie(sent(`${name}=slipped`), 'sid', { secure: true }), undefined);
    const both = sent(`${name}=slipped; __Host-sid=ours`);
    assert.equal(readCookie(both, 'sid', { secure: true }), 'ours');
  });
}

// ── the jar of the classroom, which does for requests.http what a browser does ──

test('openJar() brings along what was set, lets go what was ended, and leaves a Cookie alone', () => {
  const jar = openJar();
  const sends = (headers: [string, string][] = []) => jar.fill({ headers }).headers;
  assert.deepEqual(sends(), []);
  jar.keep([['Content-Type', 'text/plain'], ['Set-Cookie', 'sid=8Jp4=; Path=/; HttpOnly'], ['set-cookie', 'theme=dark']]);
  assert.deepEqual(sends([['Accept', '*/*']]), [['Accept', '*/*'], ['Cookie', 'sid=8Jp4=; theme=dark']]);
  assert.deepEqual(sends([['cookie', 'sid=1']]), [['cookie', 'sid=1']]);
  jar.keep([['Set-Cookie', endCookie('sid')], ['Set-Cookie', 'theme=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']]);
  assert.deepEqual(sends(), []);
});

test('openJar() with a file outlives the process, and a broken file is an empty jar', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'jar-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const file = join(folder, 'data', 'cookies.json');
  openJar(file).keep([['Set-Cookie', 'sid=8Jp4']]);
  assert.deepEqual(openJar(file).fill({ headers: [] }).headers, [['Cookie', 'sid=8Jp4']]);
  openJar(file).keep([['Set-Cookie', 'sid=; Max-Age=0']]);
  assert.equal(existsSync(file), false);
  writeFileSync(file, '{');
  assert.deepEqual(openJar(file).fill({ headers: [] }).headers, []);
});

// The café as guests meet it: bad input of every sort gets a clear answer, and the next guest is served.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer, type Started } from '../lessons/classroom/start.ts';
import { sendRaw } from './serve.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cafe-'));
let cafe: Started;
before(async () => { cafe = await startServer({ file: fileURLToPath(new URL('../server.ts', import.meta.url)), port: 0, dataDir }); });
after(async () => {
  await cafe.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept: application/json\r\n${more}\r\n`;
const post = (headers: string, body: string) => `POST /api/notes HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept: application/json\r\n${headers}\r\n${body}`;
const JSON_TYPE = 'content-type: application/json\r\n';

for (const [what, bytes, status, sentence] of [
  ['a percent sign alone', get('/%'), 400, 'The path "/%" cannot be read. Each "%" must begin a code for a byte of UTF-8'],
  ['two slashes', get('//'), 400, 'The path "//" must not contain "//"'],
  ['a way out', get('/menu/../staff'), 400, 'The path "/menu/../staff" must not contain "." or ".." as a part'],
  ['a hidden way out', get('/menu/%2e%2e/staff'), 400, 'must not contain "." or ".." as a part'],
  ['a zero byte', get('/menu/%00'), 400, 'The path "/menu/%00" must not contain control characters.'],
  ['a zero byte as it is', get('/menu/\0'), 400, 'The address holds a character that must be written as a percent-code'],
  ['a method that nobody knows', get('/menu').replace('GET', 'BREW'), 501, 'This server does not know that method.'],
  ['a method that the path does not answer', get('/menu').replace('GET', 'PATCH'), 405, '"/menu" does not answer PATCH. It answers GET, HEAD, OPTIONS.'],
  ['a path of 10,000 characters', get(`/${'a'.repeat(9_999)}`), 414, 'The address has 10000 characters; at most 8000 are read.'],
  ['a body on a GET', `${get('/menu', 'content-length: 10\r\n')}flat white`, 200, 'Flat white'],
  ['a length that is no number', post('content-length: ten\r\n', 'flat white'), 400, 'The content-length must come once, and be a whole number: that of the bytes.'],
  ['a length and pieces at once', post(`${JSON_TYPE}content-length: 4\r\ntransfer-encoding: chunked\r\n`, '0\r\n\r\n'), 400, 'A body has either a content-length or the transfer-encoding "chunked": never both, and no other coding.'],
  ['a body that is no JSON', post(`${JSON_TYPE}content-length: 10\r\n`, 'flat white'), 400, 'The body must be JSON, but it cannot be read'],
  ['a body of another type', post('content-type: text/plain\r\ncontent-length: 2\r\n', '{}'), 415, 'The content-type must be application/json, but it was "text/plain".'],
  ['a body that says it is too large', post(`${JSON_TYPE}content-length: 100001\r\n`, '{'), 413, 'The body is too large: at most 100000 bytes are read.'],
  ['no body at all', post(JSON_TYPE, ''), 400, 'The body is empty; it must be JSON, such as {"name":"Flat white"}.'],
  ['a note that is none', post(`${JSON_TYPE}content-length: 2\r\n`, '{}'), 422, '"name" is missing: it must be a line of 1 to 40 characters.'],
  ['a change by a stranger', post(`${JSON_TYPE}content-length: 2\r\n`, '{}').replace('/notes', '/menu'), 401, 'Please log in first'],
] as const) {
  test(`the café answers ${what} with ${status}, and serves the next guest`, async () => {
    const answer = await sendRaw(cafe.url, bytes);
    assert.ok(answer.startsWith(`HTTP/1.1 ${status} `), answer);
    assert.ok(answer.replaceAll('\\"', '"').includes(sentence), answer);
    assert.equal((await fetch(`${cafe.url}/api/menu/2`)).status, 200);
  });
}

test('the café has the same menu and the same notes after all that', async () => {
  const { items } = await (await fetch(`${cafe.url}/api/menu`)).json() as { items: unknown[] };
  const { notes } = await (await fetch(`${cafe.url}/api/notes`)).json() as { notes: unknown[] };
  assert.deepEqual([items.length, notes.length], [22, 4]);
});

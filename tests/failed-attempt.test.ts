// A failed attempt leaves nothing behind: whatever a handler throws or returns, the server lives,
// and the client gets one clean answer.
//
//   throw new Refusal('Only JSON.', 415)    the arguments turned round
//     ──►  500, with headers of its own, and the next guest is served
import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { text, type Reply } from '../lessons/02-reply/reply.ts';
import { answerWith, type Handler } from '../lessons/04-router/router.ts';
import { around, withLog } from '../lessons/05-around/around.ts';
import { Refusal, withErrors } from '../lessons/06-errors/errors.ts';
import { serve } from './serve.ts';

const turnedRound = Refusal as unknown as new (...given: unknown[]) => Error;
const odd = (headers: object) => text(200, 'abc', headers as Reply['headers']);
const fails = (value: unknown): never => { throw value; };

function quiet(t: TestContext): void {
  for (const name of ['log', 'error'] as const) t.mock.method(console, name, () => {});
}

async function ask(t: TestContext, handler: () => unknown): Promise<Response[]> {
  quiet(t);
  const layers = around([withLog, withErrors], (({ address }) =>
    (address.path === '/next' ? text(200, 'served') : handler())) as Handler);
  const url = await serve(t, answerWith(layers));
  return [await fetch(url), await fetch(`${url}/next`)];
}

const bodies: [what: string, handler: () => unknown][] = [
  ['throws a Refusal with its arguments turned round', () => fails(new turnedRound('No.', 415))],
  ['throws undefined', () => fails(undefined)],
  ['throws null', () => fails(null)],
  ['throws a text', () => fails('no')],
  ['returns undefined', () => undefined],
  ['returns a status that is none', () => text(999, 'x')],
  ['returns a reply that throws when read', () => ({ get status() { return fails('boo'); } })],
  ['sends a header that HTTP cannot hold', () => odd({ 'x-name': 'Zoë ☕' })],
  ['sends a header with a line break', () => odd({ 'x-name': 'a\r\nset-cookie: sid=1' })],
  ['sends a header that is undefined', () => odd({ 'x-name': undefined })],
  ['sends a cookie with a line break', () => odd({ 'set-cookie': ['a=b', 'bad\n'] })],
  ['sends a length that is not the body\'s', () => odd({ 'content-length': '10' })],
];

for (const [what, handler] of bodies) {
  test(`a handler that ${what} costs one 500`, async (t) => {
    const [failed, next] = await ask(t, handler);
    assert.equal(failed!.status, 500);
    const body = await failed!.text();
    assert.match(body, /The server made a mistake; it was not yours\./);
    const length = failed!.headers.get('content-length');
    assert.equal(length, String(Buffer.byteLength(body)));
    assert.equal(failed!.headers.get('set-cookie'), null);
    assert.equal(failed!.headers.get('x-name'), null);
    assert.equal(await next!.text(), 'served');
  });
}

test('a transfer-encoding given by hand does not go out beside a length', async (t) => {
  const [answer] = await ask(t, () => odd({ 'transfer-encoding': 'chunked' }));
  assert.equal(answer!.headers.get('transfer-encoding'), null);
  assert.equal(await answer!.text(), 'abc');
});

test('a length given by hand does not go out with a 204', async (t) => {
  const reply = { status: 204, headers: { 'content-length': '5' }, body: 'hello' };
  const [answer] = await ask(t, () => reply);
  assert.deepEqual([answer!.status, answer!.headers.get('content-length')], [204, null]);
});

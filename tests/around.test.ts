import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { bytes, empty, stream, text, type Reply } from '../lessons/02-reply/reply.ts';
import { readAddress } from '../lessons/03-address/address.ts';
import { answerWith, type Call, type Handler } from '../lessons/04-router/router.ts';
import { around, withLog, type Layer } from '../lessons/05-around/around.ts';
import { sendRaw, serve } from './serve.ts';

const CUT = ', but not to its end';

function callOf(url: string, method = 'GET'): Call {
  const request = { method, url } as IncomingMessage;
  return { request, address: readAddress(request), params: {} };
}

// A layer that notes when the call passes it on the way in, and the reply on the way out.
const noting = (name: string, notes: string[]): Layer => (handler) => async (call) => {
  notes.push(`${name} in`);
  const reply = await handler(call);
  notes.push(`${name} out`);
  return reply;
};

// The lines of a log, each awaited by next(); the time, which differs, is shown as "N ms".
function openLog() {
  const log = new EventEmitter();
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line.replace(/ \d+\.\d ms/, ' N ms'));
    log.emit('line');
  };
  const next = async () => {
    if (lines.length === 0) await once(log, 'line');
    return lines.shift();
  };
  return { print, next, lines };
}

// What is logged for a reply once its answer has ended, as `send` would tell.
async function logOf(call: Call, reply: Reply, completed = true): Promise<string[]> {
  const { print, lines } = openLog();
  const logged = await withLog(() => reply, print)(call);
  logged.onClose?.(completed, reply.status);
  return lines;
}

test('around() makes the first layer the outermost', async () => {
  const notes: string[] = [];
  const handler = around([noting('log', notes), noting('errors', notes)], () => {
    notes.push('cafe');
    return text(200, 'flat white');
  });
  assert.deepEqual(await handler(callOf('/menu/2')), text(200, 'flat white'));
  assert.deepEqual(notes, ['log in', 'errors in', 'cafe', 'errors out', 'log out']);
});

test('around() without layers is the handler itself', () => {
  const handler: Handler = () => text(200, 'flat white');
  assert.equal(around([], handler), handler);
});

test('around() puts each layer around once, however many calls come', async () => {
  let puts = 0;
  const handler = around([(inner) => { puts += 1; return inner; }], () => text(200, 'flat white'));
  await handler(callOf('/'));
  await handler(callOf('/'));
  assert.equal(puts, 1);
});

test('around() lets a layer answer instead of the handler, and change call and reply', async () => {
  const closed: Layer = (handler) => (call) => (call.address.path === '/closed' ? text(503, 'We are closed.') : handler(call));
  const named: Layer = (handler) => (call) => handler({ ...call, params: { name: 'ada' } });
  const signed: Layer = (handler) => async (call) => {
    const reply = await handler(call);
    return { ...reply, headers: { ...reply.headers, server: 'café' } };
  };
  const handler = around([closed, named, signed], ({ params }) => text(200, `For ${params.name}`));
  assert.deepEqual(await handler(callOf('/closed')), text(503, 'We are closed.'));
  assert.deepEqual(await handler(callOf('/')), text(200, 'For ada', { server: 'café' }));
});

for (const [what, call, reply, line] of [
  ['the method, the path and the status', callOf('/menu/2'), text(200, 'flat white'), 'GET /menu/2 200 N ms'],
  ['a refusal like any other answer', callOf('/menu', 'DELETE'), text(405, 'No.'), 'DELETE /menu 405 N ms'],
  ['nothing of what stands behind the "?"', callOf('/login?password=secret?x'), empty(), 'GET /login 204 N ms'],
  ['the path as it was sent, not as it was decoded', callOf('/menu/caf%C3%A9%0A'), text(400, ''), 'GET /menu/caf%C3%A9%0A 400 N ms'],
  ['control characters as percent-codes', callOf('/\x1b[2J\r\nGET /staff\x07\x7f\x9b'), text(400, ''), 'GET /%1B[2J%0D%0AGET%20/staff%07%7F%C2%9B 400 N ms'],
  ['what is not ASCII as percent-codes', callOf('/café ☕\ud83d'), text(400, ''), 'GET /caf%C3%A9%20%E2%98%95%EF%BF%BD 400 N ms'],
  ['a path of 200 characters whole', callOf(`/${'a'.repeat(199)}`), text(404, ''), `GET /${'a'.repeat(199)} 404 N ms`],
  ['the beginning of a longer path', callOf(`/${'a'.repeat(200)}`), text(404, ''), `GET /${'a'.repeat(199)}... 404 N ms`],
  ['a path of 100,000 characters in one short line', callOf(`/${'\n'.repeat(100_000)}`), text(414, ''), `GET /${'%0A'.repeat(199)}... 414 N ms`],
  ['OPTIONS * as it is', callOf('*', 'OPTIONS'), empty(), 'OPTIONS * 204 N ms'],
] as const) {
  test(`withLog() prints ${what}`, async () => {
    assert.deepEqual(await logOf(call, reply), [line]);
  });
}

test('withLog() says when an answer did not get to its end', async () => {
  assert.deepEqual(await logOf(callOf('/menu'), text(200, 'flat white'), false), [`GET /menu 200 N ms${CUT}`]);
});

test('withLog() gives the reply on as it was', async () => {
  const { onClose, ...reply } = await withLog(() => text(200, 'flat white', { etag: '"7"' }), () => {})(callOf('/'));
  assert.deepEqual(reply, text(200, 'flat white', { etag: '"7"' }));
  assert.equal(typeof onClose, 'function');
});

test('withLog() prints nothing before the answer is over', async () => {
  const { print, lines } = openLog();
  await withLog(() => text(200, 'flat white'), print)(callOf('/'));
  assert.deepEqual(lines, []);
});

test('withLog() leaves the onClose of the reply to those who set it', async () => {
  const told: boolean[] = [];
  const { print, lines } = openLog();
  const reply: Reply = { ...text(200, ''), onClose: (completed) => told.push(completed) };
  const twice = around([(handler) => withLog(handler, print), (handler) => withLog(handler, print)], () => reply);
  (await twice(callOf('/'))).onClose?.(true, 200);
  assert.deepEqual(told, [true]);
  assert.deepEqual(lines, ['GET / 200 N ms', 'GET / 200 N ms']);
});

test('withLog() does not change the reply that it is given: a page may be one value for all', async () => {
  const page = Object.freeze(text(200, 'Welcome'));
  assert.deepEqual(await logOf(callOf('/'), page), ['GET / 200 N ms']);
  assert.deepEqual(await logOf(callOf('/again'), page), ['GET /again 200 N ms']);
});

test('withLog() measures the time until the answer was over, in milliseconds', async () => {
  const printed: string[] = [];
  const start = performance.now();
  const reply = await withLog(() => text(200, ''), (line) => printed.push(line))(callOf('/'));
  while (performance.now() < start + 10);
  reply.onClose?.(true, 200);
  const most = performance.now() - start;
  const milliseconds = Number(/^GET \/ 200 (\d+\.\d) ms$/.exec(printed[0]!)?.[1]);
  assert.ok(milliseconds > 5 && milliseconds <= most + 0.1, printed[0]);
});

test('withLog() lets an error through', async () => {
  await assert.rejects(async () => withLog(() => { throw new Error('the milk is out'); }, () => {})(callOf('/')), { message: 'the milk is out' });
});

test('withLog() tells the programmer of a forgotten return', async () => {
  const forgetful = (() => {}) as unknown as Handler;
  await assert.rejects(async () => withLog(forgetful, () => {})(callOf('/')), { name: 'TypeError', message: /undefined: is a "return" missing\?/ });
});

test('withLog() prints to the console when nothing else is said', async (t) => {
  const log = t.mock.method(console, 'log', () => {});
  (await withLog(() => text(200, ''))(callOf('/menu'))).onClose?.(true, 200);
  assert.match(String(log.mock.calls[0]?.arguments), /^GET \/menu 200 \d+\.\d ms$/);
});

for (const [what, reply] of [
  ['text', text(200, 'flat white')],
  ['bytes', bytes(200, 'image/png', Buffer.from('flat white'))],
  ['an answer without a body', empty()],
] as const) {
  test(`withLog() prints one line for ${what}, over the network`, async (t) => {
    const { print, next, lines } = openLog();
    const url = await serve(t, answerWith(withLog(() => reply, print)));
    await (await fetch(`${url}/menu?search=tea`)).text();
    assert.equal(await next(), `GET /menu ${reply.status} N ms`);
    assert.deepEqual(lines, []);
  });
}

test('withLog() prints the line of a stream after its end, not at its head', async (t) => {
  const { print, next, lines } = openLog();
  const source = new PassThrough();
  const url = await serve(t, answerWith(withLog(() => stream(200, 'text/csv', source), print)));
  source.write('42,');
  const reader = (await fetch(url)).body!.getReader();
  assert.equal(Buffer.from((await reader.read()).value!).toString(), '42,');
  assert.deepEqual(lines, []);
  source.end('flat white');
  assert.equal(Buffer.from((await reader.read()).value!).toString(), 'flat white');
  assert.equal(await next(), 'GET / 200 N ms');
});

for (const [what, reply] of [['text', () => text(200, 'flat white')], ['a stream', () => stream(200, 'text/csv', new PassThrough())]] as const) {
  test(`withLog() prints the line of HEAD for ${what}`, async (t) => {
    const { print, next } = openLog();
    const url = await serve(t, answerWith(withLog(reply, print)));
    await fetch(`${url}/menu`, { method: 'HEAD' });
    assert.equal(await next(), 'HEAD /menu 200 N ms');
  });
}

test('withLog() says when the client left in the middle of a stream', async (t) => {
  const { print, next } = openLog();
  const source = new PassThrough();
  const url = await serve(t, answerWith(withLog(() => stream(200, 'text/csv', source), print)));
  source.write('42,');
  await (await fetch(`${url}/orders`)).body!.cancel();
  assert.equal(await next(), `GET /orders 200 N ms${CUT}`);
});

test('withLog() says when the client left before there was an answer', async (t) => {
  const { print, next } = openLog();
  let client: Socket;
  const slow: Handler = async ({ request }) => {
    client.destroy();
    await new Promise((resolve) => request.once('close', resolve));
    return text(200, 'flat white');
  };
  const url = await serve(t, answerWith(withLog(slow, print)));
  client = connect(Number(new URL(url).port), '127.0.0.1', () => client.write('GET /menu HTTP/1.1\r\nhost: x\r\n\r\n'));
  assert.equal(await next(), `GET /menu 200 N ms${CUT}`);
});

test('withLog() does not say that the client left when it was our stream that broke', async (t) => {
  const { print, next } = openLog();
  const breaking = new PassThrough();
  const url = await serve(t, answerWith(withLog(() => stream(200, 'text/csv', breaking), print), () => {}));
  breaking.write('42,');
  const response = await fetch(url);
  breaking.destroy(new Error('the disk is gone'));
  await assert.rejects(response.text(), { message: 'terminated' });
  assert.equal(await next(), `GET / 200 N ms${CUT}`);
});

test('withLog() prints a line for each of two requests on one connection', async (t) => {
  const { print, next } = openLog();
  const url = await serve(t, answerWith(withLog(({ address }) => text(200, address.path), print)));
  const answer = await sendRaw(url, 'GET /a HTTP/1.1\r\nhost: x\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  assert.match(answer, /\r\n\r\n\/aHTTP\/1\.1 200 OK\r\n/);
  assert.deepEqual([await next(), await next()], ['GET /a 200 N ms', 'GET /b 200 N ms']);
});

test('withLog() has its line even when the onClose of the reply fails', async () => {
  const { print, lines } = openLog();
  const onClose = () => { throw new Error('no news'); };
  const reply = await withLog(() => ({ ...text(200, 'Tea'), onClose }), print)(callOf('/'));
  assert.throws(() => reply.onClose?.(true, 200), { message: 'no news' });
  assert.deepEqual(lines, ['GET / 200 N ms']);
});

test('withLog() reads nothing of a reply but its four parts', async () => {
  const { print } = openLog();
  const odd = Object.defineProperty(text(200, 'Tea'), 'price', {
    enumerable: true,
    get: () => { throw new Error('no price'); },
  });
  const { onClose: _, ...rest } = await withLog(() => odd, print)(callOf('/'));
  assert.deepEqual(rest, text(200, 'Tea'));
});

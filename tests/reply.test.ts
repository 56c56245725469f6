import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test, type TestContext } from 'node:test';
import {
  bytes, empty, html, json, redirect, stream, text, type Reply,
} from '../lessons/02-reply/reply.ts';
import { send, type Report } from '../lessons/02-reply/send.ts';
import { sendRaw, serve } from './serve.ts';

const serveReply = (t: TestContext, reply: unknown, report?: Report) =>
  serve(t, (_request, response) => send(response, reply as Reply, report));

test('text() is a reply with its status, its type and its body', () => {
  assert.deepEqual(text(200, 'Flat white'), {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Flat white',
  });
});

test('html() and json() name their types', () => {
  assert.equal(html(200, '<h1>Café ☕</h1>').headers['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual(json(200, { id: 42 }), { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":42}' });
});

test('a header that is given replaces the usual one', () => {
  assert.equal(json(404, {}, { 'content-type': 'application/problem+json' }).headers['content-type'], 'application/problem+json');
});

test('json() refuses what JSON cannot hold', () => {
  assert.throws(() => json(200, undefined), { message: 'JSON cannot hold undefined: give json() an object, a list, text, a number, true, false or null.' });
  assert.throws(() => json(200, 10n), TypeError);
});

test('redirect() writes a location that a header can hold', () => {
  assert.equal(redirect('/menu?search=café').headers.location, '/menu?search=caf%C3%A9');
  assert.equal(redirect('/a\r\nset-cookie: x').headers.location, '/a%0D%0Aset-cookie:%20x');
  assert.equal(redirect('/menu/%20', 308).status, 308);
  assert.equal(redirect('/menu/%20').headers.location, '/menu/%20');
});

test('send() writes status, headers, the length in bytes, and the body', async (t) => {
  const url = await serveReply(t, text(201, 'Café ☕', { 'x-order': '42' }));
  const response = await fetch(url);
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(response.headers.get('content-length'), '9');
  assert.equal(response.headers.get('x-order'), '42');
  assert.equal(await response.text(), 'Café ☕');
});

test('send() writes several cookies as several headers', async (t) => {
  const url = await serveReply(t, text(200, '', { 'set-cookie': ['a=1', 'b=2'] }));
  assert.deepEqual((await fetch(url)).headers.getSetCookie(), ['a=1', 'b=2']);
});

test('send() writes bytes with their length', async (t) => {
  const url = await serveReply(t, bytes(200, 'image/png', new Uint8Array([137, 80])));
  const response = await fetch(url);
  assert.equal(response.headers.get('content-length'), '2');
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [137, 80]);
});

for (const [name, body] of [['text', 'Café ☕'], ['bytes', Buffer.from('Café ☕')]] as const) {
  test(`send() answers HEAD with the length of the ${name}, but no body`, async (t) => {
    const url = await serveReply(t, { ...text(200, ''), body });
    const answer = await sendRaw(url, 'HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    assert.match(answer, /content-length: 9\r\n/);
    assert.ok(answer.endsWith('\r\n\r\n'), answer);
  });
}

for (const status of [204, 304]) {
  test(`send() answers ${status} without body and length, whatever the handler meant to send`, async (t) => {
    const url = await serveReply(t, { ...empty(status, { etag: '"7"' }), body: 'Flat white' });
    const answer = await sendRaw(url, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 (204 No Content|304 Not Modified)\r\netag: "7"\r\n/);
    assert.doesNotMatch(answer, /content-length|transfer-encoding|Flat white/i);
  });
}

test('send() answers 205 with no body and a length of 0', async (t) => {
  const response = await fetch(await serveReply(t, text(205, 'Flat white')));
  assert.deepEqual([response.headers.get('content-length'), await response.text()], ['0', '']);
});

test('send() shows the head at once to a client that is still sending', async (t) => {
  const url = await serveReply(t, empty(204));
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nf'));
  const [head] = await once(socket, 'data');
  assert.match(String(head), /^HTTP\/1\.1 204 No Content\r\n/);
  socket.write('lat white');
  await once(socket, 'close');
});

test('send() says that an empty text has no bytes', async (t) => {
  const response = await fetch(await serveReply(t, text(200, '')));
  assert.equal(response.headers.get('content-length'), '0');
});

test('send() pours a stream into the answer', async (t) => {
  const url = await serve(t, (_request, response) => send(response, stream(200, 'text/csv', Readable.from(['42,', 'flat white']))));
  const response = await fetch(url);
  assert.equal(response.headers.get('content-type'), 'text/csv');
  assert.equal(await response.text(), '42,flat white');
});

test('send() closes a stream that HEAD does not read', async (t) => {
  const source = Readable.from(['flat white']);
  const url = await serveReply(t, stream(200, 'text/csv', source));
  const response = await fetch(url, { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal(source.destroyed, true);
});

test('send() closes the stream when the client leaves, and reports nothing', async (t) => {
  const reports: unknown[] = [];
  const endless = new Readable({ read() { setImmediate(() => this.push('flat white '.repeat(100))); } });
  const url = await serveReply(t, stream(200, 'text/plain', endless), (error) => reports.push(error));
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
  socket.once('data', () => socket.destroy());
  await new Promise((resolve) => endless.once('close', resolve));
  assert.deepEqual(reports, []);
});

test('send() cuts the answer and reports when the stream breaks after the head', async (t) => {
  const reports: string[] = [];
  const breaking = Readable.from((async function* () {
    yield 'flat ';
    throw new Error('the disk is gone');
  })());
  const url = await serveReply(t, stream(200, 'text/plain', breaking), (error, request) => reports.push(`${request.method} ${request.url}: ${error}`));
  await assert.rejects(fetch(url).then((response) => response.text()), { message: 'terminated' });
  assert.deepEqual(reports, ['GET /: Error: the disk is gone']);
});

for (const [said, rule] of [['3', 'more'], ['30', '10']] as const) {
  test(`send() cuts the answer when a stream of 10 bytes was promised to have ${said}`, async (t) => {
    const reports: string[] = [];
    const url = await serveReply(t, stream(200, 'text/plain', Readable.from(['flat white']), { 'content-length': said }), (error) => reports.push(String(error)));
    await assert.rejects(fetch(url).then((response) => response.text()));
    assert.deepEqual(reports, [`Error: The body had ${rule} bytes, but its content-length said ${said}.`]);
  });
}

test('send() gives the response to a function that writes for as long as it likes', async (t) => {
  const url = await serveReply(t, stream(200, 'text/event-stream', (response) => {
    response.write('data: order 42\n\n');
    response.end('data: ready\n\n');
  }));
  assert.equal(await (await fetch(url)).text(), 'data: order 42\n\ndata: ready\n\n');
});

test('send() shows the head of an answer that never ends before there is news', async (t) => {
  const url = await serveReply(t, stream(200, 'text/event-stream', () => {}));
  const response = await fetch(url);
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  await response.body!.cancel();
});

test('send() reports a function that fails, and cuts the answer', async (t) => {
  const reports: string[] = [];
  const url = await serveReply(t, stream(200, 'text/event-stream', async () => { throw new Error('no news'); }), (error) => reports.push(String(error)));
  await assert.rejects(fetch(url).then((response) => response.text()));
  assert.deepEqual(reports, ['Error: no news']);
});

for (const [what, reply, sentence] of [
  ['undefined', undefined, 'What is sent must be a reply such as text(200, "Hello"), but it was undefined: is a "return" missing?'],
  ['a promise', Promise.resolve(text(200, '')), 'What is sent must be a reply such as text(200, "Hello"), but it was a promise: "await" it first.'],
  ['text', 'Hello', 'What is sent must be a reply such as text(200, "Hello"), but it was "Hello": it needs a status, headers and a body.'],
  ['a number as body', { ...text(200, ''), body: 22 }, 'The body of a reply must be text, bytes, a stream or a function, but it was 22: try json(200, …) or String(…).'],
  ['a status that is none', text(100, ''), 'The status of a reply must be a whole number from 200 to 599, but it was 100.'],
  ['a text as status', { ...text(200, ''), status: '200' }, 'The status of a reply must be a whole number from 200 to 599, but it was "200".'],
  ['capitals in a header', { ...text(200, ''), headers: { 'Content-Length': '5' } }, 'Header names are written in lower case: "content-length", not "Content-Length". Otherwise one may be sent twice.'],
] as const) {
  test(`send() answers 500 when it is given ${what}, and says to the programmer what to do`, async (t) => {
    const reports: string[] = [];
    const url = await serveReply(t, reply, (error) => reports.push((error as Error).message));
    const response = await fetch(url);
    assert.equal(response.status, 500);
    assert.equal(await response.text(), 'The server made a mistake; it was not yours. Please try again later.\n');
    assert.deepEqual(reports, [sentence]);
  });
}

test('send() prints what it could not send without its query, which may be private', async (t) => {
  const print = t.mock.method(console, 'error', () => {});
  const url = await serveReply(t, undefined);
  await fetch(`${url}/menu?password=secret`);
  const printed = print.mock.calls.map(({ arguments: [line] }) => line);
  assert.deepEqual(printed, ['The answer to GET /menu could not be sent:']);
});

for (const [what, reply] of [
  ['a header with a line break', text(200, 'Hello', { 'x-name': 'ada\r\nset-cookie: role=staff' })],
  ['a header that is no text', text(200, 'Hello', { 'x-name': undefined as unknown as string })],
] as const) {
  test(`send() answers 500 for ${what}, and the server lives on`, async (t) => {
    const reports: unknown[] = [];
    const url = await serveReply(t, reply, (error) => reports.push(error));
    const response = await fetch(url);
    assert.equal(`${response.status} ${response.statusText}`, '500 Internal Server Error');
    assert.equal(response.headers.get('set-cookie'), null);
    assert.equal((await fetch(url)).status, 500);
    assert.equal(reports.length, 2);
  });
}

test('send() leaves the connection open when the request has no body', async (t) => {
  const url = await serveReply(t, text(200, 'Hello'));
  const response = await fetch(url);
  assert.equal(response.headers.get('connection'), 'keep-alive');
});

test('send() leaves the connection open when the unread body has arrived', async (t) => {
  const url = await serve(t, async (request, response) => {
    while (!request.complete) await new Promise((resolve) => setImmediate(resolve));
    send(response, text(404, 'Nothing here'));
  });
  const response = await fetch(url, { method: 'POST', body: 'flat white' });
  assert.equal(response.headers.get('connection'), 'keep-alive');
});

test('send() lets a client that is still sending read the answer, and then closes', async (t) => {
  let received = 0;
  const url = await serve(t, (request, response) => {
    request.socket.on('close', () => { received = request.socket.bytesRead; });
    send(response, text(404, 'Nothing here'));
  });
  const upload = httpRequest(url, { method: 'POST', headers: { 'content-length': 1_000_000_000 } });
  upload.on('error', () => {}); // The server closes before all is sent: that is the point.
  const pour = () => { while (!upload.destroyed && upload.write(Buffer.alloc(64 * 1024))); };
  upload.on('drain', pour);
  pour();
  const [response] = (await once(upload, 'response')) as [IncomingMessage];
  assert.equal(response.statusCode, 404);
  assert.equal(response.headers.connection, 'close');
  assert.equal((await response.setEncoding('utf8').toArray()).join(''), 'Nothing here');
  if (!upload.closed) await once(upload, 'close');
  assert.ok(received < 20_000_000, `${received} bytes were swallowed`);
});

test('send() tells onClose that the whole answer has gone out', async (t) => {
  let tell: (whole: boolean) => void;
  const told = new Promise((resolve) => { tell = resolve; });
  const url = await serveReply(t, { ...text(200, 'flat white'), onClose: (whole: boolean) => tell(whole) });
  await (await fetch(url)).text();
  assert.equal(await told, true);
});

test('send() tells onClose that the client left, and that it had left before', async (t) => {
  const told: [boolean, number][] = [];
  const endless: Reply = { ...stream(200, 'text/event-stream', () => {}), onClose: (...outcome) => told.push(outcome) };
  let close: () => void;
  const closed = new Promise<void>((resolve) => { close = resolve; });
  const url = await serve(t, (_request, response) => {
    send(response, endless);
    response.once('close', () => {
      send(response, endless);
      close();
    });
  });
  await (await fetch(url)).body!.cancel();
  await closed;
  assert.deepEqual(told, [[false, 200], [false, 200]]);
});

test('send() tells onClose the status that was really sent', async (t) => {
  const told: [boolean, number][] = [];
  const broken: Reply = { ...text(200, '', { 'x-name': 'a\nb' }), onClose: (...outcome) => told.push(outcome) };
  const response = await fetch(await serveReply(t, broken, () => {}));
  await response.text();
  assert.deepEqual(told, [[true, 500]]);
});

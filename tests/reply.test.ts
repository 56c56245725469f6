import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { format, inspect } from 'node:util';
import {
  bytes, empty, html, json, redirect, stream, text, type Reply,
} from '../lessons/02-reply/reply.ts';
import { printError, type Report } from '../lessons/02-reply/report.ts';
import { send } from '../lessons/02-reply/send.ts';
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

test('redirect() is 303 and empty() is 204, unless they are told otherwise', () => {
  assert.deepEqual([redirect('/menu').status, empty().status], [303, 204]);
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
  let tell: (completed: boolean) => void;
  const told = new Promise((resolve) => { tell = resolve; });
  const url = await serveReply(t, { ...text(200, 'flat white'), onClose: (completed: boolean) => tell(completed) });
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

const sorry = 'The server made a mistake; it was not yours. Please try again later.\n';
const noNews = async () => { throw new Error('no news'); };
const value = (given: unknown) => text(200, 'Tea', {
  'content-length': '3', 'set-cookie': 'a=1', location: '/menu', 'x-name': given as string,
});
const named = (name: string) => text(200, 'Tea', { [name]: 'ada' });
const long = (given: unknown, reply = text(200, 'Café')): Reply =>
  ({ ...reply, headers: { ...reply.headers, 'content-length': given as string } });
const failing = (name: string) => Object.defineProperty({ ...text(200, 'Tea') }, name, {
  get: () => { throw new Error('no part'); },
  enumerable: true,
});
const asText = 'must be text, or a list of texts, but it was';
const bytesOnly = (said: string) => 'The header "content-length" must be a whole number of bytes, ' +
  `but it was ${said}: leave it out, and send() counts.`;

for (const [what, make, sentence] of [
  ['a header of undefined', () => value(undefined), `The header "x-name" ${asText} undefined.`],
  ['a header of null', () => value(null), `The header "x-name" ${asText} null.`],
  ['a header of true', () => value(true), `The header "x-name" ${asText} true.`],
  ['a header of NaN', () => value(NaN), `The header "x-name" ${asText} NaN.`],
  ['a header of an object', () => value({}), `The header "x-name" ${asText} {}.`],
  ['a header of a symbol', () => value(Symbol('x')), `The header "x-name" ${asText} Symbol(x).`],
  ['a header of a promise', () => value(noNews()), `The header "x-name" ${asText} a promise.`],
  ['a list with a hole', () => value(['a', undefined]), `The header "x-name" ${asText} undefined.`],
  ['a header with a "☕"', () => value('Zoë ☕'),
    'The header "x-name" cannot hold a line break or a ' +
    '"☕", but it was "Zoë ☕": write it with encodeURIComponent(…).'],
  ['a list with a line break', () => value(['a', 'b\r\nc: d']),
    'The header "x-name" cannot hold a ' +
    'line break or a "☕", but it was "b\\r\\nc: d": write it with encodeURIComponent(…).'],
  ['a header without a name', () => named(''),
    'A header name has letters, digits and "-", as in "content-type", but it was "".'],
  ['a name with a space', () => named('x name'),
    'A header name has letters, digits and "-", as in "content-type", but it was "x name".'],
  ['a name with a line break', () => named('a\r\nb'),
    'A header name has letters, digits and "-", as in "content-type", but it was "a\\r\\nb".'],
  ['a bad header without a body', () => empty(204, { 'x-name': '☕' }),
    'The header "x-name" cannot ' +
    'hold a line break or a "☕", but it was "☕": write it with encodeURIComponent(…).'],
  ['headers of null', () => ({ ...text(200, 'Tea'), headers: null }),
    'The headers of a reply must be an object such as { etag: \'"7"\' }, but it was null.'],
  ['headers in a Map', () => ({ ...text(200, 'Tea'), headers: new Map([['etag', '"7"']]) }),
    'The headers of a reply must be an object such as { etag: \'"7"\' }, but it was {}.'],
  ['headers of fetch', () => ({ ...text(200, 'Tea'), headers: new Headers({ etag: '"7"' }) }),
    'The headers of a reply must be an object such as { etag: \'"7"\' }, but it was {}.'],
  ['headers in a list', () => ({ ...text(200, 'Tea'), headers: ['etag', '"7"'] }),
    'The headers of a reply must be an object such as { etag: \'"7"\' }, ' +
      'but it was ["etag","\\"7\\""].'],
  ['a length of letters', () => long('four'), bytesOnly('"four"')],
  ['a length below zero', () => long('-4'), bytesOnly('"-4"')],
  ['a length of half a byte', () => long(4.5), bytesOnly('4.5')],
  ['two lengths', () => long(['5', '5']), `The header "content-length" ${asText} ["5","5"].`],
  ['a length of letters for a stream',
    () => long('four', stream(200, 'text/csv', Readable.from(['tea']))),
    bytesOnly('"four"')],
  ['a length in characters', () => long('4'),
    'The body had 5 bytes, but its content-length said 4.'],
  ['a length that is too long', () => long(50),
    'The body had 5 bytes, but its content-length said 50.'],
  ['a wrong length of bytes', () => long('2', bytes(200, 'image/png', Buffer.from('tea'))),
    'The body had 3 bytes, but its content-length said 2.'],
  ['a length without a body', () => long('5', text(200, '')),
    'The body had 0 bytes, but its content-length said 5.'],
  ['a status that is no number', () => ({ ...text(200, ''), status: NaN }),
    'The status of a reply must be a whole number from 200 to 599, but it was NaN.'],
  ['status and body turned round', () => text('Tea' as unknown as number, 200 as unknown as string),
    'The status of a reply must be a whole number from 200 to 599, but it was "Tea".'],
  ['a promise as body', () => ({ ...text(200, ''), body: noNews() }),
    'The body of a reply must be text, ' +
    'bytes, a stream or a function, but it was a promise: "await" it first.'],
  ['a body that JSON cannot hold', () => ({ ...text(200, ''), body: 10n }),
    'The body of a reply must be ' +
    'text, bytes, a stream or a function, but it was 10: try json(200, …) or String(…).'],
  ['a list of promises', () => [noNews()],
    'What is sent must be a reply such as text(200, "Hello"), ' +
    'but it was [{}]: it needs a status, headers and a body.'],
  ['a function', () => () => text(200, ''),
    'What is sent must be a reply such as text(200, "Hello"), ' +
    'but it was a function: it needs a status, headers and a body.'],
  ['an onClose that is text', () => ({ ...text(200, ''), onClose: 'done' }),
    'The onClose of a reply must be a function, but it was "done".'],
  ['a body that cannot be read', () => failing('body'), 'no part'],
  ['headers that cannot be read', () => failing('headers'), 'no part'],
  ['an onClose that cannot be read', () => failing('onClose'), 'no part'],
] as [string, () => unknown, string][]) {
  test(`send() leaves nothing of ${what} in the 500 that goes out`, async (t) => {
    const reports: string[] = [];
    const report: Report = (error) => reports.push((error as Error).message);
    const url = await serve(t, (_request, response) => {
      send(response, make() as Reply, report);
    });
    for (const method of ['GET', 'HEAD', 'POST']) {
      const upload = `content-length: 300000\r\n\r\n${'x'.repeat(300_000)}`;
      const body = method === 'POST' ? upload : '\r\n';
      const answer = await sendRaw(url, `${method} / HTTP/1.1\r\nhost: x\r\n${body}`);
      const [head = '', sent] = answer.split('\r\n\r\n');
      const lines = head.split('\r\n').filter((line) => !line.startsWith('Date: '));
      // Nothing before is left over, and nothing of it says where the body ends.
      if (what === 'a length without a body' && method === 'HEAD') continue;
      assert.deepEqual(lines.sort(), [
        'HTTP/1.1 500 Internal Server Error',
        'connection: close',
        `content-length: ${sorry.length}`,
        'content-type: text/plain; charset=utf-8',
      ]);
      assert.equal(sent, method === 'HEAD' ? '' : sorry);
    }
    assert.deepEqual([...new Set(reports)], [sentence]);
  });
}

const pieces = () => Readable.from(['Caf', 'é']);
for (const [what, make, method, expected] of [
  ['a length with 204', () => empty(204, { 'content-length': '5' }), 'GET', []],
  ['a length of 0 with 204', () => empty(204, { 'content-length': '0' }), 'GET', []],
  ['a length with 304', () => empty(304, { 'content-length': '7' }), 'GET', []],
  ['a length with 205', () => text(205, 'Café', { 'content-length': '5' }), 'GET',
    ['content-length: 0']],
  ['a coding with 204', () => empty(204, { 'transfer-encoding': 'chunked' }), 'GET', []],
  ['a coding of text', () => text(200, 'Café', { 'transfer-encoding': 'chunked' }), 'GET',
    ['content-length: 5', 'Café']],
  ['an unknown coding', () => text(200, 'Café', { 'transfer-encoding': 'gzip' }), 'GET',
    ['content-length: 5', 'Café']],
  ['a coding and a length of a stream',
    () => stream(200, 'a/b', pieces(), { 'transfer-encoding': 'chunked', 'content-length': '5' }),
    'GET', ['content-length: 5', 'Café']],
  ['a coding of a stream',
    () => stream(200, 'a/b', pieces(), { 'transfer-encoding': 'gzip' }), 'GET',
    ['Transfer-Encoding: chunked', '3', 'Caf', '2', 'é', '0']],
  ['a trailer', () => text(200, 'Café', { trailer: 'x-sum' }), 'GET',
    ['content-length: 5', 'Café']],
  ['the right length', () => text(200, 'Café', { 'content-length': '5' }), 'GET',
    ['content-length: 5', 'Café']],
  ['the right length as a number', () => long(5), 'GET', ['content-length: 5', 'Café']],
  ['a length without a body for HEAD', () => long('50', text(200, '')), 'HEAD',
    ['content-length: 50']],
  ['a length of what a function writes',
    () => stream(200, 'a/b', (response) => { response.end('Café'); }, { 'content-length': '50' }),
    'GET', ['content-length: 50', 'connection: close', 'Café']],
] as [string, () => Reply, string, string[]][]) {
  test(`send() says where the body ends, whatever the handler said: ${what}`, async (t) => {
    const url = await serve(t, (_request, response) => send(response, make()));
    const close = expected.includes('connection: close') ? '' : 'connection: close\r\n';
    const answer = await sendRaw(url, `${method} / HTTP/1.1\r\nhost: x\r\n${close}\r\n`);
    const lines = answer.split('\r\n').slice(1).filter((line) =>
      line !== '' && !/^(Date|Connection|content-type): /.test(line));
    assert.deepEqual(lines, expected);
  });
}

test('send() sends a header of a number, and leaves out one whose name is a symbol', async (t) => {
  const headers = { 'retry-after': 60, [Symbol('x')]: 'y' } as unknown as Reply['headers'];
  const response = await fetch(await serveReply(t, text(200, 'Tea', headers)));
  assert.deepEqual([response.status, response.headers.get('retry-after')], [200, '60']);
});

test('send() closes the stream of a reply that it refuses', async (t) => {
  let gone: Readable | undefined;
  const url = await serve(t, (_request, response) => {
    gone = createReadStream('not-there.txt'); // Without a listener, its error would end us.
    send(response, { ...stream(200, 'text/csv', gone), status: 99 }, () => {});
  });
  assert.equal((await fetch(url)).status, 500);
  assert.equal(gone?.destroyed, true);
});

test('send() closes the stream of a second reply to one request', async (t) => {
  const second = Readable.from(['more']);
  const url = await serve(t, (_request, response) => {
    send(response, text(200, 'Tea'));
    send(response, stream(200, 'text/csv', second), () => {});
  });
  await fetch(url).then((response) => response.text(), () => {});
  assert.equal(second.destroyed, true);
});

for (const [what, report] of [
  ['at once', () => { throw new Error('the log is full'); }],
  ['later', noNews],
] as [string, Report][]) {
  test(`send() answers 500 even when its report fails ${what}, and prints both`, async (t) => {
    const print = t.mock.method(console, 'error', () => {});
    const response = await fetch(await serveReply(t, undefined, report));
    assert.deepEqual([response.status, await response.text()], [500, sorry]);
    const [printed] = print.mock.calls.map((call) => call.arguments);
    assert.match(String(printed?.[1]), /^TypeError: What is sent must be a reply/);
    assert.match(String(printed?.[2]), /^Error: (the log is full|no news)$/);
  });
}

for (const [what, onClose] of [
  ['at once', () => { throw new Error('no news'); }],
  ['later', noNews],
] as [string, Reply['onClose']][]) {
  test(`send() reports an onClose that fails ${what}, and the answer is whole`, async (t) => {
    const { reported, report } = firstReport();
    const response = await fetch(await serveReply(t, { ...text(200, 'Tea'), onClose }, report));
    assert.equal(await response.text(), 'Tea');
    const { message, cause } = await reported;
    assert.equal(message, 'The onClose of a reply failed.');
    assert.equal(String(cause), 'Error: no news');
  });
}

test('send() reports a function that writes after its end', async (t) => {
  const { reported, report } = firstReport();
  const url = await serveReply(t, stream(200, 'text/plain', (response) => {
    response.end('Tea');
    response.write('more');
  }), report);
  assert.equal(await (await fetch(url)).text(), 'Tea');
  assert.equal((await reported).message, 'write after end');
});

function firstReport() {
  let report: Report = () => {};
  const reported = new Promise<Error>((resolve) => {
    report = (error) => resolve(error as Error);
  });
  return { reported, report };
}

test('send() forgets what was set on the response before it failed', async (t) => {
  const url = await serve(t, (_request, response) => {
    response.setHeader('set-cookie', 'a=1');
    response.setHeader('content-length', '1');
    response.setHeader('date', 'yesterday');
    response.statusMessage = 'Zoë ☕';
    send(response, text(200, 'Tea'), () => {});
  });
  const answer = await sendRaw(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 500 Internal Server Error\r\n/);
  assert.match(answer, /\r\nDate: \w{3}, /);
  assert.doesNotMatch(answer, /set-cookie|yesterday|content-length: 1\r\n/i);
  assert.ok(answer.endsWith(`\r\n\r\n${sorry}`), answer);
});

test('printError() prints even an error that cannot be shown', (t) => {
  const lines: string[] = [];
  t.mock.method(console, 'error', (...parts: unknown[]) => lines.push(format(...parts)));
  const hide = () => { throw new Error('y'); };
  const hidden = Object.assign(new Error('x'), { [inspect.custom]: hide });
  printError('Two errors:', 'the first', hidden);
  assert.deepEqual(lines, ['Two errors: the first', 'Two errors: an error that cannot be shown.']);
});

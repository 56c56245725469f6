import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server,
} from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '../lessons/02-reply/listen.ts';
import { stream, text } from '../lessons/02-reply/reply.ts';
import { send } from '../lessons/02-reply/send.ts';
import { sendRaw } from './serve.ts';

const LESSON_02 = fileURLToPath(new URL('../lessons/02-reply/server.ts', import.meta.url));

function run(t: TestContext, env: Record<string, string>) {
  // execArgv: on Node 20 it says how TypeScript is read.
  const child = spawn(process.execPath, [...process.execArgv, LESSON_02], { env: { ...process.env, ...env } });
  t.after(() => child.kill());
  return child;
}

const serveAll: RequestListener = (request, response) => {
  request.resume().on('end', () => response.end('served'));
};

async function open(t: TestContext, listener = serveAll): Promise<string> {
  const server = createHttpServer(listener);
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  t.mock.method(console, 'log', () => {});
  listen(server as Server, { port: 0 });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('listen() prints the address that it really has', async (t) => {
  const child = run(t, { PORT: '0' });
  const [line] = await once(child.stdout!, 'data');
  const [, url] = /^Listening on (http:\/\/localhost:\d+)\n$/.exec(String(line)) ?? [];
  assert.ok(url, String(line));
  assert.equal((await fetch(url.replace('localhost', '127.0.0.1'))).status, 200);
});

for (const [host, shown] of [
  ['localhost', 'localhost'],
  ['0.0.0.0', 'localhost'],
  ['127.0.0.1', 'localhost'],
  ['127.0.0.2', '127.0.0.2'],
] as const) {
  // macOS has no second address of its own until somebody adds one.
  const skip = host === '127.0.0.2' && process.platform === 'darwin';
  test(`listen() prints http://${shown} for the HOST ${host}`, { skip }, async (t) => {
    const child = run(t, { PORT: '0', HOST: host });
    const [line] = await once(child.stdout!, 'data');
    assert.equal(String(line).replace(/\d+\n$/, 'N'), `Listening on http://${shown}:N`);
  });
}

for (const [env, sentence] of [
  [{ PORT: 'three' }, 'PORT must be a whole number from 0 to 65535, but it was "three".\n'],
  [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, but it was "65536".\n'],
  [{ PORT: '0', HOST: '192.0.2.1' }, 'This machine has no address "192.0.2.1": set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for the whole network.\n'],
] as const) {
  test(`listen() says in a sentence what is wrong with ${JSON.stringify(env)}`, async (t) => {
    const child = run(t, env);
    const [said, [code]] = await Promise.all([readAll(child.stderr!), once(child, 'exit')]);
    assert.equal(said, sentence);
    assert.equal(code, 1);
  });
}

test('listen() says in a sentence that the port is taken', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const child = run(t, { PORT: String(port) });
  const [said, [code]] = await Promise.all([readAll(child.stderr!), once(child, 'exit')]);
  assert.equal(said, `Port ${port} is already taken, perhaps by a server in another terminal: stop that one with Ctrl+C, or set PORT to another number.\n`);
  assert.equal(code, 1);
});

for (const [what, bytes, status, sentence] of [
  ['a method that does not exist', 'BREW /menu HTTP/1.1\r\nhost: x\r\n\r\n', '501 Not Implemented', 'This server does not know that method. It knows GET, POST, PUT, DELETE and their relatives, written in capital letters.\n'],
  ['something that is not HTTP', 'one flat white, please\r\n\r\n', '400 Bad Request', 'This is not a request that HTTP/1.1 knows. It begins with a line such as "GET /menu HTTP/1.1".\n'],
  ['a broken version', 'GET / HTTP/x\r\n\r\n', '400 Bad Request', 'This is not a request that HTTP/1.1 knows. It begins with a line such as "GET /menu HTTP/1.1".\n'],
  ['headers of 20 KB', `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`, '431 Request Header Fields Too Large', 'The address and the headers of this request are too large together: 16 KB is the most.\n'],
  ['an address with an "é" in it', 'GET /caf\u00e9 HTTP/1.1\r\nhost: x\r\n\r\n', '400 Bad Request', 'The address holds a character that must be written as a percent-code, such as %20 for a space or %C3%A9 for "é".\n'],
  ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nhost: other:443\r\n\r\n', '501 Not Implemented', 'This server is not a proxy, so it connects you to no other.\n'],
] as const) {
  test(`listen() answers ${what} with a sentence`, async (t) => {
    const answer = await sendRaw(await open(t), bytes);
    assert.ok(answer.startsWith(`HTTP/1.1 ${status}\r\n`), answer);
    assert.ok(answer.endsWith(`\r\nconnection: close\r\n\r\n${sentence}`), answer);
  });
}

test('listen() answers what it is not able to expect with a sentence', async (t) => {
  const answer = await sendRaw(await open(t), 'GET / HTTP/1.1\r\nhost: x\r\nexpect: coffee\r\nconnection: close\r\n\r\n');
  assert.ok(answer.startsWith('HTTP/1.1 417 Expectation Failed\r\n'), answer);
  assert.ok(answer.endsWith('This server cannot do what the header "expect" asks for: "coffee".\n'), answer);
});

const METHODS = 'It knows GET, POST, PUT, DELETE and their relatives, written in capital letters.';
const NOT_HTTP = 'This is not a request that HTTP/1.1 knows. ' +
  'It begins with a line such as "GET /menu HTTP/1.1".';
const STRAY = 'After the last request came bytes that do not begin another one. ' +
  'Does its content-length count characters? It must count bytes: "Zoë" has 4.';
const UNKNOWN = `This server does not know that method. ${METHODS}`;
const TOO_LARGE = 'The address and the headers of this request are too large together: ' +
  '16 KB is the most.';
const CODING = 'A body has either a content-length or the transfer-encoding "chunked": ' +
  'never both, and no other coding.';
const BODY = 'The body of this request does not have the form that its headers promise.';
const NO_TLS = 'This server speaks HTTP without encryption: ' +
  'write http:// instead of https:// in the address.';
const LENGTH = 'The content-length must come once, and be a whole number: that of the bytes.';
const HEADER = 'A line of the headers cannot be read. ' +
  'Each is a name, a colon and a value, such as "accept: text/html".';
const ENDED = 'The connection was closed before the whole request had arrived.';
const PROXY = 'This server is not a proxy, so it connects you to no other.';

const ask = (path: string, ...more: string[]) =>
  [`GET ${path} HTTP/1.1`, 'host: x', ...more, '', ''].join('\r\n');
const post = (body: string, length = body.length) =>
  ['POST /stored HTTP/1.1', 'host: x', `content-length: ${length}`, '', body].join('\r\n');
const chunked = (path: string, method = 'POST') =>
  [`${method} ${path} HTTP/1.1`, 'host: x', 'transfer-encoding: chunked', '', ''].join('\r\n');
const LARGE = ask('/now', `x-long: ${'a'.repeat(40_000)}`);
const END = 'the client stops sending';

// The café of these tests: answers at once, later, after reading, in pieces, or in half.
async function answerPath(request: IncomingMessage) {
  const { url } = request;
  if (url === '/now') return text(200, 'now');
  if (url === '/large') return text(200, `${'large '.repeat(500_000)}end`);
  if (url === '/stored') {
    const pieces = await request.toArray().catch(() => undefined);
    await wait(30);
    return pieces ? text(201, `stored ${Buffer.concat(pieces)}`) : text(400, 'unread');
  }
  if (url === '/pieces') return inPieces(['one', 'two', 'three']);
  if (url === '/half') return inPieces(Array<string>(100).fill('half'));
  await wait(50);
  return text(200, 'later');
}

function inPieces(pieces: string[]) {
  return stream(200, 'text/plain', async (response) => {
    for (const piece of pieces) {
      response.write(piece);
      await wait(30);
    }
    response.end('end');
  });
}

const cafe: RequestListener = (request, response) => {
  if (request.url === '/now') send(response, text(200, 'now'));
  else void answerPath(request).then((reply) => send(response, reply));
};

/** Sends the pieces apart, and resolves with all that comes until the server closes. */
async function exchange(url: string, pieces: string[], pause = 10): Promise<string> {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {}).setNoDelay();
  const all = readAll(socket);
  await once(socket, 'connect');
  for (const piece of pieces) {
    if (piece === END) socket.end();
    else socket.write(piece, 'latin1');
    await wait(pause);
  }
  const answer = await all;
  socket.destroy();
  return answer;
}

/** "HTTP/1.1 200 OK ⏎ … ⏎ now" ──► ['200 now']; the rest of a cut answer is "…". */
function read(answer: string, isHead = false): string[] {
  const found: string[] = [];
  let rest = answer;
  while (rest !== '') {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    rest = rest.slice(head.length + 4);
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(head) ?? assert.fail(`no answer: ${rest}`);
    const isBare = isHead && found.length === 0;
    const length = isBare ? '0' : /^content-length: (\d+)$/im.exec(head)?.[1];
    if (!/^100/.test(status!)) assert.match(head, /^date: /im);
    let body = '';
    if (length === undefined && /^transfer-encoding: chunked$/im.test(head)) {
      const end = rest.indexOf('0\r\n\r\n');
      body = rest.slice(0, end < 0 ? undefined : end).replace(/[\da-f]+\r\n(.*)\r\n/g, '$1');
      if (end < 0) body += '…';
      rest = end < 0 ? '' : rest.slice(end + 5);
    } else {
      const bytes = Buffer.from(rest);
      body = String(bytes.subarray(0, Number(length ?? 0)));
      rest = String(bytes.subarray(Number(length ?? 0)));
    }
    found.push(`${status} ${body.trim()}`.trim());
  }
  return found;
}

for (const [what, pieces, answers] of [
  ['a stray byte after a request', [`${ask('/now')}x`], ['200 now', `400 ${STRAY}`]],
  ['a stray byte that comes later', [ask('/now'), 'x'], ['200 now', `400 ${STRAY}`]],
  ['a stray capital letter', [`${ask('/now')}X`], ['200 now', `400 ${STRAY}`]],
  ['a stray byte after a POST', [`${post('tea')}x`], ['201 stored tea', `400 ${STRAY}`]],
  ['a stray byte while a POST is under way', [post('tea'), 'x'],
    ['201 stored tea', `400 ${STRAY}`]],
  ['several stray bytes, one by one', [ask('/later'), 'x', 'y', 'z'],
    ['200 later', `400 ${STRAY}`]],
  ['a stray byte after three requests', [`${ask('/later')}${post('tea')}${ask('/now')}x`],
    ['200 later', '201 stored tea', '200 now', `400 ${STRAY}`]],
  ['a stray byte, and the end of the client', [`${ask('/later')}x`, END],
    ['200 later', `400 ${STRAY}`]],
  ['a stray byte while an answer comes in pieces', [ask('/pieces'), 'x'],
    ['200 onetwothreeend', `400 ${STRAY}`]],
  ['a stray byte after the request for pieces', [`${ask('/pieces')}x`, END],
    ['200 onetwothreeend', `400 ${STRAY}`]],
  ['a stray byte after a HEAD', [`${ask('/unknown').replace('GET', 'HEAD')}x`],
    ['200', `400 ${STRAY}`]],
  ['a length in characters', [post('Zo\xc3\xab', 3)], ['201 stored Zo\ufffd', `400 ${STRAY}`]],
  ['an unknown method after a request', [ask('/later'), 'BREW /menu HTTP/1.1\r\n\r\n'],
    ['200 later', `501 ${UNKNOWN}`]],
  ['headers of 40 KB after a request', [ask('/now'), LARGE], ['200 now', `431 ${TOO_LARGE}`]],
  ['headers of 40 KB while another request waits', [`${ask('/later')}${LARGE}`],
    ['200 later', `431 ${TOO_LARGE}`]],
  ['CONNECT after a request', [`${ask('/later')}CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\nabc`],
    ['200 later', `501 ${PROXY}`]],
  ['half a request after a whole one', [`${ask('/later')}GET /no`, END],
    ['200 later', `400 ${ENDED}`]],
  ['half a body', [post('tea', 30), END], [`400 ${ENDED}`]],
  ['half a head', ['GET /no', END], [`400 ${ENDED}`]],
  ['a bad chunk', [`${chunked('/stored')}zz\r\n`], [`400 ${BODY}`]],
  ['a bad chunk after a good one', [`${chunked('/stored')}3\r\ntea\r\n`, 'zz\r\n'],
    [`400 ${BODY}`]],
  ['a bad chunk behind a request that waits', [`${ask('/later')}${chunked('/stored')}zz\r\n`],
    ['200 later', `400 ${BODY}`]],
  ['a bad trailer', [`${chunked('/stored')}0\r\nno colon\r\n\r\n`], [`400 ${BODY}`]],
  ['a bad chunk in a HEAD', [`${chunked('/later', 'HEAD')}zz\r\n`], ['400']],
  ['a bad chunk whose request was answered already', [chunked('/now'), 'zz\r\n'], ['200 now']],
  ['a bad chunk in the packet of its request', [`${chunked('/now')}zz\r\n`], ['200 now']],
  ['a bad chunk behind a wait, answered already', [`${ask('/later')}${chunked('/now')}zz\r\n`],
    ['200 later', '200 now']],
  ['a bad chunk while half the answer is out', [chunked('/half'), 'zz\r\n'], ['200 half…']],
  ['an unknown coding', [ask('/later', 'transfer-encoding: gzip')], [`400 ${CODING}`]],
  ['two codings', [ask('/later', 'transfer-encoding: chunked, gzip')], [`400 ${CODING}`]],
  ['a length beside a coding', [ask('/now', 'content-length: 3', 'transfer-encoding: chunked')],
    [`400 ${CODING}`]],
  ['two lengths', [ask('/now', 'content-length: 3', 'content-length: 4')], [`400 ${LENGTH}`]],
  ['a length of letters', [ask('/now', 'content-length: three')], [`400 ${LENGTH}`]],
  ['a header without a colon', [ask('/now', 'no colon')], [`400 ${HEADER}`]],
  ['the hello of TLS', ['\x16\x03\x01\x02\x00\x01\x00'], [`400 ${NO_TLS}`]],
  ['the hello of TLS in two packets', ['\x16', '\x03\x01\x02\x00\x01'], [`400 ${NO_TLS}`]],
  ['bytes of no meaning', ['\x80\xff\x00\x01'], [`400 ${NOT_HTTP}`]],
  ['bytes of no meaning after a request', [ask('/now'), '\x80\xff\x00\x01'],
    ['200 now', `400 ${STRAY}`]],
  ['the preface of HTTP/2', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], [`400 ${NOT_HTTP}`]],
  ['a method in small letters', ['get / HTTP/1.1\r\n\r\n'], [`501 ${UNKNOWN}`]],
  ['a stray byte after "connection: close"', [`${ask('/later', 'connection: close')}x`],
    ['200 later']],
  ['a stray byte after HTTP/1.0', ['GET /later HTTP/1.0\r\nhost: x\r\n\r\nx'], ['200 later']],
  ['empty lines before a request', [`\r\n\r\n${ask('/now', 'connection: close')}`], ['200 now']],
  ['empty lines between requests', [`${ask('/now')}\r\n\r\n${ask('/now', 'connection: close')}`],
    ['200 now', '200 now']],
  ['empty lines after the last request', [`${ask('/later', 'connection: close')}\r\n\r\n`],
    ['200 later']],
  ['a bad chunk after "100 Continue"',
    [chunked('/stored').replace('host', 'expect: 100-continue\r\nhost'), 'zz\r\n'],
    ['100', `400 ${BODY}`]],
] as [string, string[], string[]][]) {
  test(`listen() answers what is due, and then ${what}`, async (t) => {
    const answer = await exchange(await open(t, cafe), pieces);
    assert.deepEqual(read(answer, pieces[0]!.startsWith('HEAD')), answers);
  });
}

test('listen() sends a large answer to its end before it answers a stray byte', async (t) => {
  const answer = await exchange(await open(t, cafe), [`${ask('/large')}x`]);
  const [large, stray, ...more] = read(answer);
  assert.equal(large!.length, 3_000_007);
  assert.deepEqual([stray, more], [`400 ${STRAY}`, []]);
});

test('listen() answers a stray byte while an expectation is refused', async (t) => {
  const [refused, stray] = read(await exchange(await open(t), [`${ask('/', 'expect: tea')}x`]));
  assert.match(refused!, /^417 This server cannot do what the header "expect" asks for: "tea"\.$/);
  assert.equal(stray, `400 ${STRAY}`);
});

for (const begin of ['CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n', '\x16\x03\x01']) {
  test(`listen() reads on after its answer to ${JSON.stringify(begin)}`, async (t) => {
    const url = await open(t);
    const { port } = new URL(url);
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    socket.write(begin);
    // Much more than the system keeps: unless it is read, this never arrives.
    const arrived = new Promise((resolve) => {
      socket.on('error', resolve).write(Buffer.alloc(20_000_000, 'x'), resolve);
    });
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 (501|400) /);
    assert.equal(await arrived ?? undefined, undefined);
    socket.destroy();
  });
}

test('listen() answers once, however many bad packets come', async (t) => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  const bad = Array<string>(60).fill('x');
  assert.deepEqual(read(await exchange(await open(t, cafe), [ask('/pieces'), ...bad], 1)), [
    '200 onetwothreeend',
    `400 ${STRAY}`,
  ]);
  assert.deepEqual(warnings, []);
});

test('listen() closes a connection whose client does not, after two seconds', async (t) => {
  const { port } = new URL(await open(t, cafe));
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.on('error', resolve).once('close', resolve));
  const start = performance.now();
  socket.write(`${ask('/now')}x`);
  await once(socket.resume(), 'end');
  const writing = setInterval(() => socket.write('.'), 50); // Refused once the server has closed.
  await closed;
  clearInterval(writing);
  const seconds = (performance.now() - start) / 1_000;
  assert.ok(seconds > 1.5 && seconds < 4, `closed after ${seconds} seconds`);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen } from '../lessons/02-reply/listen.ts';
import { sendRaw } from './serve.ts';

const LESSON_02 = fileURLToPath(new URL('../lessons/02-reply/server.ts', import.meta.url));

function run(t: TestContext, env: Record<string, string>) {
  // execArgv: on Node 20 it says how TypeScript is read.
  const child = spawn(process.execPath, [...process.execArgv, LESSON_02], { env: { ...process.env, ...env } });
  t.after(() => child.kill());
  return child;
}

async function open(t: TestContext): Promise<string> {
  const server = createHttpServer((request, response) => request.resume().on('end', () => response.end('served')));
  t.after(() => server.close());
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
  ['something that is not HTTP', 'one flat white, please\r\n\r\n', '501 Not Implemented', 'This server does not know that method. It knows GET, POST, PUT, DELETE and their relatives, written in capital letters.\n'],
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

for (const garbage of ['BREW /menu HTTP/1.1\r\n\r\n', 'CONNECT other:443 HTTP/1.1\r\nhost: other:443\r\n\r\n']) {
  test(`listen() adds nothing to a connection that has carried a request: ${garbage.split(' ')[0]}`, async (t) => {
    const { port } = new URL(await open(t));
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nhost: x\r\n\r\n${garbage}`));
    const answer = await readAll(socket.on('error', () => {}));
    assert.ok(answer === '' || answer.endsWith('\r\n\r\nserved'), answer);
  });
}

test('listen() closes a connection whose client does not', async (t) => {
  const { port } = new URL(await open(t));
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }, () => socket.write('CONNECT other:443 HTTP/1.1\r\nhost: x\r\n\r\n'));
  socket.resume().once('end', () => socket.write('still here')); // What is written to a closed connection is refused.
  const writing = setInterval(() => socket.write('.'), 50);
  await new Promise((resolve) => socket.once('error', resolve).once('close', resolve));
  clearInterval(writing);
});

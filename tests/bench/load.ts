// The load: guests who ask, wait for the whole answer, and ask again at once.
//
//   { open: { port: 43817, request: 'GET / HTTP/1.1⏎…', guests: 50 } }  ──►  'opened'
//   { run: 800 }  (milliseconds)                                        ──►  { answers: 21034, took: 803 }
//   { close: true }                                                     ──►  'closed'
//
// It must never be the slow side, so it reads bytes and not HTTP: the first answer tells how long
// they all are, from then on bytes are counted. It begins and ends with nothing under way, so that
// what the server worked and what was answered belong together.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

type Opened = { port: number; request: string; guests: number };
type Message = { open?: Opened; run?: number; close?: boolean };

let sockets: Socket[] = [];
let request = Buffer.from('');
let going = false;
let answers = 0;
let waiting = 0;
let lastOne = () => {};

process.on('message', async (message: Message) => {
  if (message.open) process.send!(await open(message.open));
  else if (message.run !== undefined) process.send!(await run(message.run));
  else if (message.close) process.send!(close());
});

async function open(wanted: Opened): Promise<string> {
  request = Buffer.from(wanted.request);
  sockets = Array.from({ length: wanted.guests }, () => seat(wanted.port));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return 'opened';
}

async function run(milliseconds: number): Promise<object> {
  const begin = performance.now();
  answers = 0;
  going = true;
  waiting = sockets.length;
  const over = new Promise<void>((resolve) => { lastOne = resolve; });
  for (const socket of sockets) socket.write(request);
  setTimeout(() => { going = false; }, milliseconds);
  await over;
  return { answers, took: performance.now() - begin };
}

function close(): string {
  for (const socket of sockets) socket.destroy();
  return 'closed';
}

// One buffer for each guest, used again and again: nothing is kept of what is read.
function seat(port: number): Socket {
  let length = 0;
  let seen = 0;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: Buffer.allocUnsafe(4096), callback: read } });
  socket.on('error', fail);
  socket.on('end', () => fail(new Error('The server closed a connection.')));
  return socket;

  function read(bytes: number, buffer: Uint8Array): boolean {
    if (length === 0) length = lengthOf(Buffer.from(buffer.buffer, buffer.byteOffset, bytes).toString('latin1'));
    seen += bytes;
    if (seen > length) fail(new Error(`An answer had ${seen} bytes, but the first one had ${length}.`));
    if (seen >= length) next();
    return true;
  }

  function next(): void {
    seen = 0;
    answers += 1;
    if (going) socket.write(request);
    else if (--waiting === 0) lastOne();
  }
}

function lengthOf(answer: string): number {
  const head = answer.indexOf('\r\n\r\n') + 4;
  const body = /^content-length: *(\d+)/im.exec(answer)?.[1];
  if (head < 4 || body === undefined || !/^HTTP\/1\.1 2/.test(answer)) fail(new Error(`This is no answer to measure: ${answer}`));
  return head + Number(body);
}

// The parent is told by the exit status.
function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

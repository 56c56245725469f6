// Lesson 02 · listen: the door of the server.
//
//   listen(server)  ──►  Listening on http://localhost:3000
//
// Where it listens comes from outside, so that the same program runs on a laptop and in a data
// centre: PORT (3000 if nothing is said; 0 takes any free one) and HOST (127.0.0.1, this machine
// only; 0.0.0.0 lets the network in).

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from './reply.ts';
import { send } from './send.ts';

type ListenOptions = { port?: number | string; host?: string };

export function listen(server: Server, options: ListenOptions = {}): void {
  const port = options.port ?? (process.env.PORT || '3000');
  const host = options.host ?? (process.env.HOST || '127.0.0.1');
  server.on('request', ({ socket }) => used.add(socket));
  server.on('clientError', answerClientError);
  server.on('connect', answerConnect);
  server.on('checkExpectation', answerExpectation);
  server.on('error', (error: NodeJS.ErrnoException) => failToListen(whyNot(error, port, host)));
  if (!isPort(port)) {
    return failToListen(`PORT must be a whole number from 0 to 65535, but it was "${port}".`);
  }
  server.listen(Number(port), host, () => {
    console.log(`Listening on ${urlOf(server.address() as AddressInfo, host)}`);
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function isPort(port: number | string): boolean {
  return /^\d{1,5}$/.test(String(port)) && Number(port) <= 65535;
}

// 127.0.0.1 and its relatives are "localhost" to a person.
const LOCAL = new Set(['127.0.0.1', '0.0.0.0', '::1', '::', 'localhost']);

function urlOf({ port, address, family }: AddressInfo, host: string): string {
  if (LOCAL.has(host)) return `http://localhost:${port}`;
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}

function failToListen(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

function whyNot(
  { code, message }: NodeJS.ErrnoException,
  port: number | string,
  host: string,
): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is already taken, perhaps by a server in another terminal: ` +
      'stop that one with Ctrl+C, or set PORT to another number.';
  }
  if (code === 'EACCES') {
    return `Port ${port} is not yours to open: set PORT to a number from 1024 up.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address "${host}": ` +
      'set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for the whole network.';
  }
  return `The server could not listen on ${host}, port ${port}: ${message}`;
}

// Connections that have carried a request: half an answer may be on its way there, or a whole one
// still to come, so nothing may be added by hand.
const used = new WeakSet<object>();

type Answer = { status: string; sentence: string };

// What is not HTTP never becomes a request, so no handler can answer it: it is
// answered here, by hand. Node's names for the reasons, and the status of each (RFC
// 9110, 15.5 and 15.6; RFC 6585, 5):
const CLIENT_ERRORS: Record<string, Answer> = {
  HPE_INVALID_METHOD: {
    status: '501 Not Implemented',
    sentence: 'This server does not know that method. ' +
      'It knows GET, POST, PUT, DELETE and their relatives, written in capital letters.',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    sentence:
      'The address and the headers of this request are too large together: 16 KB is the most.',
  },
  HPE_INVALID_URL: {
    status: '400 Bad Request',
    sentence: 'The address holds a character that must be written as a percent-code, ' +
      'such as %20 for a space or %C3%A9 for "é".',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    sentence: 'The request took too long to arrive. Please send it again.',
  },
};
const NOT_HTTP: Answer = {
  status: '400 Bad Request',
  sentence: 'This is not a request that HTTP/1.1 knows. ' +
    'It begins with a line such as "GET /menu HTTP/1.1".',
};
const NO_PROXY: Answer = {
  status: '501 Not Implemented',
  sentence: 'This server is not a proxy, so it connects you to no other.',
};

function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  answerByHand(socket, CLIENT_ERRORS[error.code ?? ''] ?? NOT_HTTP);
}

function answerConnect(_request: unknown, socket: Duplex): void {
  answerByHand(socket, NO_PROXY);
}

function answerExpectation({ headers }: IncomingMessage, response: ServerResponse): void {
  const sentence = `This server cannot do what the header "expect" asks for: "${headers.expect}".`;
  send(response, text(417, `${sentence}\n`));
}

const CLOSE_MILLISECONDS = 2_000;

function answerByHand(socket: Duplex, { status, sentence }: Answer): void {
  socket.on('error', () => {}); // The client may be gone already.
  if (!socket.writable || used.has(socket)) return void socket.destroy();
  const body = `${sentence}\n`;
  socket.end([
    `HTTP/1.1 ${status}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n'));
  // A client that never closes its side would hold the connection for ever.
  setTimeout(() => socket.destroy(), CLOSE_MILLISECONDS).unref();
}

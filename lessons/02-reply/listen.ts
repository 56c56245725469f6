// Lesson 02 · listen: where the server can be reached.
//
//   listen(server)  ──►  Listening on http://localhost:3000
//
// Port and host come from outside, so that the same program runs on a laptop and in a data centre:
// PORT (3000 by default; 0 takes any free port) and HOST (127.0.0.1 by default, which is this
// machine only; 0.0.0.0 lets the network in).

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerClientErrors } from './client-error.ts';

type ListenOptions = { port?: number | string; host?: string };

export function listen(server: Server, options: ListenOptions = {}): void {
  const port = options.port ?? (process.env.PORT || '3000');
  const host = options.host ?? (process.env.HOST || '127.0.0.1');
  answerClientErrors(server);
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

// All of these can be reached as "localhost", which is easier to read.
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
    return `You are not allowed to open port ${port}: set PORT to a number from 1024 up.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address "${host}": ` +
      'set HOST to 127.0.0.1 for this machine only, or to 0.0.0.0 for the whole network.';
  }
  return `The server could not listen on ${host}, port ${port}: ${message}`;
}

// Taught in lesson 17
// lock-address: an address of the system. One program listens there, and others ask who it is.
//
//   listenAt('\0hello-backend-66306-1311')   ──►  a server, or undefined: the address is taken
//   ownerAt('\0hello-backend-66306-1311')    ──►  "4711", the number of the process that listens

import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

// Windows and Linux have addresses that are not files, so nothing remains after a crash. Elsewhere
// the address is a file in /tmp: in the folder itself, its path could be too long (104 bytes).
export function addressOf(name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : `/tmp/${name}`;
}

const TAKEN = ['EADDRINUSE', 'EACCES'];

export async function listenAt(address: string): Promise<Server | undefined> {
  const server = createServer((asking) => asking.on('error', () => {}).end(String(process.pid)));
  server.listen(address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (!TAKEN.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}

/** The id of the process that listens there; undefined when none does. */
export function ownerAt(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    connect(address).setEncoding('utf8')
      .setTimeout(2_000, () => resolve('unknown, and too busy to answer'))
      .on('data', (text: string) => { answer += text; })
      .on('close', (hadError) => resolve(hadError ? undefined : answer))
      .on('error', () => {});
  });
}

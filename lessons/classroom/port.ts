// Ports: is this one free, and if not, which one is?
//
//   portState(3000)  ──►  'free' | 'taken' | 'forbidden'
//   nextFreePort(3000)  ──►  3001
//
// A server on :: and one on 127.0.0.1 can share a number on some systems, so both families are
// asked. Listening on all addresses would ask the same, but makes the Windows firewall ask too.

import { connect, createServer } from 'node:net';

export type PortState = 'free' | 'taken' | 'forbidden';

export async function portState(port: number): Promise<PortState> {
  const here = await tryToListen(port);
  if (here !== 'free') return here;
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => answersAt(host, port)));
  return answers.includes(true) ? 'taken' : 'free';
}

function tryToListen(port: number): Promise<PortState> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EACCES' ? 'forbidden' : 'taken');
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => resolve('free'));
    });
  });
}

/** Does anything accept a connection there within half a second? */
export function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
    // This process may have waited for its turn: then the answer is here by now, and unread.
    socket.once('timeout', () => setImmediate(() => tell(false)));
  });
}

export async function nextFreePort(after: number): Promise<number> {
  for (let port = after + 1; port <= 65535; port++) {
    if (await portState(port) === 'free') return port;
  }
  return 0; // any free one
}

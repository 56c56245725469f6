// The finished café, as its guests see it: grace is logged in and asks, and ada logs in eightfold.
//
//   openServed(folder, 2 ** 17)  ──►  jobs      GET /menu, GET /api/session, POST /api/notes
//                                     crowdJob  POST /api/session
//
// Grace is somebody else than ada, since an account keeps only its newest twenty sessions.

import { Agent, request, type IncomingMessage } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../lessons/classroom/start.ts';
import type { Place } from './crowd.ts';

type Wanted = { method: string; path: string; status: number; send?: object; headers?: Record<string, string> };

const grace = { email: 'grace@example.org', password: 'keys to the café' };
const ada = { email: 'ada@example.org', password: 'flat white, no sugar' };
const note = { name: 'Ada', text: 'My flat white (order 42) had a heart in its foam.' };

export async function openServed(folder: string, cost: number): Promise<Place> {
  const file = fileURLToPath(new URL('../../server.ts', import.meta.url));
  // The sample accounts are opened only where nobody else can come in.
  const env = { PASSWORD_COST: String(cost), NODE_ENV: '', PUBLIC_URL: '' };
  const server = await startServer({ file, port: 0, host: '127.0.0.1', dataDir: folder, env, patience: 30_000 });
  const agent = new Agent({ keepAlive: true });
  const ask = (wanted: Wanted) => send(agent, server.port, wanted);
  const logIn = (who: object) => ask({ method: 'POST', path: '/api/session', status: 201, send: who });
  const cookie = (await logIn(grace)).headers['set-cookie']![0]!.split(';', 1)[0]!;
  return {
    jobs: {
      'GET /menu': () => ask({ method: 'GET', path: '/menu', status: 200 }),
      'GET /api/session': () => ask({ method: 'GET', path: '/api/session', status: 200, headers: { cookie } }),
      'POST /api/notes': () => ask({ method: 'POST', path: '/api/notes', status: 201, send: note }),
    },
    crowdJob: () => logIn(ada),
    async close() {
      agent.destroy();
      await server.stop();
    },
  };
}

/** Connections are kept, as browsers keep them. Resolves when the whole answer is there. */
async function send(agent: Agent, port: number, { method, path, status, send, headers }: Wanted): Promise<IncomingMessage> {
  const body = send && JSON.stringify(send);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = { ...headers, ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) };
    request({ agent, host: '127.0.0.1', port, method, path, headers: all, signal: AbortSignal.timeout(30_000) }, resolve).on('error', reject).end(body);
  });
  const answer = await readAll(response);
  if (response.statusCode !== status) throw new Error(`${method} ${path} must be answered with ${status}, but it was ${response.statusCode}: ${answer}`);
  return response;
}

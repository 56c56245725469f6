// One slip of tests/slips: a server as a beginner would write it, run with the guide.
//
//   tests/slips/04-two-answers/server.ts   the server
//   tests/slips/04-two-answers/slip.json   what to send, what the client gets, what the guide says
//     ──►  runSlip('04-two-answers')  ──►  { says: ['● GET /menu was answered twice.', …], gets: [200], lives: true }

import { request as openRequest } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guided, hearGuide } from '../lessons/classroom/guide/attach.ts';
import { showTold, type Told } from '../lessons/classroom/guide/show.ts';
import { late } from '../lessons/classroom/patience.ts';
import { spawnServer, type Listening, type Spawned } from '../lessons/classroom/start.ts';

export type Slip = {
  /** In a sentence, for whoever reads the list. */
  slip: string;
  /** Only on a Node that runs TypeScript by itself, or only on an older one; on both otherwise. */
  only?: 'native' | 'older';
  send?: Sent[];
  /** Line by line as printed. */
  says: string[];
  /** The program cannot go on: it never came to listen, or its port cannot be had. */
  ends?: true;
  /** The port that it asks for is taken. */
  taken?: true;
  /** Nobody moves its listen(); it is told a free port by PORT. */
  still?: true;
  host?: string;
  /** Files that it writes into its folder. */
  leaves?: string[];
  /** Where it is started, seen from its folder. */
  from?: string;
};

/** `gets`: a status; 0 where no answer comes. A body may come in pieces, in hexadecimal digits. */
type Sent = { ask: string; gets: number; headers?: Record<string, string>; body?: string; pieces?: string[] };

export type Seen = { says: string[]; gets: number[]; lives: boolean };

export const folder = fileURLToPath(new URL('slips', import.meta.url));

/** Milliseconds of the server's own: the guide itself may take twelve seconds. */
const patience = 20_000;

export function readSlip(name: string): Slip {
  return JSON.parse(readFileSync(join(folder, name, 'slip.json'), 'utf8'));
}

export async function runSlip(name: string, slip: Slip, expected = slip.says.filter((line) => line.startsWith('●')).length): Promise<Seen> {
  const blocker = slip.taken ? await openPort() : undefined;
  const port = blocker ? portOf(blocker) : slip.still ? await freePort() : 0;
  const told: Told[] = [];
  const spawned = spawnServer({
    file: join(folder, name, 'server.ts'),
    cwd: join(folder, name, slip.from ?? '.'),
    port: slip.still ? undefined : port,
    host: slip.host ?? '127.0.0.1',
    clock: true,
    ...guided,
    env: { ...guided.env, NO_COLOR: '1', ...(slip.still && { PORT: String(port) }) },
  });
  const silent = new Map<string, () => void>();
  hearGuide(spawned.child, ({ request }) => { if (request !== null) silent.get(request)?.(); });
  const heard = hear(spawned, told, expected);
  const gets = await sendAll(spawned, slip, silent);
  await heard;
  const lives = await isAlive(spawned);
  await spawned.stop();
  blocker?.close();
  for (const file of slip.leaves ?? []) rmSync(join(folder, name, file), { force: true });
  return { says: told.flatMap((one) => showTold(one, Infinity).replaceAll(`ort ${port} `, 'ort {port} ').split('\n')), gets, lives };
}

// Until as many messages have come as are expected, or the program has ended.
async function hear(spawned: Spawned, told: Told[], expected: number): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    if (expected === 0) resolve();
    hearGuide(spawned.child, (one) => { if (told.push(one) >= expected) resolve(); });
  });
  await spawned.clock.within(patience, Promise.race([heard, spawned.exited]));
}

/** By request, what ends the waiting once the guide has told of it. */
type Silent = Map<string, () => void>;

async function sendAll(spawned: Spawned, { send = [] }: Slip, silent: Silent): Promise<number[]> {
  const listening = await whereTo(spawned);
  if (listening === undefined) return [];
  const gets: number[] = [];
  for (const one of send) gets.push(await ask(spawned, listening, one, silent));
  return gets;
}

async function whereTo({ clock, listening }: Spawned): Promise<Listening | undefined> {
  const there = await clock.within(patience, listening);
  return there === late ? undefined : there;
}

// The status is what counts: an answer that breaks off later has one all the same.
function ask({ clock }: Spawned, to: Listening, { ask, headers = {}, body, pieces = [] }: Sent, silent: Silent): Promise<number> {
  const [method = '', path = ''] = ask.split(' ');
  return new Promise((resolve) => {
    let status = 0;
    const request = openRequest({ host: to.address, port: to.port, method, path, headers: { ...headers, connection: 'close' }, agent: false });
    const isOver = clock.alarm(patience, () => request.destroy());
    silent.set(ask, () => { clock.alarm(300, () => request.destroy()); });
    request.on('error', () => resolve(status)).once('close', isOver);
    request.once('response', (response) => {
      status = response.statusCode ?? 0;
      response.on('error', () => {}).once('close', () => resolve(status)).resume();
    });
    for (const piece of pieces) request.write(Buffer.from(piece, 'hex'));
    request.end(body);
  });
}

async function isAlive(spawned: Spawned): Promise<boolean> {
  const { child } = spawned;
  if (child.exitCode !== null || child.signalCode !== null) return false;
  const at = await whereTo(spawned);
  return at !== undefined && await accepts(at);
}

function accepts({ address: host, port }: Listening): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const tell = (answer: boolean) => { socket.destroy(); resolve(answer); };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
}

function openPort(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = await openPort();
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

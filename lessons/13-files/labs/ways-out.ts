// Lab · ways-out: 27 ways out of a folder. Which ones are open?
//
//   npm run lab 13 ways-out
//
// Three servers, the same requests. The first joins folder and address. The second does so too, and
// then checks that the result still begins with the folder, as many pages advise. The third is the
// lesson's: it looks the name up in the folder's list.

import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { answerWith, router } from '../../04-router/router.ts';
import { withErrors } from '../../06-errors/errors.ts';
import { attacks, layOut, secret } from '../attacks.ts';
import { fileRoutes } from '../files.ts';

type Variant = { name: string; serve(folder: string): RequestListener };

/** Answers with the file that `pathOf` finds for the name after "/files". */
function answerBy(pathOf: (name: string) => string): RequestListener {
  return (request, response) => {
    Promise.resolve(request.url!.replace(/^http:\/\/[^/]+/, '').slice('/files'.length))
      .then((name) => readFile(pathOf(decodeURIComponent(name))))
      .then((bytes) => response.end(bytes), () => response.writeHead(404).end());
  };
}

const ways: Variant[] = [
  { name: 'joined', serve: (folder) => answerBy((name) => folder + name) },
  {
    name: 'checked',
    serve: (folder) => answerBy((name) => {
      const path = resolve(folder + name);
      if (!path.startsWith(folder)) throw new Error('This leads out.');
      return path;
    }),
  },
  {
    name: 'looked up',
    serve: (folder) => answerWith(withErrors(router(fileRoutes('/files', folder)))),
  },
];

async function findOpen({ serve }: Variant, folder: string, targets: string[]): Promise<boolean[]> {
  const server = createServer(serve(folder));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const answers = await Promise.all(targets.map((target) => ask(port, target)));
  server.close();
  return answers.map((answer) => answer.includes(secret));
}

// By hand: fetch() would tidy the address up before it is sent.
function ask(port: number, target: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  return readAll(socket);
}

const below = await realpath(await mkdtemp(join(tmpdir(), 'lab-')));
const folder = await layOut(below);
const all = attacks(below);
const targets = all.map(([, target]) => target);
const open = await Promise.all(ways.map((way) => findOpen(way, folder, targets)));
await rm(below, { recursive: true, force: true, maxRetries: 5 });

print('', ways.map(({ name }) => name));
for (const [index, [name]] of all.entries()) {
  const columns = open.map((column) => (column[index] ? 'OPEN' : 'shut'));
  print(`${String(index + 1).padStart(2)}  ${name}`, columns);
}
console.log();
for (const [column, { name }] of ways.entries()) {
  const count = open[column]!.filter(Boolean).length;
  console.log(`${name.padEnd(11)}${count} of ${all.length} ways are open.`);
}

function print(name: string, columns: string[]): void {
  console.log(`${name.padEnd(42)}${columns.map((column) => column.padEnd(11)).join('')}`.trimEnd());
}

// One lesson's server, many times in one process, each with data of its own.
//
//   SERVER=lessons/12-pages/server.ts DATA_DIRS=["/tmp/a","/tmp/b"]
//     ──►  parent hears { port: 40001, routes: ['GET /menu', …] }, { port: 40002, … }
//
// The wiring is imported once for each folder, the modules below it only once. A process for each
// pair of lesson and server took 90 seconds, this takes 12.
import { once } from 'node:events';
import { Server } from 'node:http';
import { register } from 'node:module';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { tables } from './router.ts';

register('./hooks.js', import.meta.url);

const { SERVER = '', DATA_DIRS = '[]' } = process.env;
const opened: Server[] = [];
noteServers();

for (const [index, folder] of (JSON.parse(DATA_DIRS) as string[]).entries()) {
  process.env.DATA_DIR = folder;
  await import(`${pathToFileURL(SERVER)}?${index}`);
  const server = opened.at(-1)!;
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.send!({ port, routes: tables.at(-1) ?? [] });
}

function noteServers(): void {
  const listen: (...given: never[]) => Server = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...given: never[]): Server {
    opened.push(this);
    return listen.apply(this, given);
  };
}

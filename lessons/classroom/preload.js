// The preload: loaded into a server before its first line, it tells the classroom where the
// server really listens, and moves it when asked. The server's own code stays as it is.
//
//   server.listen(3000)  ──►  CLASSROOM_PORT=0: listens on 43817
//     ──►  parent hears { listening: 43817, address: '127.0.0.1' }
//   port 3000 is taken   ──►  the program gets its error
//     ──►  parent hears { failed: 'EADDRINUSE', port: 3000 }

import { errorMonitor } from 'node:events';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { isLocal } from './local.ts';

const { CLASSROOM, CLASSROOM_PORT, CLASSROOM_HOST, CLASSROOM_CLOCK } = process.env;

// What this program starts itself (a worker, a second process) is not ours to watch.
delete process.env.CLASSROOM;
delete process.env.CLASSROOM_PORT;
delete process.env.CLASSROOM_HOST;
delete process.env.CLASSROOM_CLOCK;

const reported = new WeakSet();
let first; // the server that gets the asked port; any further one gets a free one

if (CLASSROOM && isMainThread && process.send) {
  endWithParent();
  wrapListen();
  if (CLASSROOM_CLOCK) (await import('./clock.js')).startClock();
}

// The channel closes when the parent ends, even by kill -9: then nobody is left to stop us.
function endWithParent() {
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}

function wrapListen() {
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (...given) {
    if (isLocal(given[0])) return listen.apply(this, given);
    reportOn(this);
    first = first || this;
    return listen.apply(this, CLASSROOM_PORT === undefined ? given : move(given, this === first));
  };
}

function reportOn(server) {
  if (reported.has(server)) return;
  reported.add(server);
  server.on('listening', () => tellListening(server.address()));
  // The monitor only looks on: a plain 'error' listener would swallow the program's error.
  server.on(errorMonitor, (error) => tellFailure(server, error));
}

// Told a moment later, so that the program's own "Listening on …" comes first on the screen.
function tellListening(address) {
  if (address === null || typeof address !== 'object') return;
  process.nextTick(() => tell({ listening: address.port, address: address.address }));
}

function tellFailure(server, error) {
  if (server.listening) return;
  if (server === first) first = undefined;
  tell({ failed: error.code, port: error.port });
}

function tell(message) {
  if (process.connected) process.send(message, () => {});
}

// listen() may be called with (port, host, backlog, callback), with an object, or with neither;
// a path or a handle is no TCP port, and a bad port is the program's mistake to hear about.
function move(given, isFirst) {
  const wanted = readArguments(given);
  if (!isPort(wanted.port) || isElsewhere(wanted)) return given;
  const port = isFirst ? Number(CLASSROOM_PORT) : 0;
  const moved = { ...wanted, port, ...(CLASSROOM_HOST ? { host: CLASSROOM_HOST } : {}) };
  return [moved, ...given.filter((value) => typeof value === 'function').slice(-1)];
}

function isElsewhere({ path, fd, _handle, handle }) {
  return path || fd !== undefined || _handle || handle;
}

function readArguments([head, ...rest]) {
  if (head !== null && typeof head === 'object') {
    return 'port' in head ? head : { ...head, port: false };
  }
  const host = rest.find((value) => typeof value === 'string');
  const backlog = rest.find((value) => typeof value === 'number');
  const wanted = { port: head === null || typeof head === 'function' ? undefined : head };
  if (host !== undefined) wanted.host = host;
  if (backlog !== undefined) wanted.backlog = backlog;
  return wanted;
}

function isPort(value) {
  if (value === undefined || value === null) return true;
  const digits = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return digits && Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) <= 65535;
}

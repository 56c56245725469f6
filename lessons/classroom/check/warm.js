// A warm process: Node and TypeScript are ready, and a program is loaded when the check says so.
//
//   { load: 'lessons/04-router/exercises/categories/answer.ts', … }
//     ──►  import('…/answer.ts')
//     ──►  { loaded: true }, { listening: 43817 } (preload.js), { crashed: { … } }
//
// It only looks on: what the program does, and how it ends, is what it does on plain Node.
// A thread beside it (../guard.js) ends what hears nothing any more.
// Messages: load (once), ping (has your turn passed?), watch (say when nothing is left to do) and
// full (is there room on the disk?).

import { subscribe } from 'node:diagnostics_channel';
import net from 'node:net';
import { pathToFileURL } from 'node:url';
import { startClock } from '../clock.js';
import { isLocal } from '../local.ts';
import { plugIn, setFull, watchDisk } from './disk.js';

const waiting = setInterval(() => {}, 2 ** 30); // keeps the process while it has nothing loaded
const servers = new Set();
const sockets = new Set();
const begin = Symbol.for('check: begin');
const write = net.Socket.prototype.write;
let requests = 0;
let watch; // { id, requests }: the idle watch that is asked for, and the request it waits for
let read = -1; // bytes read when the program last seemed idle; -1: it did not yet

startClock({ onBeat: tellBeat, bytes: 500e6, microseconds: 3e6, parent: process.ppid });
// A loop that prints must wait for the reader, or what it printed would fill the memory.
for (const { _handle } of [process.stdout, process.stderr]) _handle?.setBlocking?.(true);
followServers();
process.on('message', hear);
process.on('beforeExit', seemsIdle);
process.on('uncaughtExceptionMonitor', (error) => tell({ crashed: describe(error) }));
await plugIn();
tell({ warm: true });

function hear(message) {
  if (message.load !== undefined) load(message);
  if (message.ping !== undefined) pong(message.ping);
  if (message.watch !== undefined) startWatch({ id: message.watch, requests: message.requests });
  if (message.full !== undefined) setFull(message.full);
}

// process.argv[1] is what a program is told of its own name. An error of the import ends the
// process as it would end the program: told by Node itself, with status 1.
function load({ load: file, dataDir, cwd }) {
  process.env.DATA_DIR = dataDir;
  process.chdir(cwd);
  watchDisk(dataDir, (kept) => tell({ kept }));
  process.argv[1] = file;
  clearInterval(waiting);
  process.on('beforeExit', tellWaits);
  import(entryOf(pathToFileURL(file).href))
    .finally(() => process.off('beforeExit', tellWaits))
    .then(() => tell({ loaded: true }), tellUnloaded);
}

function tellUnloaded(error) {
  tell({ unloaded: describe(error) });
  throw error;
}

// All files are read before the first of them runs, so this tells when the program itself begins.
function entryOf(url) {
  globalThis[begin] = () => tell({ begun: true });
  const text = `globalThis[Symbol.for('check: begin')]();`;
  const begins = `data:text/javascript,${encodeURIComponent(text)}`;
  const entry = `import ${JSON.stringify(begins)}; import ${JSON.stringify(url)};`;
  return `data:text/javascript,${encodeURIComponent(entry)}`;
}

// Nothing is left to do, and the import has not come to its end: an "await" at the top never ends.
function tellWaits() {
  process.off('beforeExit', tellWaits);
  tell({ waits: true });
}

// Two turns later whatever the program did at once is done. The marks in its output say
// what it printed before; they go the same way as its own words, so they cannot overtake them.
function pong(id) {
  endWatch();
  setImmediate(() => setImmediate(() => {
    write.call(process.stderr, `\u0001${id}\u0001`, () => {});
    write.call(process.stdout, `\u0001${id}\u0001`, () => tell({ pong: id }));
  }));
}

// Is anything left to do? Node knows: with the servers and their connections set aside, a program
// that waits for nothing comes to its "beforeExit". Timers, files and other work hold it back.
function startWatch(wanted) {
  watch = wanted;
  read = -1;
  lookForIdle();
}

function endWatch() {
  watch = undefined;
  setAside(false);
}

function lookForIdle() {
  if (watch !== undefined && requests >= watch.requests) setAside(true);
}

function setAside(aside) {
  for (const one of [...servers, ...sockets]) aside ? one.unref() : one.ref();
}

// Twice, with a turn for the network between: a body may still be on its way.
function seemsIdle() {
  if (watch === undefined) return;
  setAside(false);
  const now = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, requests);
  const still = now === read;
  read = now;
  if (!still) return void setTimeout(lookForIdle, 10);
  process.emit('check: idle'); // for the guide, when it looks on
  tell({ idle: watch.id });
  watch = undefined;
}

function followServers() {
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (...given) {
    if (!isLocal(given[0])) servers.add(this);
    this.once('close', () => servers.delete(this));
    return listen.apply(this, given);
  };
  subscribe('net.server.socket', ({ socket }) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (watch !== undefined && requests >= watch.requests) socket.unref();
  });
  subscribe('http.server.request.start', () => {
    requests += 1;
    lookForIdle();
  });
}

function tellBeat(beat) {
  if (beat % 10 === 0) tell({ beat });
}

function describe(error) {
  if (error === null || typeof error !== 'object') {
    return { name: 'Error', code: '', message: String(error), stack: '' };
  }
  const { name, code, message, stack } = error;
  return {
    name: String(name),
    code: String(code ?? ''),
    message: String(message).slice(0, 2000),
    stack: String(stack).slice(0, 8000),
  };
}

function tell(message) {
  if (process.connected) process.send(message, () => {});
}

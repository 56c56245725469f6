// The disk under a program: it can be full, and it is known what a power cut would leave.
//
//   write, flush, then the answer  ──►  { kept: { '1311': 13 } }   so many bytes are safe
//   write, the answer, then flush  ──►  { kept: { '1311': 0 } }
//   cafe.fillDisk(), then write('{"cents":50}\n')
//     ──►  '{"cen' is taken, and the next write fails: ENOSPC
//
// What is safe is told with each answer, as it was in that moment. The calls themselves are Node's:
// only on a full disk another one stands in for them. A file is known by its number (ino).

import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const { closeSync, openSync, readdirSync, statSync, fstatSync, writeSync } = fs;
const kept = new Map(); // a file's number: its bytes that are safe, and the turn of that flush
const flushedByItself = new Set();
let turns = 0;
let isFull = false;
let isRoomLeft = false; // for the first half of one more write
let folder; // the data folder: only what is in there counts

export function setFull(full) {
  isFull = full;
  isRoomLeft = full;
}

/** What is in the data folder already is safe. `tell` hears what is safe with each answer. */
export function watchDisk(dataDir, tell) {
  folder = dataDir;
  for (const name of readdirSync(dataDir, { recursive: true })) {
    noteKept(inTurn(statSync(join(dataDir, name), { bigint: true })));
  }
  const sizes = () => [...kept].map(([ino, { size }]) => [ino, size]);
  subscribe('http.server.response.finish', () => tell(Object.fromEntries(sizes())));
}

export async function plugIn() {
  const handle = await fs.promises.open(new URL(import.meta.url), 'r');
  const FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  watchFlushes(FileHandle);
  watchWrites(FileHandle);
  // `import { open } from 'node:fs/promises'` holds the function of the first moment otherwise.
  syncBuiltinESMExports();
}

// ── flushes ───────────────────────────────────────────────────────────────────────────────────

// What was written while the flush ran may not be on the disk: its size before it counts.
function watchFlushes(FileHandle) {
  for (const name of ['sync', 'datasync']) {
    wrap(FileHandle, name, (flush) => async function () {
      const before = inTurn(statOf(this.fd));
      await flush.call(this);
      noteKept(before);
    });
  }
  for (const name of ['fsync', 'fdatasync']) {
    wrap(fs, name, (flush) => function (fd, done) {
      const before = inTurn(statOf(fd));
      flush(fd, (error) => { if (!error) noteKept(before); done(error); });
    });
    wrap(fs, `${name}Sync`, (flush) => function (fd) {
      const before = inTurn(statOf(fd));
      flush(fd);
      noteKept(before);
    });
  }
  watchOpening();
}

// Opened with "as", a file is flushed by each write.
function watchOpening() {
  wrap(fs.promises, 'open', (open) => async function (path, flags, ...more) {
    const handle = await open(path, flags, ...more);
    noteFlags(handle.fd, flags);
    return handle;
  });
  wrap(fs, 'openSync', (open) => function (path, flags, ...more) {
    const fd = open(path, flags, ...more);
    noteFlags(fd, flags);
    return fd;
  });
  wrap(fs, 'open', (open) => function (path, flags, ...more) {
    const done = more.pop();
    if (typeof done !== 'function') return open(path, flags, ...more);
    open(path, flags, ...more, (error, fd) => {
      if (!error) noteFlags(fd, flags);
      done(error, fd);
    });
  });
}

function noteFlags(fd, flags) {
  const { O_SYNC = 0, O_DSYNC = 0 } = fs.constants;
  const isSync = (Number(flags) & (O_SYNC | O_DSYNC)) !== 0;
  if (isFlushing(flags) || isSync) flushedByItself.add(String(statOf(fd)?.ino));
}

const isFlushing = (flags) => /^(?:as|sa|rs|sr)/.test(flags);

function inTurn(stat) {
  return { stat, turn: (turns += 1) };
}

// Of two flushes at once, the one that began later may be done first.
function noteKept({ stat, turn }) {
  if (!stat?.isFile() || turn < (kept.get(String(stat.ino))?.turn ?? 0)) return;
  kept.set(String(stat.ino), { size: Number(stat.size), turn });
}

function statOf(fd) {
  try {
    return fstatSync(fd, { bigint: true });
  } catch {
    return undefined; // The call itself will say so.
  }
}

// ── writes ────────────────────────────────────────────────────────────────────────────────────

function watchWrites(FileHandle) {
  for (const name of ['write', 'writev']) watchPart(FileHandle, name);
  watchWhole(FileHandle, 'writeFile', 'w');
  watchWhole(FileHandle, 'appendFile', 'a');
}

function watchPart(FileHandle, name) {
  wrap(FileHandle, name, (write) => async function (data, ...more) {
    const result = isFull
      ? { bytesWritten: takeHalf(this.fd, data, more), buffer: data, buffers: data }
      : await write.call(this, data, ...more);
    noteWritten(this.fd);
    return result;
  });
  wrap(fs, `${name}Sync`, (write) => function (fd, data, ...more) {
    const written = isFull && isStored(fd) ? takeHalf(fd, data, more) : write(fd, data, ...more);
    noteWritten(fd);
    return written;
  });
  wrap(fs, name, (write) => function (fd, data, ...more) {
    const done = more.pop();
    const after = (...results) => {
      noteWritten(fd);
      done(...results);
    };
    if (isFull && isStored(fd)) return later(() => takeHalf(fd, data, more), after, data);
    return write(fd, data, ...more, after);
  });
}

// These write until all is written. Some do it below what can be wrapped here.
function watchWhole(FileHandle, name, usual) {
  wrap(FileHandle, name, (write) => async function (data, options) {
    if (isFull) takeAll(this.fd, data);
    await write.call(this, data, options);
    noteWritten(this.fd, options);
  });
  wrap(fs.promises, name, (write) => async function (target, data, options) {
    if (isFull) fillUp(target, data, options, usual);
    await write(target, data, options);
    noteWritten(target, options);
  });
  wrap(fs, `${name}Sync`, (write) => function (target, data, options) {
    if (isFull) fillUp(target, data, options, usual);
    write(target, data, options);
    noteWritten(target, options);
  });
  wrap(fs, name, (write) => function (target, data, ...more) {
    const done = more.pop();
    const [options] = more;
    if (typeof done !== 'function') return write(target, data, ...more, done);
    if (isFull) return later(() => fillUp(target, data, options, usual), done);
    write(target, data, ...more, (error) => {
      if (!error) noteWritten(target, options);
      done(error);
    });
  });
}

// Is it flushed by that? What is flushed at the end of a call ({ flush: true }) is flushed by one
// of those above.
function noteWritten(target, options) {
  const isFlushed = isFlushing(options?.flag);
  if (!isFlushed && flushedByItself.size === 0) return;
  const stat = statAt(target);
  if (isFlushed || flushedByItself.has(String(stat?.ino))) noteKept(inTurn(stat));
}

function statAt(target) {
  if (typeof target === 'number') return statOf(target);
  return typeof target?.fd === 'number' ? statOf(target.fd) : statSync(target, { bigint: true });
}

// Not the recorder's notes: they are written by the same process.
function isStored(fd) {
  const stat = statOf(fd);
  if (stat?.isFile() !== true) return false;
  const names = readdirSync(folder, { recursive: true });
  return names.some((name) => statSync(join(folder, name), { bigint: true }).ino === stat.ino);
}

function fillUp(target, data, options, usual) {
  if (typeof (target?.fd ?? target) === 'number') return takeAll(target.fd ?? target, data);
  const fd = openSync(target, options?.flag ?? usual);
  try {
    takeAll(fd, data);
  } finally {
    closeSync(fd);
  }
}

function takeAll(fd, data) {
  const bytes = Buffer.from(data);
  takeHalf(fd, bytes.subarray(takeHalf(fd, bytes, [])), []);
}

// As a disk that becomes full does it: a part is taken without a word, and the next write fails.
function takeHalf(fd, data, more) {
  const { bytes, position } = readArguments(data, more);
  if (!isRoomLeft) throw noSpaceLeft();
  isRoomLeft = false;
  return writeSync(fd, bytes, 0, Math.ceil(bytes.length / 2), position);
}

function noSpaceLeft() {
  const error = new Error('ENOSPC: no space left on device, write');
  return Object.assign(error, { errno: -28, code: 'ENOSPC', syscall: 'write' });
}

// What may be given: (text, position, encoding), (list of bytes, position),
// (bytes, offset, length, position), or (bytes, { offset, length, position }).
function readArguments(data, more) {
  const [first] = more;
  if (Array.isArray(data)) return { bytes: Buffer.concat(data), position: first };
  if (typeof data === 'string') return { bytes: Buffer.from(data), position: first };
  const isNamed = typeof first === 'object' && first !== null;
  const part = isNamed ? first : { offset: first ?? 0, length: more[1], position: more[2] };
  const { offset = 0, length = data.byteLength - offset, position } = part;
  return { bytes: Buffer.from(data.buffer, data.byteOffset + offset, length), position };
}

function later(act, done, ...more) {
  setImmediate(() => {
    let result;
    try {
      result = act();
    } catch (error) {
      return done(error);
    }
    done(null, result, ...more);
  });
}

function wrap(owner, name, around) {
  owner[name] = around(owner[name]);
}

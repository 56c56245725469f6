// The guard: a thread beside a program under check, so that it sees what happens even while
// a loop lets nothing else run.
//
//   520 MB are taken            ──►  the mark "memory" on stderr, and the end
//   3 s of work without a turn  ──►  the mark "busy" on stderr, and the end
//   the checker is gone         ──►  the end: nobody else would end a loop that hears nothing
//
// Work is measured in processor time: a machine that is busy with something else changes nothing.

import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

let beats, bytes, microseconds, parent;
let heard = 0; // the beat that was heard last, and the work that was done until then
let worked = 0;

if (workerData?.beats) initialize(workerData);

/** Called by Node when the thread is one that others use too (warm.js). */
export function initialize(data) {
  ({ beats, bytes, microseconds, parent } = data);
  setInterval(look, 50);
}

function look() {
  if (process.memoryUsage.rss() > bytes) end('memory');
  if (isStuck()) end('busy');
  if (!isThere(parent)) end();
}

// The program's own thread beats whenever it has a turn.
function isStuck() {
  const { user, system } = process.cpuUsage();
  const beat = Atomics.load(beats, 0);
  if (beat !== heard) worked = user + system;
  heard = beat;
  return user + system - worked > microseconds;
}

// Where the parent's id stays the same after its end (Windows), the question finds nobody.
function isThere(id) {
  if (process.ppid !== id) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function end(mark) {
  if (mark !== undefined) writeSync(2, `\u0001${mark}\u0001`);
  process.kill(process.pid, 'SIGKILL');
}

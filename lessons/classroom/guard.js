// The guard: a thread beside a program, so that it sees what happens even while a loop lets
// nothing else run.
//
//   the program has had 200 ms of its own  ──►  a dot, which goes to the parent (patience.ts)
//   520 MB are taken                       ──►  the mark "memory" on stderr, and the end
//   3 s of work without a turn             ──►  the mark "busy" on stderr, and the end
//   the checker is gone                    ──►  the end: nobody else would end a loop
//
// The program's own time: while it works, in any of its threads, the processor time that it gets;
// while it only waits, its turns. A machine that is busy with something else gives it little of
// both. The time that its files take to be read is not counted. The ends are for a check alone.

import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** To the parent (start.ts). */
const pipe = 4;
/** Microseconds. */
const lasts = { beat: 20_000, dot: 200_000 };
/** More of a processor than this is work; the clock itself takes a tenth of it. */
const idle = 0.03;
/** Of the last look in the mean: work comes in pieces, with a wait for the next turn between. */
const weight = 0.2;
/** What plain.js notes, where it takes the types out in this very thread. */
const files = Symbol.for('classroom: files');

const nothing = { bytes: Infinity, microseconds: Infinity, parent: undefined };
let beats;
let { bytes, microseconds, parent } = nothing;
let last; // what was there at the last look
let stuck = 0; // work since the last turn
let share = 0; // of a processor, in the mean of the last looks
let own = 0; // the program's own time that is not told yet

if (workerData?.beats) initialize(workerData);

/** Called by Node when the thread is one that others use too (clock.js). */
export function initialize(data) {
  ({ beats, bytes, microseconds, parent } = { ...nothing, ...data });
  last = seen();
  setInterval(look, 50);
}

function look() {
  const now = seen();
  const turns = now.beat - last.beat;
  const work = now.work - last.work;
  stuck = turns > 0 ? 0 : stuck + work;
  const passed = now.time - last.time;
  share += (work / passed - share) * weight;
  if (!isReading(now)) tellTime(share > idle ? Math.min(work, passed) : turns * lasts.beat);
  last = now;
  if (process.memoryUsage.rss() > bytes) end('memory');
  if (stuck > microseconds) end('busy');
  if (parent !== undefined && !isThere(parent)) end();
}

// The program's own thread beats whenever it has a turn.
function seen() {
  const { user, system } = process.cpuUsage();
  const { begun, read } = globalThis[files] ?? { begun: 0, read: 0 };
  const time = performance.now() * 1000;
  return { beat: Atomics.load(beats, 0), work: user + system, time, begun, read };
}

function isReading(now) {
  return now.begun > now.read || now.begun > last.begun;
}

function tellTime(passed) {
  own += passed;
  const dots = '.'.repeat(own / lasts.dot);
  own -= dots.length * lasts.dot;
  if (dots !== '') write(pipe, dots);
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

// A parent that is gone hears nothing, and that is all.
function write(to, text) {
  try {
    writeSync(to, text);
  } catch {}
}

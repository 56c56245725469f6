// The program's own clock: patience that is counted on it does not run out on a machine that is
// busy with something else.
//
//   the program has a turn  ──►  a beat, every 20 ms
//   it loops without an end ──►  no beat, but work: a thread beside it sees that (guard.js)

import { register } from 'node:module';
import { Worker } from 'node:worker_threads';

/** `bytes`, `microseconds` and `parent` are for the guard: what it shall end the program for. */
export function startClock({ onBeat = () => {}, ...limits } = {}) {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => onBeat(Atomics.add(beats, 0, 1) + 1), 20).unref();
  startGuard({ ...limits, beats });
}

// An older Node has a thread already: the one of plain.js.
function startGuard(workerData) {
  const guard = new URL('guard.js', import.meta.url);
  if (!process.features.typescript) return register(guard, { data: workerData });
  new Worker(guard, { workerData, execArgv: [] }).unref();
}

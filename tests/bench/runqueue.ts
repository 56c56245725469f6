// Milliseconds, but only those in which no other program had the core that this one wanted.
//
//   const begin = ownTime();
//   …                              3 ms of work, 4 ms in the queue for a core, 1 ms in which a disk flushed
//   ownTime() - begin  ──►  4.0
//
// Only Linux counts the queue. Elsewhere it is the time on the clock. What other threads of this
// program waited is not known, so figures of a busy computer remain worse than those of a quiet one.

import { openSync, readSync } from 'node:fs';

const file = openStatistics();
const bytes = Buffer.alloc(100);

/** The main thread alone has the number of the process. Its second figure are nanoseconds in the queue (proc(5)). */
function openStatistics(): number | undefined {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return undefined;
  }
}

export function ownTime(): number {
  return performance.now() - waited();
}

function waited(): number {
  if (file === undefined) return 0;
  const length = readSync(file, bytes, 0, bytes.length, 0);
  return Number(bytes.toString('latin1', 0, length).split(' ')[1]) / 1e6;
}

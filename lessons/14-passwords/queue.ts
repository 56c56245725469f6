// Lesson 14 · queue: two at a time, twenty wait, and no more.
//
//   inQueue(hash)    ──►  ▓▓▓▓
//   inQueue(hash)    ──►  ▓▓▓▓
//   inQueue(hash)    ──►      ▓▓▓▓       waits until one of them is over
//   … the 23rd       ──►  503, "The server is busy. …", retry-after: 5
//
// Only two heavy jobs run at a time, because they share Node's four threads with the files, and a
// save would have to wait for them. And the queue has an end. Without one it would grow as long as
// guests come faster than we hash, until everybody waits so long that nobody is served.

import { Refusal } from '../06-errors/errors.ts';
import type { Run } from '../11-json-file/turns.ts';

const BUSY = 'The server is busy. Please try again in a few seconds.';

/** At most `atOnce` jobs run, at most `waiting` wait; the next one is refused with 503. */
export function fewAtATime(atOnce: number, waiting: number): Run {
  const queue: (() => void)[] = [];
  let running = 0;

  async function takePlace(): Promise<void> {
    if (running < atOnce) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else throw new Refusal(503, BUSY, { headers: { 'retry-after': '5' } });
  }

  // Pass the place on directly, so that a newcomer cannot take it first.
  function leavePlace(): void {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }

  return async (job) => {
    await takePlace();
    try {
      return await job();
    } finally {
      leavePlace();
    }
  };
}

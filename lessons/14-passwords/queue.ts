// Lesson 14 · queue: two at a time, twenty wait, and no more.
//
//   inQueue(hash)    ──►  ▓▓▓▓
//   inQueue(hash)    ──►  ▓▓▓▓
//   inQueue(hash)    ──►      ▓▓▓▓       waits until one of them is over
//   … the 23rd       ──►  503, "The server has too much to do …", retry-after: 5
//
// Heavy work is let in by twos: it runs on the same four threads as the files, and a save would
// wait behind it. And the queue has an end. Without one it grows as long as guests come faster than
// work is done, until everybody waits so long that nobody is served.

import { Refusal } from '../06-errors/errors.ts';
import type { Run } from '../11-json-file/turns.ts';

const TOO_MUCH =
  'The server has too much to do at this moment. Please try again in a few seconds.';

/** At most `atOnce` jobs run, at most `waiting` wait; the next one is refused with 503. */
export function fewAtATime(atOnce: number, waiting: number): Run {
  const queue: (() => void)[] = [];
  let running = 0;

  async function takePlace(): Promise<void> {
    if (running < atOnce) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else throw new Refusal(503, TOO_MUCH, { headers: { 'retry-after': '5' } });
  }

  // Handed to the next one in the queue, the place never looks free to somebody who comes just now.
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

// Patience: how long is a program waited for, until nothing more is expected of it?
//
//   clock.within(10_000, listening)  ──►  what `listening` gives, or `late` after ten seconds
//
// Ten seconds of the program's own: its clock (clock.js) tells a dot for each 200 ms in which it
// worked, or had its turns and waited. On an idle machine that is the time on the wall; at a load
// of 16 it takes longer. A clock that stands still for a minute counts as well.

import type { Readable } from 'node:stream';

export const late = Symbol('late');

export type Clock = {
  /** Calls `ring` when the time is up; what it returns takes that back. */
  alarm(milliseconds: number, ring: () => void): () => void;
  /** What the promise gives, or `late` when it gives nothing for so long. */
  within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value | typeof late>;
};

/** Milliseconds: of one dot, for a clock that stands still, and for what was said before. */
const lasts = { dot: 200, still: 60_000, onItsWay: 30 };

export const wallClock: Clock = clockWith((milliseconds, ring) => {
  const timer = setTimeout(ring, milliseconds);
  return () => clearTimeout(timer);
});

/** The dots are what the program's guard writes (guard.js). */
export function hearClock(dots: Readable, still = lasts.still): Clock {
  const looks = new Set<() => void>();
  let own = 0;
  dots.on('error', () => {}).on('data', (text: Buffer) => {
    own += text.length * lasts.dot;
    for (const look of looks) look();
  });
  return clockWith((milliseconds, ring) => {
    let end = Infinity;
    afterUnread(() => { end = own + milliseconds; });
    const most = setTimeout(ring, Math.max(milliseconds, still));
    const look = () => (own >= end ? ring() : most.refresh());
    looks.add(look);
    return () => { looks.delete(look); clearTimeout(most); };
  });
}

// Dots that came while this process was busy are from before: they are read in its next turn.
function afterUnread(begin: () => void): void {
  setImmediate(() => setImmediate(begin));
}

type SetAlarm = Clock['alarm'];

function clockWith(set: SetAlarm): Clock {
  const alarm = withLastWord(set);
  return { alarm, within: (milliseconds, promise) => within(alarm, milliseconds, promise) };
}

// This process may have waited for its own turn: what was said in time is on its way here.
function withLastWord(set: SetAlarm): SetAlarm {
  return (milliseconds, ring) => {
    let takeBack = set(milliseconds, () => {
      takeBack();
      const timer = setTimeout(ring, lasts.onItsWay);
      takeBack = () => clearTimeout(timer);
    });
    return () => takeBack();
  };
}

async function within<Value>(alarm: SetAlarm, milliseconds: number, promise: Promise<Value>) {
  let takeBack = () => {};
  const tooLong = new Promise<typeof late>((resolve) => {
    takeBack = alarm(milliseconds, () => resolve(late));
  });
  return Promise.race([promise, tooLong]).finally(takeBack);
}

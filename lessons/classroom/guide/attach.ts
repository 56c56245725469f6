// The guide as seen by whoever starts a server: what to start it with, and how to listen.
//
//   const spawned = spawnServer({ file, ...guided });
//   hearGuide(spawned.child, (told) => console.log(showTold(told)));

import type { ChildProcess } from 'node:child_process';
import type { Told } from './show.ts';

export const guided = {
  imports: [new URL('guide.ts', import.meta.url).href],
  env: { CLASSROOM_GUIDE: 'yes' },
};

type Message = { guide?: Told } | null;

export function hearGuide(child: ChildProcess, hear: (told: Told) => void): void {
  child.on('message', (message: Message) => {
    if (typeof message?.guide === 'object') hear(message.guide);
  });
}

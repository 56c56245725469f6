// The recorder: loaded into a server before its first line, it does nothing until it is told to.
//
//   parent: { replay: 'begin', … }  ──►  looks at every line of the project from now on
//   parent sends the request        ──►  one note a line, written to a file:
//                                        {"line":32,"call":3,"values":[["parts","['menu', '2']"]]}
//   parent: { replay: 'end' }       ──►  looks away again
//
// What it is made of is loaded only then, so a server that is not recorded costs nothing more.

import { isMainThread } from 'node:worker_threads';
import type { Order } from './order.ts';
import type { Recorder } from './watching.ts';

const isAsked = process.env.CLASSROOM_REPLAY === 'yes';
delete process.env.CLASSROOM_REPLAY; // What this program starts itself is not ours to watch.

let recorder: Recorder | undefined;

if (isAsked && isMainThread && process.send) {
  process.on('message', (order: Order) => void obey(order));
  process.channel?.unref(); // Listening for orders must not keep a finished program alive.
}

async function obey(order: Order): Promise<void> {
  if (order?.replay === 'begin') {
    const { watch } = await import('./watching.ts');
    recorder = watch(order, tell);
    tell({ replay: 'ready' });
  } else if (order?.replay === 'end') {
    recorder?.end();
    tell({ replay: 'written' });
  }
}

function tell(message: object): void {
  if (process.connected) process.send?.(message, () => {});
}

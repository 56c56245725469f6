// The end of the whole program, asked for in the middle of a request.
//
//   if (!item) process.exit();   ──►  'exit-in-handler'; the client gets a 500, the server lives

import { known } from './crash.ts';
import { here, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit } from './visit.ts';
import { wrap } from './wrap.ts';

export function watchExit(): void {
  wrap(process, 'exit', (exit) => function (...given) {
    const visit = currentVisit();
    if (visit === undefined) return exit.apply(this, given);
    const when = visit.response.writableEnded ? 'after' : 'while';
    tell({
      code: 'exit-in-handler',
      what: `process.exit() was called ${when} ${visit.name} was answered.`,
      why: 'It ends the whole server, for all guests at once, not only this request.',
      try: 'End the answer, and leave the handler with "return".',
      lesson: 6,
    }, placeOf(here()), visit);
    // What stands behind process.exit() never runs, so it must not run here.
    const stop = new Error('process.exit()');
    known.add(stop);
    throw stop;
  });
}

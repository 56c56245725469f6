// What is done in vain: the line ran, and changed nothing for the client.
//
//   res.status = 404;                     ──►  'no-such-status': Node calls it statusCode
//   res.end('…'); res.statusCode = 404;   ──►  'status-too-late': the client has got 200
//   server.on('request', …) in a handler  ──►  'handler-again': one more with each request

import { Server } from 'node:http';
import { here, placeOf } from './place.ts';
import { findLine } from './source.ts';
import { tell } from './tell.ts';
import { currentVisit, visitOf, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

/** Right after end() comes more of the handler, and only then is the status looked at. */
export function lookAtStatusLater(visit: Visit): void {
  setImmediate(lookAtStatus, visit, visit.response.statusCode);
}

function lookAtStatus(visit: Visit, sent: number): void {
  const { response } = visit;
  const { status } = response as unknown as { status?: unknown };
  if (typeof status === 'number' && status !== sent) tellNoSuch(visit, status, sent);
  else if (response.statusCode !== sent) tellTooLate(visit, response.statusCode, sent);
}

function tellNoSuch(visit: Visit, status: number, sent: number): void {
  tell({
    code: 'no-such-status',
    what: `"status" was set to ${status}, and ${visit.name} was answered with ${sent}.`,
    why: 'A response of Node has no "status": a new property was made, and nobody reads it.',
    try: `Write res.statusCode = ${status}, before the answer begins.`,
    lesson: 2,
  }, findLine(/\.status\s*=[^=]/), visit);
}

function tellTooLate(visit: Visit, status: number, sent: number): void {
  tell({
    code: 'status-too-late',
    what: `The status was set to ${status} after the answer: ${visit.name} got ${sent}.`,
    why: 'The head with the status goes out when the answer begins.',
    try: 'Move that line up, before the first write() or end().',
    lesson: 2,
  }, findLine(new RegExp(`\\.statusCode\\s*=\\s*${status}\\b`)), visit);
}

export function watchHandlers(): void {
  for (const name of ['on', 'addListener', 'once'] as const) {
    wrap(Server.prototype, name, (original) => function (...given) {
      const visit = currentVisit();
      if (given[0] === 'request' && visit && visitOf(visit.request)) tellAgain(visit);
      return original.apply(this, given);
    });
  }
}

function tellAgain(visit: Visit): void {
  tell({
    code: 'handler-again',
    what: `One more handler was added while ${visit.name} was answered.`,
    why: 'It stays: after ten requests ten handlers run for each, and all of them answer.',
    try: 'Add the handler once, outside of any other function.',
    lesson: 1,
  }, placeOf(here()), visit);
}

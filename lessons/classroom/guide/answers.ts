// Watching the answer: where it began, where it was over, and what is done to it after that.
//
//   res.end('one');   ──►  visit.ended = here
//   res.end('two');   ──►  'two-answers', with both lines; the second one goes nowhere
//
// What Node refuses (an object for end(), a line break in a header) is told with the line of the
// call, also when a module of the lessons catches the error.

import { ServerResponse } from 'node:http';
import { noteHeader, noteHeaders } from './cookies.ts';
import { tellError } from './crash.ts';
import { lookAtStatusLater } from './in-vain.ts';
import { lookAtAnswer } from './looks.ts';
import { here, lineIn, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { answeredTwice } from './twice.ts';
import { visitOf, type Visit } from './visit.ts';
import { wrap } from './wrap.ts';

export function watchAnswers(): void {
  watch('writeHead', (visit, given) => {
    noteHeaders(visit, given.at(-1));
    visit.began ??= here();
  });
  watch('setHeader', (visit, [name, value]) => noteHeader(visit, name, value));
  watch('write', (visit, [chunk]) => {
    if (visit.ended) return swallow(visit, writeAfterEnd);
    visit.began ??= here();
    note(visit, chunk);
  });
  watch('end', (visit, [chunk]) => {
    const isText = typeof chunk !== 'function' && chunk !== undefined && chunk !== null;
    if (visit.ended) return isText ? swallow(visit, twoAnswers) : undefined;
    visit.began ??= here();
    if (isText) note(visit, chunk);
  }, (visit) => {
    if (visit.ended) return;
    visit.ended = here();
    lookAtAnswer(visit);
    lookAtStatusLater(visit);
  });
}

type Before = (visit: Visit, given: unknown[]) => 'swallow' | void;

function watch(name: string, before: Before, after = (_visit: Visit) => {}): void {
  wrap(ServerResponse.prototype, name, (original) => function (...given) {
    const visit = visitOf(this);
    if (!visit || visit.inside) return original.apply(this, given);
    if (visit.rescued || before(visit, given) === 'swallow') return this;
    const result = callInside(visit, () => original.apply(this, given));
    after(visit);
    return result;
  });
}

function callInside(visit: Visit, call: () => unknown): unknown {
  visit.inside = true;
  try {
    return call();
  } catch (error) {
    tellError(error, visit);
    throw error;
  } finally {
    visit.inside = false;
  }
}

/** How much of an answer is looked at, in characters. */
const longest = 65_536;

function note(visit: Visit, chunk: unknown): void {
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
  visit.bytes += Buffer.byteLength(chunk);
  if (visit.text.length >= longest || chunk.length >= longest) return;
  visit.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
}

function swallow(visit: Visit, slip: (visit: Visit, again: Error) => void): 'swallow' {
  slip(visit, here());
  return 'swallow';
}

function twoAnswers(visit: Visit, again: Error): void {
  const second = placeOf(again);
  tell(answeredTwice(visit.name, placeOf(visit.ended), second), second, visit);
}

function writeAfterEnd(visit: Visit, again: Error): void {
  const place = placeOf(again);
  const end = lineIn(placeOf(visit.ended), place);
  tell({
    code: 'write-after-end',
    what: `Something was written to the answer of ${visit.name} after its end.`,
    why: `end() in ${end} closed the answer, so what comes later cannot reach the client.`,
    try: 'Call end() last: after the last write(), and after everything that is waited for.',
    lesson: 1,
  }, place, visit);
}

// A crash: an error that nobody caught. Real Node would end the server for everybody.
//
//   item.name of undefined, in a handler  ──►  told, and answered with 500; the server lives
//   the same before listen()              ──►  told, and the program ends: nothing to serve

import { causeOf } from './causes.ts';
import { isServing } from './listen.ts';
import { rescue } from './rescue.ts';
import { tell } from './tell.ts';
import { currentVisit, openVisits, type Visit } from './visit.ts';

/** Errors that were told when they were made: they only need an answer. */
export const known = new WeakSet<object>();

const exit = process.exit;

export function watchCrashes(): void {
  process.on('uncaughtException', (error: unknown, origin) => {
    const visit = currentVisit() ?? onlyVisit();
    const code = tellOnce(error, visit, origin === 'unhandledRejection', endIfIdle);
    if (visit) rescue(visit, code);
  });
}

/** A handler threw, or the promise that it returned failed. */
export function crashed(error: unknown, visit: Visit): void {
  rescue(visit, tellOnce(error, visit, false));
}

/** Node has refused a call of the learner's. */
export function tellError(error: unknown, visit: Visit): void {
  tellOnce(error, visit, false);
}

function tellOnce(
  error: unknown,
  visit: Visit | undefined,
  isAlone: boolean,
  sent = () => {},
): string {
  if (isObject(error) && known.has(error)) {
    sent();
    return 'error';
  }
  if (isObject(error)) known.add(error);
  const { slip, place } = causeOf(error, visit, isAlone);
  tell(slip, place, visit, sent);
  return slip.code;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function onlyVisit(): Visit | undefined {
  return openVisits.size === 1 ? [...openVisits][0] : undefined;
}

function endIfIdle(): void {
  if (!isServing()) exit.call(process, 1);
}

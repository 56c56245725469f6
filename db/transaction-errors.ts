// Taught in lesson 18
// transaction-errors: what is wrong with a transaction, and what to write instead.
//
//   db.transaction(async (draft) => { … })
//     ──►  "A transaction must not wait, but this one returned a promise, …"

import { show } from '../lessons/09-logic/check-arguments.ts';

export function noFunction(change: unknown): Error {
  return new TypeError(
    `transaction() takes a function, such as (draft) => …, but it is ${show(change)}.`,
  );
}

export function noCollection(unknown: string): Error {
  const name = show(unknown);
  return new Error(
    `There is no collection ${name} in this transaction: ` +
    `call storage.collection(${name}, …) once before.`,
  );
}

export function transactionOver(): Error {
  return new Error('This transaction is over, so nothing can be added to it. Begin another one.');
}

export function waits(result: Promise<unknown>): Error {
  result.catch(() => {}); // The transaction is refused anyway, so this error does not matter.
  return new TypeError(
    'A transaction must not wait, but this one returned a promise, so nothing was changed. ' +
    'Take away "async" and "await", and ask for what it needs before it begins.',
  );
}

// Lesson 06 · errors: whose mistake was it?
//
//   throw new Refusal(404, 'There is no item 99.')  ──►  404, with the sentence    (the client's)
//   throw new TypeError('x is not a function')      ──►  500, "noted as number 7"  (ours: reported)
//
// One `try` is around everything. A client's mistake is answered with what would be right. We log
// all details of a bug. The client gets none: they would only help an attacker. Either way the
// server lives on. Without the `try`, one bug ends it for all guests at once.
// (`async` and `await` would read a little better. But then even an answer that is ready at once
// has to wait, and the benchmark sees that.)

import { checkReply } from '../02-reply/check-reply.ts';
import { text, type Reply } from '../02-reply/reply.ts';
import { printError } from '../02-reply/report.ts';
import type { Call, Handler } from '../04-router/router.ts';
import { printBug, problemOf, type ReportBug } from './bug.ts';
import { isTextOfError, showProblem, textPage, type ErrorPage } from './error-reply.ts';
import { Refusal } from './refusal.ts';

// So that other lessons need only this file.
export { Refusal, type FieldError } from './refusal.ts';
export type { ErrorPage } from './error-reply.ts';

export type WithErrorsOptions = { report?: ReportBug; page?: ErrorPage };
type AllOptions = Required<WithErrorsOptions>;

/** Middleware: each call below it ends with a reply, and no bug ends the server. */
export function withErrors(handler: Handler, options: WithErrorsOptions = {}): Handler {
  const all = { report: printBug, page: textPage, ...options };
  return (call) => {
    try {
      const reply = handler(call);
      if (!(reply instanceof Promise)) return checked(reply, call, all);
      // A promise fails when this "try" is long over, so it has a catch of its own.
      return reply
        .then((late) => checked(late, call, all))
        .catch((error) => showError(error, call, all));
    } catch (error) {
      return showError(error, call, all);
    }
  };
}

async function showError(error: unknown, call: Call, { report, page }: AllOptions): Promise<Reply> {
  try {
    if (error instanceof Refusal) {
      if (error.details.cause !== undefined) await report(error.details.cause, call);
      return await showProblem(call, error, page);
    }
    const id = await report(error, call);
    return await showProblem(call, problemOf(error, id), page);
  } catch (second) {
    // The report or the page failed as well. One plain sentence still goes out.
    printError('An error, and a bug while it was answered:', error, second);
    return text(500, 'The server made a mistake; it was not yours.\n');
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// text(404, 'There is no item 99.') is a refusal too, so it gets the same form as a thrown one.
function checked(reply: Reply, call: Call, all: AllOptions): Reply | Promise<Reply> {
  checkReply(reply);
  return isTextOfError(reply) ? showReturned(reply, call, all) : reply;
}

async function showReturned(reply: Reply, call: Call, all: AllOptions): Promise<Reply> {
  const { status, headers, body, onClose } = reply;
  const refusal = new Refusal(status, String(body).trim(), { headers });
  const shown = await showError(refusal, call, all);
  return onClose ? { ...shown, onClose } : shown;
}

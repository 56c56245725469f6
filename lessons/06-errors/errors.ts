// Lesson 06 · errors: whose mistake was it?
//
//   throw new Refusal(404, 'There is no item 99.')  ──►  404, with the sentence    (the client's)
//   throw new TypeError('x is not a function')      ──►  500, "noted as number 7"  (ours: reported)
//
// One try around everything. A client's mistake is answered with what would be right. A bug is told
// to us, with all its details, and to the client without any: they help only whoever wants to break
// in. Either way the server lives on. Without the try, one bug ends it for all guests at once.
// (`async` and `await` inside the try would read a little better. But then every answer waits, also
// the one that is there at once; the benchmark sees that.)

import { STATUS_CODES } from 'node:http';
import { checkReply, shown } from '../02-reply/check-reply.ts';
import { json, text, type Reply, type ReplyHeaders } from '../02-reply/reply.ts';
import { printError, shownPath } from '../02-reply/report.ts';
import type { Call, Handler } from '../04-router/router.ts';
import { formFor } from './accept.ts';

/** Thrown anywhere below withErrors(): ends the call with this status and sentence. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, sentence: string, details: RefusalDetails = {}) {
    super(checkedSentence(status, sentence, details));
    this.status = status;
    this.details = details;
  }
}

/** A layer: no call below it ends without a reply, and no bug ends the server. */
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

// When even the report or the page fails, one plain sentence still goes out.
async function showError(error: unknown, call: Call, { report, page }: AllOptions): Promise<Reply> {
  try {
    if (isTrouble(error)) return await showTrouble(error, call, { report, page });
    if (error instanceof Refusal) return await show(call, error, page);
    const id = await report(error, call);
    return await show(call, bugNoted(id), page);
  } catch (second) {
    printError('An error, and a bug while it was answered:', error, second);
    return text(500, 'The server made a mistake; it was not yours.\n');
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/**
 * `errors`: what is wrong with which field. `headers`: such as retry-after or allow. `cause`: an
 * error on our side, which is reported.
 */
export type RefusalDetails = { errors?: FieldError[]; headers?: ReplyHeaders; cause?: unknown };
export type FieldError = { field: string; message: string };

/** Notes a bug, and returns the id by which the client may ask about it. */
export type ReportBug = (error: unknown, call: Call) => Id | Promise<Id>;
type Id = string | number;

/** Makes the answer for a person in front of a browser. */
export type ErrorPage = (
  status: number,
  sentence: string,
  details: RefusalDetails,
  call: Call,
) => Reply | Promise<Reply>;

export type WithErrorsOptions = { report?: ReportBug; page?: ErrorPage };
type AllOptions = Required<WithErrorsOptions>;

let bugs = 0;

function printBug(error: unknown, { request }: Call): number {
  bugs += 1;
  printError(`Bug ${bugs}, in ${request.method} ${shownPath(request)}:`, error);
  return bugs;
}

// A refusal that is wrong itself is a bug: of whoever throws it, and never of the client.
function checkedSentence(status: number, sentence: string, details: RefusalDetails): string {
  const isStatus = Number.isInteger(status) && status >= 400 && status <= 599;
  const hasDetails = typeof details === 'object' && details;
  if (isStatus && typeof sentence === 'string' && hasDetails) return sentence;
  throw new TypeError(
    'A Refusal takes a status from 400 to 599, a sentence, and perhaps { errors, headers }, ' +
    'as in new Refusal(404, "There is no item 99."), ' +
    `but it was given ${[status, sentence, details].map(shown).join(', ')}.`,
  );
}

function textPage(status: number, sentence: string, { errors = [] }: RefusalDetails): Reply {
  return text(status, [sentence, ...errors.map(({ message }) => `- ${message}`), ''].join('\n'));
}

function checked(reply: Reply, call: Call, all: AllOptions): Reply | Promise<Reply> {
  checkReply(reply);
  return isRefused(reply) ? showRefused(reply, call, all) : reply;
}

async function showRefused(reply: Reply, call: Call, all: AllOptions): Promise<Reply> {
  const { status, headers, body, onClose } = reply;
  const refusal = new Refusal(status, String(body).trim(), { headers });
  const dressed = await showError(refusal, call, all);
  return onClose ? { ...dressed, onClose } : dressed;
}

// text(404, 'There is no item 99.') is a refusal as well, and gets the same form as a thrown one.
function isRefused({ status, headers, body }: Reply): boolean {
  if (status < 400 || typeof body !== 'string') return false;
  return String(headers['content-type']).startsWith('text/plain');
}

/** What there is to say: a Refusal, or what a bug or a returned text says like one. */
type Said = Pick<Refusal, 'status' | 'message' | 'details'>;

async function show(call: Call, said: Said, page: ErrorPage): Promise<Reply> {
  const { status, message, details } = said;
  const form = formFor(call.request.headers.accept ?? '');
  const reply = form === 'data'
    ? problem(status, message, details.errors)
    : await (form === 'page' ? page : textPage)(status, message, details, call);
  checkReply(reply);
  // Type and length are those of the form chosen here, whatever form the refusal had before.
  const { headers: given = {} } = details;
  const { 'content-type': _type, 'content-length': _length, vary, ...others } = given;
  const headers = { ...others, ...reply.headers, vary: vary ? `${vary}, accept` : 'accept' };
  const dressed = { ...reply, headers };
  checkReply(dressed);
  return dressed;
}

/** RFC 9457. Without a type of its own, a problem has the name of its status as title. */
function problem(status: number, detail: string, errors?: FieldError[]): Reply {
  const title = STATUS_CODES[status] ?? 'Unknown';
  const headers = { 'content-type': 'application/problem+json' };
  return json(status, { title, status, detail, errors }, headers);
}

function bugNoted(id: Id): Said {
  const message = `The server made a mistake; it was not yours. It is noted as number ${id}.`;
  return { status: 500, message, details: {} };
}

// Neither the client's mistake nor a bug: our side fails for a while, and we want to know of it.
function isTrouble(error: unknown): boolean {
  return error instanceof Refusal ? error.details.cause !== undefined : isDiskFull(error);
}

async function showTrouble(error: unknown, call: Call, all: AllOptions): Promise<Reply> {
  const { report, page } = all;
  const id = await report(error instanceof Refusal ? error.details.cause : error, call);
  return show(call, error instanceof Refusal ? error : diskFull(id), page);
}

// A store that says what failed in a sentence of its own keeps the system's error as the cause.
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return DISK_FULL.includes((error as NodeJS.ErrnoException).code ?? '') || isDiskFull(error.cause);
}

const DISK_FULL = ['ENOSPC', 'EDQUOT']; // No room on the disk, or no more of it for this user.

function diskFull(id: Id): Said {
  const message = "There is no room left on the server's disk, so this could not be stored. " +
    `It is noted as number ${id}. Please try again later.`;
  return { status: 503, message, details: { headers: { 'retry-after': '60' } } };
}

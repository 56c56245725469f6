// Lesson 06 · error-reply: one error, in the form that its client wants.
//
//   { status: 404, message: 'There is no item 99.' }
//     accept: */*         ──►  {"title":"Not Found","status":404,"detail":"There is no item 99."}
//     accept: text/plain  ──►  There is no item 99.
//     accept: text/html   ──►  a page, once the café has one (lesson 12)

import { STATUS_CODES } from 'node:http';
import { checkReply } from '../02-reply/check-reply.ts';
import { json, text, type Reply, type ReplyHeaders } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { formFor } from './accept.ts';
import type { FieldError, RefusalDetails } from './refusal.ts';

/** What the client should know: from a Refusal, or the little that we say of a bug. */
export type Problem = { status: number; message: string; details: RefusalDetails };

/** Makes the answer for a person in front of a browser. */
export type ErrorPage = (
  status: number,
  sentence: string,
  details: RefusalDetails,
  call: Call,
) => Reply | Promise<Reply>;

export async function showProblem(call: Call, problem: Problem, page: ErrorPage): Promise<Reply> {
  const { status, message, details } = problem;
  const form = formFor(call.request.headers.accept ?? '');
  const reply = form === 'data'
    ? problemJson(status, message, details.errors)
    : await (form === 'page' ? page : textPage)(status, message, details, call);
  checkReply(reply);
  return addHeaders(reply, details.headers);
}

/** RFC 9457. Without a type of its own, a problem has the name of its status as title. */
function problemJson(status: number, detail: string, errors?: FieldError[]): Reply {
  const title = STATUS_CODES[status] ?? 'Unknown';
  const headers = { 'content-type': 'application/problem+json' };
  return json(status, { title, status, detail, errors }, headers);
}

/** The sentence, then one line for each wrong field. */
export function textPage(status: number, sentence: string, { errors = [] }: RefusalDetails): Reply {
  return text(status, [sentence, ...errors.map(({ message }) => `- ${message}`), ''].join('\n'));
}

// The type and the length describe the form that we chose, not the text that was refused with.
function addHeaders(reply: Reply, given: ReplyHeaders = {}): Reply {
  const { 'content-type': _type, 'content-length': _length, vary, ...others } = given;
  const headers = { ...others, ...reply.headers, vary: vary ? `${vary}, accept` : 'accept' };
  const complete = { ...reply, headers };
  checkReply(complete);
  return complete;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** An error that a handler returned as plain text. JSON and HTML are sent as they are. */
export function isTextOfError({ status, headers, body }: Reply): boolean {
  if (status < 400 || typeof body !== 'string') return false;
  return String(headers['content-type']).startsWith('text/plain');
}

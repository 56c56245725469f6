// Lesson 02 · send-in-steps: an answer that does not go out in one write.
//
//   empty(204)                      ──►  head, end
//   stream(200, 'text/csv', file)   ──►  head, piece, piece, piece, end
//   404 to a POST of 3 GB           ──►  head, body, wait for the client, end
//
// The steps are always the same: the head, the body if there is one, and the end.

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { LENGTH_HEADERS, lengthOf, mayHaveBody } from './body-length.ts';
import { discard, isWhole } from './check-reply.ts';
import type { Reply } from './reply.ts';
import { callReport, type Report } from './report.ts';
import { cutOff, writePieces } from './stream-body.ts';
import { finish, isUnread } from './unread-body.ts';

/** For a body that is there at once. Any other body needs steps anyway. */
export function needsSteps(response: ServerResponse, { status, headers, body }: Reply): boolean {
  return body === '' || LENGTH_HEADERS.some((name) => name in headers) || !mayHaveBody(status) ||
    response.destroyed || isUnread(response.req);
}

export function sendInSteps(response: ServerResponse, reply: Reply, report: Report): void {
  if (response.destroyed) return discard(reply); // The client left before the answer was ready.
  const { status, body } = reply;
  const { method } = response.req;
  const length = lengthOf(reply, method);
  const unread = isUnread(response.req);
  response.writeHead(status, headersOf(reply, length, unread));
  if (!mayHaveBody(status) || method === 'HEAD') {
    discard(reply);
    response.flushHeaders();
    finish(response, unread);
  } else if (isWhole(body)) {
    response.write(body);
    finish(response, unread);
  } else {
    response.on('error', (error) => callReport(report, error, response.req)); // Written too late.
    writePieces(response, body, length)
      .then(() => finish(response, unread))
      .catch((error) => cutOff(response, error, report));
  }
}

function headersOf({ headers, body }: Reply, length: number | undefined, unread: boolean) {
  const sent: OutgoingHttpHeaders = { ...headers };
  for (const name of LENGTH_HEADERS) delete sent[name];
  if (length !== undefined) sent['content-length'] = length;
  // Nothing counts what a function writes: after a wrong length, no other answer may follow.
  if (unread || (typeof body === 'function' && length !== undefined)) sent.connection = 'close';
  return sent;
}

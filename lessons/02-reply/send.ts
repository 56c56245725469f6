// Lesson 02 · send: a reply goes out over the network.
//
//   { status: 200,
//     headers: { 'content-type': 'text/html; charset=utf-8' },
//     body: '<h1>Café ☕</h1>' }
//        │
//        ▼  send
//   HTTP/1.1 200 OK ⏎ content-length: 18 ⏎ content-type: … ⏎ ⏎ <h1>Café ☕</h1>
//
// All answers go through here, so no handler has to know how an answer begins and ends.

import type { ServerResponse } from 'node:http';
import { checkReply, discard, isWhole } from './check-reply.ts';
import { failResponse } from './fail-response.ts';
import type { Reply } from './reply.ts';
import { callReport, printReport, type Report } from './report.ts';
import { needsSteps, sendInSteps } from './send-in-steps.ts';

/** Sends the reply. What cannot be sent is reported, and the client gets a 500 or a cut answer. */
export function send(response: ServerResponse, reply: Reply, report: Report = printReport): void {
  try {
    callOnClose(response, reply, report);
    checkReply(reply);
    const { status, headers, body } = reply;
    if (!isWhole(body) || needsSteps(response, reply)) return sendInSteps(response, reply, report);

    // Length in bytes, not characters: "é" is one character and two bytes.
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  } catch (error) {
    discard(reply);
    failResponse(response, error, report);
  }
}

// The reply is not checked yet, so it can be anything.
function callOnClose(response: ServerResponse, reply: Reply | undefined, report: Report): void {
  const { status = 500, onClose } = reply ?? {};
  if (typeof onClose !== 'function') return;
  const close = async (completed: boolean, sent: number) => {
    try {
      await onClose(completed, sent);
    } catch (cause) {
      const error = new Error('The onClose of a reply failed.', { cause });
      await callReport(report, error, response.req);
    }
  };
  if (response.destroyed) void close(false, status);
  else response.once('close', () => close(response.writableFinished, response.statusCode));
}

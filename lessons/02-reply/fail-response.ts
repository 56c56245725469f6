// Lesson 02 · fail-response: what the client gets when a reply cannot be sent.
//
//   { status: 99, … }                 ──►  500, "The server made a mistake; it was not yours. …"
//   a failure after the head is out   ──►  the connection is cut
//
// The details are for the report, never for the client.

import type { ServerResponse } from 'node:http';
import { text } from './reply.ts';
import { callReport, type Report } from './report.ts';
import { sendInSteps } from './send-in-steps.ts';
import { cutOff } from './stream-body.ts';

export function failResponse(response: ServerResponse, error: unknown, report: Report): void {
  if (response.destroyed) return; // The client left: nothing of ours failed.
  if (response.headersSent) return cutOff(response, error, report);
  void callReport(report, error, response.req);
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.sendDate = true;
  response.statusMessage = 'Internal Server Error';
  sendInSteps(response, FAILED, report);
}

const FAILED = text(
  500,
  'The server made a mistake; it was not yours. Please try again later.\n',
  { connection: 'close' },
);

// Lesson 06 · bug: we read everything about it, and the client only a number.
//
//   TypeError: Cannot read properties of undefined (reading 'price')
//     our log     ──►  Bug 7, in GET /menu/99/price: TypeError … with its stack trace
//     the client  ──►  500, "… It is noted as number 7."
//
// A full disk is not a bug, and not the client's mistake either: that answer is a 503.

import { printError, shownPath } from '../02-reply/report.ts';
import type { Call } from '../04-router/router.ts';
import type { Problem } from './error-reply.ts';

/** Notes a bug, and returns the id by which the client may ask about it. */
export type ReportBug = (error: unknown, call: Call) => BugId | Promise<BugId>;
type BugId = string | number;

let bugs = 0;

export function printBug(error: unknown, { request }: Call): number {
  bugs += 1;
  printError(`Bug ${bugs}, in ${request.method} ${shownPath(request)}:`, error);
  return bugs;
}

/** What the client may know about an error of ours. */
export function problemOf(error: unknown, id: BugId): Problem {
  if (isDiskFull(error)) return diskFull(id);
  const message = `The server made a mistake; it was not yours. It is noted as number ${id}.`;
  return { status: 500, message, details: {} };
}

// A store explains a failure in its own words, and keeps the system's error as the cause.
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return DISK_FULL.includes((error as NodeJS.ErrnoException).code ?? '') || isDiskFull(error.cause);
}

const DISK_FULL = ['ENOSPC', 'EDQUOT']; // The disk is full, or this user's share of it.

function diskFull(id: BugId): Problem {
  const message = "There is no room left on the server's disk, so this could not be stored. " +
    `It is noted as number ${id}. Please try again later.`;
  return { status: 503, message, details: { headers: { 'retry-after': '60' } } };
}

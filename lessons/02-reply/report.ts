// Lesson 02 · report: an answer failed, and you should read why.
//
//   The answer to GET /menu could not be sent: TypeError: The status of a reply must be …
//
// The client cannot do anything about it, so the details go to the terminal of the server. A report
// can fail too. That must never end the server.

import type { IncomingMessage } from 'node:http';
import { toAscii } from './ascii.ts';

/** Called when an answer could not be sent, or broke off after its head. */
export type Report = (error: unknown, request: IncomingMessage) => void;

export async function callReport(
  report: Report,
  error: unknown,
  request: IncomingMessage,
): Promise<void> {
  try {
    await report(error, request);
  } catch (second) {
    printError('An answer failed, and the report of it as well:', error, second);
  }
}

export function printReport(error: unknown, request: IncomingMessage): void {
  printError(`The answer to ${request.method} ${shownPath(request)} could not be sent:`, error);
}

/** Prints an error, even one that throws when it is printed. */
export function printError(sentence: string, ...errors: unknown[]): void {
  try {
    console.error(sentence, ...errors);
  } catch {
    if (errors.length > 1) for (const error of errors) printError(sentence, error);
    else console.error(sentence, 'an error that cannot be shown.');
  }
}

const MAX_SHOWN = 200;

/** The path without its query: many people read logs, and a query can be private. */
export function shownPath({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1);
  return toAscii(path.slice(0, MAX_SHOWN)) + (path.length > MAX_SHOWN ? '...' : '');
}

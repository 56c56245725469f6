// Lesson 02 · body-length: how many bytes does the body of this answer have?
//
//   text(200, 'Café ☕')                             ──►  9
//   text(200, 'Café ☕', { 'content-length': '6' })  ──►  Error: The body had 9 bytes, but …
//   empty(204)                                      ──►  undefined: a 204 never has a body
//
// The client reads exactly as many bytes as the head announces. With a wrong number it would wait
// for bytes that never come, or take the rest for the next answer.

import { isWhole } from './check-reply.ts';
import type { Reply } from './reply.ts';

/** These headers say where a body ends, so `send` sets them itself. */
export const LENGTH_HEADERS = ['content-length', 'transfer-encoding', 'trailer'];

/** RFC 9110, 6.4.1 and 15.3.6: these have no body, whatever the handler returned. */
export function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

/** RFC 9110, 8.6: a 204 has no length; for a 304 it would be that of the page the client has. */
export function lengthOf({ status, headers, body }: Reply, method?: string): number | undefined {
  if (status === 205) return 0;
  if (!mayHaveBody(status)) return undefined;
  const said = headers['content-length'];
  const promised = said === undefined ? undefined : Number(said);
  if (!isWhole(body)) return promised;
  const length = Buffer.byteLength(body);
  if (promised === undefined || promised === length) return length;
  // The answer to HEAD has the length of a body that is not sent.
  if (method === 'HEAD' && length === 0) return promised;
  throw wrongLength(length, promised);
}

export function wrongLength(sent: number | 'more', promised: number): Error {
  return new Error(`The body had ${sent} bytes, but its content-length said ${promised}.`);
}

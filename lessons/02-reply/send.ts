// Lesson 02 · send: a reply goes out over the network.
//
//   { status: 200,
//     headers: { 'content-type': 'text/html; charset=utf-8' },
//     body: '<h1>Café ☕</h1>' }
//        │
//        ▼  send
//   HTTP/1.1 200 OK ⏎ content-type: … ⏎ content-length: 18 ⏎ ⏎ <h1>Café ☕</h1>
//
// The one place that writes to the response, so the one place that must know how an answer ends.

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkReply, discard } from './check-reply.ts';
import { isWhole, text, toAscii, type Reply, type WriteBody } from './reply.ts';

/** Sends the reply. What cannot be sent is reported, and the client gets a 500 or a cut answer. */
export function send(response: ServerResponse, reply: Reply, report: Report = printReport): void {
  try {
    callOnClose(response, reply, report);
    checkReply(reply);
    const { status, headers, body } = reply;
    if (!isWhole(body) || isRare(response, reply)) return sendRare(response, reply, report);

    // Length in bytes, not characters: "é" is one character and two bytes.
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  } catch (error) {
    discard(reply);
    failResponse(response, error, report);
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Told of an answer that could not be sent, or broke off after its head. */
export type Report = (error: unknown, request: IncomingMessage) => void;

// Both may fail, at once or later; that must not end the server.
async function tell(report: Report, error: unknown, request: IncomingMessage): Promise<void> {
  try {
    await report(error, request);
  } catch (second) {
    printError('An answer failed, and the report of it as well:', error, second);
  }
}

function callOnClose(response: ServerResponse, reply: Reply | undefined, report: Report): void {
  const { status = 500, onClose } = reply ?? {};
  if (typeof onClose !== 'function') return;
  const close = async (completed: boolean, sent: number) => {
    try {
      await onClose(completed, sent);
    } catch (cause) {
      await tell(report, new Error('The onClose of a reply failed.', { cause }), response.req);
    }
  };
  if (response.destroyed) void close(false, status);
  else response.once('close', () => close(response.writableFinished, response.statusCode));
}

function isRare(response: ServerResponse, { status, headers, body }: Reply): boolean {
  return body === '' || FRAMING.some((name) => name in headers) || !mayHaveBody(status) ||
    response.destroyed || isUnread(response.req);
}

// These headers say where a body ends: `send` must know that for itself.
const FRAMING = ['content-length', 'transfer-encoding', 'trailer'];

// RFC 9110, 6.4.1 and 15.3.6: these have no body, whatever the handler meant to send.
function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 205 && status !== 304;
}

// Is the client still sending a body that nobody has read to its end?
function isUnread(request: IncomingMessage): boolean {
  if (request.complete) return false;
  const { headers } = request;
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}

function sendRare(response: ServerResponse, reply: Reply, report: Report): void {
  const { status, headers, body } = reply;
  const { method } = response.req;
  if (response.destroyed) return discard(reply); // The client left before the answer was ready.

  const length = lengthOf(reply, method);
  const unread = isUnread(response.req);
  const sent: OutgoingHttpHeaders = { ...headers };
  for (const name of FRAMING) delete sent[name];
  if (length !== undefined) sent['content-length'] = length;
  // Nobody counts what a function writes: after a wrong length, no other answer may follow.
  if (unread || (typeof body === 'function' && length !== undefined)) sent.connection = 'close';
  response.writeHead(status, sent);
  if (!mayHaveBody(status) || method === 'HEAD') {
    discard(reply);
    response.flushHeaders();
    finish(response, unread);
  } else if (isWhole(body)) {
    response.write(body);
    finish(response, unread);
  } else {
    response.on('error', (error) => tell(report, error, response.req)); // Written after its end.
    writePieces(response, body, length)
      .then(() => finish(response, unread))
      .catch((error) => failResponse(response, error, report));
  }
}

// RFC 9110, 8.6: no length for a 204; for a 304 it would be that of the page the client has.
function lengthOf({ status, headers, body }: Reply, method?: string): number | undefined {
  if (status === 205) return 0;
  if (!mayHaveBody(status)) return undefined;
  const said = headers['content-length'];
  const promised = said === undefined ? undefined : Number(said);
  if (!isWhole(body)) return promised;
  const length = Buffer.byteLength(body);
  if (promised === undefined || promised === length) return length;
  // The answer to HEAD has the length of a body that does not go out.
  if (method === 'HEAD' && length === 0) return promised;
  throw wrongLength(length, promised);
}

function wrongLength(sent: number | 'more', promised: number): Error {
  return new Error(`The body had ${sent} bytes, but its content-length said ${promised}.`);
}

async function writePieces(
  response: ServerResponse,
  body: Readable | WriteBody,
  promised = NaN,
): Promise<void> {
  response.flushHeaders();
  if (typeof body === 'function') {
    await body(response);
    if (!response.destroyed) await closed(response);
  } else {
    await pipeline(body, (pieces) => countBytes(pieces, promised), response, { end: false });
  }
}

// A file that shrinks or grows while it is sent must not pass for a whole
// one. NaN: nothing promised.
async function* countBytes(pieces: AsyncIterable<string | Uint8Array>, promised: number) {
  let sent = 0;
  for await (const piece of pieces) {
    sent += Buffer.byteLength(piece);
    if (sent > promised) break;
    yield piece;
  }
  if (!Number.isNaN(promised) && sent !== promised) {
    throw wrongLength(sent > promised ? 'more' : sent, promised);
  }
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('close', resolve));
}

function finish(response: ServerResponse, unread: boolean): void {
  if (unread) drain(response.req, () => response.end());
  else response.end();
}

const DRAIN_BYTES = 1_000_000;
const DRAIN_MILLISECONDS = 2_000;

// Closing at once would reset the connection, and a client that is still sending would
// never see the answer (RFC 9112, 9.6). Reading on for ever would swallow gigabytes.
// So: a little, then close.
function drain(request: IncomingMessage, done: () => void): void {
  let left = DRAIN_BYTES;
  const timer = setTimeout(done, DRAIN_MILLISECONDS);
  request.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) request.pause();
  });
  request.once('close', () => {
    clearTimeout(timer);
    done();
  });
  request.resume();
}

function failResponse(response: ServerResponse, error: unknown, report: Report): void {
  if (response.destroyed) return; // The client left: nothing of ours failed.
  void tell(report, error, response.req);
  if (response.headersSent) {
    response.destroy(); // Half an answer must not look like a whole one.
  } else {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.sendDate = true;
    response.statusMessage = 'Internal Server Error';
    sendRare(response, FAILED, report);
  }
}

const FAILED = text(
  500,
  'The server made a mistake; it was not yours. Please try again later.\n',
  { connection: 'close' },
);

function printReport(error: unknown, request: IncomingMessage): void {
  printError(`The answer to ${request.method} ${shownPath(request)} could not be sent:`, error);
}

/** Prints an error, even one that fails when it is shown. */
export function printError(sentence: string, ...errors: unknown[]): void {
  try {
    console.error(sentence, ...errors);
  } catch {
    if (errors.length > 1) for (const error of errors) printError(sentence, error);
    else console.error(sentence, 'an error that cannot be shown.');
  }
}

const MAX_SHOWN = 200;

/**
 * For logs: the path alone, since a query may be private, and many people read logs. In ASCII, so
 * that no path can draw on their terminals.
 */
export function shownPath({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1);
  return toAscii(path.slice(0, MAX_SHOWN)) + (path.length > MAX_SHOWN ? '...' : '');
}

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
import {
  checkReply, isWhole, toAscii, type OnClose, type Reply, type WriteBody,
} from './reply.ts';

/** Sends the reply. What cannot be sent is reported, and the client gets a 500 or a cut answer. */
export function send(response: ServerResponse, reply: Reply, report: Report = printReport): void {
  try {
    checkReply(reply);
    const { status, headers, body, onClose } = reply;
    if (onClose) tellClose(response, status, onClose);
    if (!isWhole(body) || isRare(response, reply)) return sendRare(response, reply, report);

    // Length in bytes, not characters: "é" is one character and two bytes.
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
    response.end(body);
  } catch (error) {
    giveUp(response, error, report);
  }
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Told of an answer that could not be sent, or broke off after its head. */
export type Report = (error: unknown, request: IncomingMessage) => void;

function tellClose(response: ServerResponse, status: number, onClose: OnClose): void {
  if (response.destroyed) onClose(false, status);
  else response.once('close', () => onClose(response.writableFinished, response.statusCode));
}

function isRare(response: ServerResponse, reply: Reply): boolean {
  return reply.body === '' || 'content-length' in reply.headers || !mayHaveBody(reply.status) ||
    response.destroyed || isUnread(response.req);
}

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
  if (response.destroyed) return discard(body); // The client left before the answer was ready.

  const unread = isUnread(response.req);
  const sent: OutgoingHttpHeaders = { ...headers, ...lengthOf(reply) };
  if (unread) sent.connection = 'close';
  response.writeHead(status, sent);
  if (!mayHaveBody(status) || response.req.method === 'HEAD') {
    discard(body);
    response.flushHeaders();
    finish(response, unread);
  } else if (isWhole(body)) {
    response.write(body);
    finish(response, unread);
  } else {
    writePieces(response, body, Number(headers['content-length'] ?? NaN))
      .then(() => finish(response, unread))
      .catch((error) => giveUp(response, error, report));
  }
}

// RFC 9110, 8.6: no length for a 204; for a 304 it would be that of the page the client has.
function lengthOf({ status, body }: Reply): Record<string, number> {
  if (status === 205) return { 'content-length': 0 };
  if (!mayHaveBody(status)) return {};
  if (typeof body === 'string') return { 'content-length': Buffer.byteLength(body) };
  return body instanceof Uint8Array ? { 'content-length': body.byteLength } : {};
}

// A stream that nobody will read must be closed, or its file stays open.
function discard(body: Reply['body']): void {
  if (body instanceof Readable) body.on('error', () => {}).destroy();
}

async function writePieces(
  response: ServerResponse,
  body: Readable | WriteBody,
  promised: number,
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
    throw new Error(
      `The body had ${sent > promised ? 'more' : sent} bytes, ` +
      `but its content-length said ${promised}.`,
    );
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

function giveUp(response: ServerResponse, error: unknown, report: Report): void {
  if (response.destroyed) return; // The client left: nothing of ours failed.
  report(error, response.req);
  if (response.headersSent) {
    response.destroy(); // Half an answer must not look like a whole one.
  } else {
    const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
    response.writeHead(500, 'Internal Server Error', headers);
    response.end('The server made a mistake; it was not yours. Please try again later.\n');
  }
}

function printReport(error: unknown, request: IncomingMessage): void {
  console.error(`The answer to ${request.method} ${shownPath(request)} could not be sent:`, error);
}

const LONGEST_SHOWN = 200;

/**
 * For logs: the path alone, since a query may be private, and many people read logs. In ASCII, so
 * that no path can draw on their terminals.
 */
export function shownPath({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1);
  return toAscii(path.slice(0, LONGEST_SHOWN)) + (path.length > LONGEST_SHOWN ? '...' : '');
}

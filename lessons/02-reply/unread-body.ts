// Lesson 02 · unread-body: the client is still sending, but the answer is ready.
//
//   POST /nothing, 3 GB  ──►  404 goes out, up to 1 MB more is read, the connection closes
//
// Closing at once would reset the connection, and the client would never see the answer (RFC 9112,
// 9.6). Reading to the end would swallow gigabytes. So we read a little more, and then close.

import type { IncomingMessage, ServerResponse } from 'node:http';

/** True while the client sends a body that no handler has read to its end. */
export function isUnread(request: IncomingMessage): boolean {
  if (request.complete) return false;
  const { headers } = request;
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
}

export function finish(response: ServerResponse, unread: boolean): void {
  if (unread) drain(response.req, () => response.end());
  else response.end();
}

const DRAIN_BYTES = 1_000_000;
const DRAIN_MILLISECONDS = 2_000;

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

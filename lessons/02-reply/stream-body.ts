// Lesson 02 · stream-body: a body that is sent piece by piece.
//
//   stream(200, 'text/plain', createReadStream('menu.txt'))  ──►  64 KB, 64 KB, 12 KB, end
//   … and the file got shorter on the way                    ──►  64 KB, and the connection is cut
//
// Only one piece at a time is in memory, so a film costs no more of it than a menu.

import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { wrongLength } from './body-length.ts';
import type { WriteBody } from './reply.ts';
import { callReport, type Report } from './report.ts';

/** Resolves when the last piece is written. `promised` is the content-length, if there is one. */
export async function writePieces(
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

// A file can grow or shrink while it is sent. NaN: no length was promised.
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

/** Closes the connection after a failure: half an answer must not look like a whole one. */
export function cutOff(response: ServerResponse, error: unknown, report: Report): void {
  if (response.destroyed) return; // The client left: nothing of ours failed.
  void callReport(report, error, response.req);
  response.destroy();
}

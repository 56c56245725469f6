// Lesson 07 · read-bytes: all bytes of a body, or a refusal.
//
//   7b 22 74 65 │ 78 74 22 3a │ … │ 'end'  ──►  one Buffer: 7b 22 74 65 78 74 22 3a …
//   100,001 bytes                          ──►  413, and we read no more of them
//
// Chunks are joined as bytes, because a chunk may end in the middle of an "é". And there is a
// limit: without one, a single client could fill the memory of the server.
// `for await (const chunk of request)` would read the same, and cost a fifth of the whole request.

import type { IncomingMessage } from 'node:http';
import { Refusal } from '../06-errors/errors.ts';

export const LIMIT = 100_000;

/** Refuses with 413 as soon as the limit is passed, and with 400 if the client leaves half-way. */
export function readBytes(request: IncomingMessage, limit = LIMIT): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) return reject(tooLarge(limit));
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) {
        stopReading(request);
        reject(tooLarge(limit));
      }
    });
    request.on('end', () => resolve(joined(chunks, length)));
    request.on('error', () => reject(brokenOff()));
    if (request.readableEnded) reject(new Error(READ_ALREADY));
    else if (request.destroyed) reject(brokenOff());
  });
}

// Most bodies are one chunk, which we need not copy.
function joined(chunks: Buffer[], length: number): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

// The rest of the body stays unread, so that `send` can answer and then close the connection.
function stopReading(request: IncomingMessage): void {
  request.removeAllListeners('data').pause();
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const READ_ALREADY = 'The body has been read already: read it once, and pass the value on.';

function brokenOff(): Refusal {
  return new Refusal(400, 'The body broke off before its end.');
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is too large: at most ${limit} bytes are read.`);
}

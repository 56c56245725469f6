// Lesson 13 · file-reply: the whole file, a part of it, or no bytes at all.
//
//   GET look.css                          ──►  200, 1,024 bytes
//   GET look.css  if-none-match: "q3VZ…"  ──►  304, no bytes: the client has this version
//   GET look.css  range: bytes=0-3        ──►  206, 4 bytes

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { empty, text, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { statusFor } from './conditions.ts';
import type { FileInfo } from './file-info.ts';
import { readRange } from './range.ts';

/** Gives the bytes from `start` up to `end`, without the one at `end`. */
type Read = (start: number, end: number) => Uint8Array | Readable;

export function answerPart({ request }: Call, info: FileInfo, read: Read): Reply {
  const { size, headers, version } = info;
  const status = statusFor(request.headers, info);
  if (status === 304) return empty(304, version);
  if (status === 412 || 'range' in request.headers) {
    return answerCondition(request, info, read, status);
  }
  return { status, headers, body: read(0, size) };
}

export function notThere({ address }: Call): Reply {
  return text(404, `There is nothing at "${address.path}". Check the address, or begin at "/".\n`);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function answerCondition(
  { headers: asked, method }: IncomingMessage,
  info: FileInfo,
  read: Read,
  status: 200 | 412,
): Reply {
  const { size, etag, headers } = info;
  if (status === 412) {
    const sentence = `This file has the version ${etag} by now. Get it again from the beginning, ` +
      'without "if-match" and "if-unmodified-since".';
    return text(412, `${sentence}\n`, { etag });
  }
  const range = method === 'GET' ? readRange(asked, info) : undefined;
  if (range === undefined) return { status, headers, body: read(0, size) };
  if (range === 'outside') {
    const sentence = `The file has ${size} bytes, and ${asked.range} is not in it.`;
    return text(416, `${sentence}\n`, { 'content-range': `bytes */${size}` });
  }
  const { start, end } = range;
  const part = {
    'content-range': `bytes ${start}-${end - 1}/${size}`,
    'content-length': String(end - start),
  };
  return { status: 206, headers: { ...headers, ...part }, body: read(start, end) };
}

// Lesson 13 · files: what lies in a folder, for everybody.
//
//   GET /files/look.css          ──►  the folder lists 'look.css'         ──►  200, its bytes
//   GET /files/..\server.ts      ──►  it lists nothing of this name       ──►  404
//
// A request only looks a name up among those that the folder lists. The usual way joins the
// folder and the path of the request, and then looks whether the result leads out: by "..", by a
// link, "C:" or "CON". Whoever forgets one way has shown the whole disk. Here no path is ever made
// from what a client sends, so there is nothing to forget.

import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { empty, text, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { statusFor } from './conditions.ts';
import { etagOfStamp, fileInfoOf, type FileInfo, type Stamp } from './file-info.ts';
import { ifGone, openFile, openFolder, type StoredFile } from './folder.ts';
import { readRange } from './range.ts';

/**
 * fileRoutes('/files', folder): /files/pictures/tea.svg is the file pictures/tea.svg of that
 * folder. Throws when there is no such folder.
 */
export function fileRoutes(
  at: string,
  folder: string | URL,
  { lookAgain = 100, report = console.error } = {},
): Route[] {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  const find = openFolder(path, lookAgain, report);
  const handler = (call: Call) => {
    const file = find(call.params.name!);
    return file instanceof Promise ? file.then((late) => answer(call, late)) : answer(call, file);
  };
  return [{ method: 'GET', pattern: `${at}/*name`, handler }];
}

function answer(call: Call, file: StoredFile | undefined): Reply | Promise<Reply> {
  if (!file) return notThere(call);
  const { bytes, info } = file;
  if (!bytes) return answerLarge(call, file);
  return answerPart(call, info, (start, end) => partOf(bytes, start, end));
}

function answerPart({ request }: Call, info: FileInfo, read: Read): Reply {
  const { size, headers, version } = info;
  const status = statusFor(request.headers, info);
  if (status === 304) return empty(304, version);
  if (status === 412 || 'range' in request.headers) return answerRare(request, info, read, status);
  return { status, headers, body: read(0, size) };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Gives the bytes from `start` up to, and without, `end`. */
type Read = (start: number, end: number) => Uint8Array | Readable;

function partOf(bytes: Buffer, start: number, end: number): Buffer {
  return end - start === bytes.length ? bytes : bytes.subarray(start, end);
}

function notThere({ address }: Call): Reply {
  return text(404, `There is nothing at "${address.path}". Check the address, or begin at "/".\n`);
}

function answerRare(
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

// All that is told of a large file is read from what was opened: should another one take its place
// now, this one is still sent as it was.
async function answerLarge(call: Call, { path }: StoredFile): Promise<Reply> {
  const handle = await openFile(path).catch(ifGone);
  if (!handle) return notThere(call);
  let body: Reply['body'] = '';
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return notThere(call);
    const info = withLength(fileInfoOf(path, stat, etagOfStamp(stat)));
    const reply = answerPart(call, info, (start, end) => piecesOf(handle, start, end, stat));
    body = reply.body;
    return reply;
  } finally {
    // A stream closes its file by itself.
    if (!(body instanceof Readable)) await handle.close();
  }
}

// `send` counts the bytes that it is given; of a stream it must be told how many will come.
function withLength(info: FileInfo): FileInfo {
  return { ...info, headers: { ...info.headers, 'content-length': String(info.size) } };
}

function piecesOf(handle: FileHandle, start: number, end: number, before: Stamp): Readable {
  return Readable.from(readPieces(handle, start, end, before)).once('close', () => handle.close());
}

const PIECE = 64_000;

// A file that has become shorter ends early; `send` sees that, and cuts the answer off.
async function* readPieces(
  handle: FileHandle,
  start: number,
  end: number,
  before: Stamp,
): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, end - at));
    const { bytesRead, buffer } = await handle.read(piece, 0, undefined, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    if (at >= end) await checkUnchanged(handle, before);
    yield buffer.subarray(0, bytesRead);
  }
}

// Half of the old file and half of the new one must not pass for a whole: so the last piece waits.
async function checkUnchanged(handle: FileHandle, before: Stamp): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== before.size || mtimeMs !== before.mtimeMs) {
    throw new Error('The file was changed while it was sent, so the answer was cut off.');
  }
}

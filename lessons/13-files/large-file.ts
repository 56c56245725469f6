// Lesson 13 · large-file: a file that is too large for memory, sent piece by piece.
//
//   a video of 300 MB  ──►  64,000 bytes, 64,000 bytes, … each read when the client can take it

import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { etagOfStamp, type Stamp } from './file-etag.ts';
import { fileInfoOf, type FileInfo } from './file-info.ts';
import { answerPart, notThere } from './file-reply.ts';
import { ifGone, openFile, type StoredFile } from './stored-file.ts';

// The headers come from the opened file, too. If another file takes its name now, the headers still
// belong to the bytes.
export async function answerLarge(call: Call, { path }: StoredFile): Promise<Reply> {
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
    // A stream closes its file itself.
    if (!(body instanceof Readable)) await handle.close();
  }
}

// `send` counts bytes that it is given, but it cannot know how many a stream will bring.
function withLength(info: FileInfo): FileInfo {
  return { ...info, headers: { ...info.headers, 'content-length': String(info.size) } };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function piecesOf(handle: FileHandle, start: number, end: number, before: Stamp): Readable {
  return Readable.from(readPieces(handle, start, end, before)).once('close', () => handle.close());
}

const PIECE = 64_000;

// If the file became shorter, this ends early. `send` notices, and cuts the answer off.
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

// Half of an old file and half of a new one must not look like a whole one. So the last piece is
// sent only after this check.
async function checkUnchanged(handle: FileHandle, before: Stamp): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== before.size || mtimeMs !== before.mtimeMs) {
    throw new Error('The file was changed while it was sent, so the answer was cut off.');
  }
}

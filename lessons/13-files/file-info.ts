// Lesson 13 · file-info: the headers of a file.
//
//   look.css, 1,024 bytes, saved on 21 November
//     ──►  content-type: text/css; charset=utf-8   without it the browser ignores the style
//          etag: "q3VZt8Jk2mXo1cPd"                the version: other bytes, other etag
//          last-modified: Sat, 21 Nov 2026 08:00:00 GMT
//          cache-control: no-cache                 keep it, but ask each time if it is still valid

import type { ReplyHeaders } from '../02-reply/reply.ts';
import { typeOf } from './content-type.ts';
import type { Stamp } from './file-etag.ts';

export { typeOf } from './content-type.ts';

/** `modified`: in milliseconds. `version`: the headers of a 304. `headers`: those of a 200. */
export type FileInfo = {
  size: number;
  modified: number;
  etag: string;
  version: ReplyHeaders;
  headers: ReplyHeaders;
};

type Changed = Omit<Stamp, 'ctimeMs'>;

export function fileInfoOf(name: string, { size, mtimeMs }: Changed, etag: string): FileInfo {
  // RFC 9110, 8.8.2.1: a date must not be in the future, even if a clock was wrong.
  const modified = Math.min(mtimeMs, Date.now());
  const version: ReplyHeaders = {
    etag,
    'last-modified': new Date(modified).toUTCString(),
    'cache-control': 'no-cache',
  };
  const type = typeOf(name);
  const headers: ReplyHeaders = { 'content-type': type, 'accept-ranges': 'bytes', ...version };
  return { size, modified, etag, version, headers };
}

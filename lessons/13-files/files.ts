// Lesson 13 · files: the files of a folder, for everybody.
//
//   GET /files/look.css          ──►  the folder lists 'look.css'         ──►  200, its bytes
//   GET /files/..\server.ts      ──►  it lists nothing of this name       ──►  404
//
// A request only looks a name up among those that the folder lists. The usual way joins the folder
// and the request's path, and then checks whether the result leads out: by "..", a link, "C:" or
// "CON". If you forget one way, you have shown the whole disk. Here no path is ever made from what
// a client sends, so there is nothing to forget.

import { fileURLToPath } from 'node:url';
import type { Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { answerPart, notThere } from './file-reply.ts';
import { openFolder } from './folder.ts';
import { answerLarge } from './large-file.ts';
import type { StoredFile } from './stored-file.ts';

/**
 * fileRoutes('/files', folder): /files/pictures/tea.svg is the folder's file pictures/tea.svg.
 * Throws an Error if there is no such folder.
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

function partOf(bytes: Buffer, start: number, end: number): Buffer {
  return end - start === bytes.length ? bytes : bytes.subarray(start, end);
}

// Lesson 07 · body: what was sent with the request?
//
//   7b 22 74 65 │ 78 74 22 3a │ …  ──►  '{"text":"Very good"}'  ──►  { text: 'Very good' }
//   chunks of bytes, as they arrive      text, once all are here      a value
//
// Each step has a file of its own, and each one can refuse: content-type.ts with 415, read-bytes.ts
// with 413, parse-json.ts and parse-form.ts with 400. This file puts the steps in order.

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../06-errors/errors.ts';
import { checkType } from './content-type.ts';
import { parseForm } from './parse-form.ts';
import { checkValue, parseJson } from './parse-json.ts';
import { LIMIT, readBytes } from './read-bytes.ts';

/** The body as a value. Refuses with 400, 413 or 415. The limit is in bytes. */
export async function readJson(request: IncomingMessage, limit = LIMIT): Promise<unknown> {
  checkType(request, 'application/json');
  const text = toText(await readBytes(request, limit));
  return checkValue(parseJson(text));
}

/** The fields of a form. Refuses with 400, 413 or 415. The limit is in bytes. */
export async function readForm(
  request: IncomingMessage,
  limit = LIMIT,
): Promise<Record<string, string>> {
  checkType(request, 'application/x-www-form-urlencoded');
  const text = toText(await readBytes(request, limit));
  return parseForm(text);
}

// toString() would replace each wrong byte with a "�", and we would store that.
function toText(bytes: Buffer): string {
  if (!isUtf8(bytes)) {
    throw new Refusal(400, 'The body must be text in UTF-8, but some of its bytes are not.');
  }
  const text = bytes.toString('utf8');
  // Some programs on Windows put an invisible byte order mark in front of their text.
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

// Lesson 07 · body: what was sent with the request?
//
//   7b 22 6e 61 │ 6d 65 22 3a │ …  ──►  '{"name":"Flat white"}'  ──►  { name: 'Flat white' }
//   pieces of bytes, as they arrive      text, once all are here       a value
//
// Pieces are joined as bytes and become text once, at the end: a piece may end in the middle of an
// "é". And there is a limit. Without one, a single client could fill the memory of the server.
// `for await (const piece of request)` would read the same, and cost a fifth of the whole request.

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { decode } from '../03-address/decode.ts';
import { Refusal } from '../06-errors/errors.ts';
import { listIn } from '../06-errors/header-list.ts';

export const LIMIT = 100_000;

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

/** Refuses with 413 as soon as the limit is passed, and with 400 if the client leaves half-way. */
export function readBytes(request: IncomingMessage, limit = LIMIT): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > limit) return reject(tooLarge(limit));
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > limit) {
        stopReading(request);
        reject(tooLarge(limit));
      }
    });
    request.on('end', () => resolve(joined(pieces, length)));
    request.on('error', () => reject(brokenOff()));
    if (request.readableEnded) reject(new Error(READ_ALREADY));
    else if (request.destroyed) reject(brokenOff());
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const READ_ALREADY = 'The body has been read already: read it once, and pass the value on.';

// Nearly every body is one piece.
function joined(pieces: Buffer[], length: number): Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length);
}

function brokenOff(): Refusal {
  return new Refusal(400, 'The body broke off before its end.');
}

function tooLarge(limit: number): Refusal {
  return new Refusal(413, `The body is too large: at most ${limit} bytes are read.`);
}

// What is still under way stays unread, so that `send` can answer and then close the connection.
function stopReading(request: IncomingMessage): void {
  request.removeAllListeners('data').pause();
}

function checkType(request: IncomingMessage, wanted: string): void {
  const { 'content-type': type = '', 'content-encoding': encoding = '' } = request.headers;
  if (listIn(encoding.toLowerCase()).some((coding) => coding !== 'identity')) {
    throw new Refusal(
      415,
      `The body must come as it is, but its content-encoding was "${encoding}".`,
      { headers: { 'accept-encoding': 'identity' } },
    );
  }
  if (type === wanted) return;
  const [name, ...parameters] = listIn(type.toLowerCase(), ';');
  if (name !== wanted) {
    throw refuseType(
      wanted,
      `The content-type must be ${wanted}, but it was ${type ? `"${type}"` : 'missing'}.`,
    );
  }
  const other = charsetsIn(parameters).find((charset) => charset !== 'utf-8' && charset !== 'utf8');
  if (other !== undefined) {
    throw refuseType(wanted, `The charset must be utf-8, but it was "${other}".`);
  }
}

// RFC 9110, 5.6.6: with or without quotation marks. Of two, programs disagree which one counts.
function charsetsIn(parameters: string[]): string[] {
  return parameters.flatMap((parameter) => {
    const [, charset] = /^charset[ \t]*=[ \t]*(.*)$/.exec(parameter) ?? [];
    return charset === undefined ? [] : charset.replace(/^"(.*)"$/, '$1');
  });
}

// RFC 9110, 15.5.16: a 415 may say in "accept" what would do.
function refuseType(wanted: string, sentence: string): Refusal {
  return new Refusal(415, sentence, { headers: { accept: wanted } });
}

// toString() would put a "�" in the place of what is no UTF-8, and that would be stored.
function toText(bytes: Buffer): string {
  if (!isUtf8(bytes)) {
    throw new Refusal(400, 'The body must be text in UTF-8, but some of its bytes are not.');
  }
  const text = bytes.toString('utf8');
  // A byte order mark, which Windows likes to begin with.
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function parseJson(text: string): unknown {
  if (text === '') {
    throw new Refusal(400, 'The body is empty; it must be JSON, such as {"name":"Flat white"}.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      400,
      `The body must be JSON, but it cannot be read: ${toOneLine((error as Error).message)}.`,
    );
  }
}

function toOneLine(message: string): string {
  return message.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
}

const DEEPEST = 20;

// "__proto__" as a name of JSON is a plain field until someone copies it by assignment: then it
// replaces what all objects have in common. And what calls itself for each level runs out of stack.
function checkValue(value: unknown, levels = DEEPEST): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) {
    throw new Refusal(400, `The body is nested too deeply: at most ${DEEPEST} levels are read.`);
  }
  for (const name in value) {
    if (name === '__proto__') {
      throw new Refusal(400, 'The body must not have a field called "__proto__".');
    }
    checkValue((value as Record<string, unknown>)[name], levels - 1);
  }
  return value;
}

// The standard's own parser repairs what is broken; here that is refused, as it is in an address.
function parseForm(text: string): Record<string, string> {
  const broken = text.split('&').find((pair) => decode(pair) === undefined);
  if (broken !== undefined) {
    throw new Refusal(
      400,
      `The form field "${broken.slice(0, 100)}" cannot be read: ` +
      'each "%" must begin a code for a byte of UTF-8.',
    );
  }
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === '__proto__') {
      throw new Refusal(400, 'The form must not have a field called "__proto__".');
    }
    if (Object.hasOwn(fields, name)) {
      throw new Refusal(400, `The form has the field "${name}" twice.`);
    }
    fields[name] = value;
  }
  return fields;
}

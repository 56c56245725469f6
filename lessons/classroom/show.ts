// Showing an exchange: both sides as they went over the wire, one line under the other.
//
//   → GET /menu/7 HTTP/1.1
//   → Host: localhost:3000
//
//   ← HTTP/1.1 200 OK
//   ← Content-Type: application/json; charset=utf-8
//   ←
//   {"id":7,"name":"Flat white"}
//
// The body stands without a mark, so that it can be copied.

import { isUtf8 } from 'node:buffer';
import type { Exchange, Pairs } from './exchange.ts';
import { paint } from './paint.ts';

/** How many characters of a body are shown. */
const longest = 3000;

export function showExchange({ sent, ...answer }: Exchange): string {
  const asked = [`${sent.method} ${sent.target} HTTP/1.1`, ...lines(sent.headers), ''];
  const came = [`HTTP/${answer.httpVersion} ${answer.status} ${answer.statusMessage}`.trimEnd(), ...lines(answer.headers), ''];
  return [
    ...marked('→', sent.body.length === 0 ? asked.slice(0, -1) : asked), ...showBody(sent.body, sent.headers), '',
    ...marked('←', answer.body.length === 0 ? came.slice(0, -1) : came), ...showBody(answer.body, answer.headers),
    ...(answer.cut === undefined ? [] : [`(${answer.cut})`]),
  ].join('\n');
}

function lines(headers: Pairs): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function marked(mark: string, texts: string[]): string[] {
  return texts.map((text) => `${paint('dim', mark)} ${harmless(text)}`.trimEnd());
}

function showBody(body: Buffer, headers: Pairs): string[] {
  if (body.length === 0) return [];
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'no type';
  if (!isText(body, type)) return [`(${body.length} bytes of ${harmless(type)})`];
  const text = body.toString('utf8');
  if (text.length <= longest) return [harmless(text).trimEnd()];
  const start = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, ''); // no half of a character
  return [harmless(start), `(and ${body.length - Buffer.byteLength(start)} bytes more)`];
}

function isText(body: Buffer, type: string): boolean {
  return isUtf8(body) && !body.includes(0) && !/^(image|audio|video|font)\/(?!svg)/.test(type);
}

// A byte such as ESC would be an order to the terminal: it is shown, not obeyed.
function harmless(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

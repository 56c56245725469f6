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
  const { httpVersion, status, statusMessage, cut } = answer;
  const first = `HTTP/${httpVersion} ${status} ${statusMessage}`.trimEnd();
  return [
    ...showMessage('→', `${sent.method} ${sent.target} HTTP/1.1`, sent),
    '',
    ...showMessage('←', first, answer),
    ...(cut === undefined ? [] : [`(${cut})`]),
  ].join('\n');
}

type Message = { headers: Pairs; body: Buffer };

function showMessage(mark: string, first: string, { headers, body }: Message): string[] {
  const head = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (body.length > 0) head.push('');
  const marked = head.map((line) => `${paint('dim', mark)} ${harmless(line)}`.trimEnd());
  return [...marked, ...showBody(body, headers)];
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
  const lines = text.replace(/\r\n/g, '\n');
  return lines.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => {
    return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

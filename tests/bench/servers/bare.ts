// The measure of all others: node:http and nothing else, written for these three requests.
//
//   GET /  GET /menu/42  POST /menu  ──►  the fewest lines that send the right bytes
//
// The body is gathered by events and joined once, which is the fastest that is known here. Its type
// and its length are looked at, as every server must that is open to others.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { checkItem, findItem, hello, saveItem } from '../cafe.ts';

createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/') answer(response, 200, 'text/plain; charset=utf-8', hello);
  else if (request.method === 'GET' && request.url!.startsWith('/menu/')) answerItem(request, response);
  else if (request.method === 'POST' && request.url === '/menu') takeItem(request, response);
  else answer(response, 404, 'text/plain; charset=utf-8', 'Not found');
}).listen(0, '127.0.0.1');

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function answerItem(request: IncomingMessage, response: ServerResponse): void {
  const item = findItem(request.url!.slice('/menu/'.length));
  if (item) answer(response, 200, 'application/json', JSON.stringify(item));
  else answer(response, 404, 'text/plain; charset=utf-8', 'Not found');
}

function takeItem(request: IncomingMessage, response: ServerResponse): void {
  const { 'content-type': type, 'content-length': declared = 0 } = request.headers;
  if (type !== 'application/json') return answer(response, 415, 'text/plain; charset=utf-8', 'Not JSON');
  if (Number(declared) > 100_000) return answer(response, 413, 'text/plain; charset=utf-8', 'Too large');
  const pieces: Buffer[] = [];
  let length = 0;
  request.on('data', (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length > 100_000) request.destroy();
  });
  request.on('end', () => {
    const item = readItem(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
    if (item) answer(response, 201, 'application/json', JSON.stringify(saveItem(item)));
    else answer(response, 422, 'text/plain; charset=utf-8', 'Not an item');
  });
}

function readItem(bytes: Buffer) {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return checkItem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

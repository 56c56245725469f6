// A café on node:http and nothing else, written for these six requests: the measure of all others.
//
//   bareServer(readText)  ──►  GET /  GET /menu/42  POST /menu  GET /files/look.css,
//                              GET /menu, GET /api/accounts/42, in the fewest lines that
//                              send the right bytes
//
// How it reads a body is left open, since there are two ways: see servers/bare.ts and servers/events.ts.
// Type and length of a body are looked at, as every server must that is open to others. The file is
// read once and sent from memory, with the headers that let a client keep it. Who asks is not looked
// at: what sessions and rights cost should show.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ada, checkItem, findItem, folder, hello, menuHtml, saveItem } from './cafe.ts';

/** Gives undefined for a body of more than 100 KB. */
export type ReadText = (request: IncomingMessage) => Promise<string | undefined>;

export const limit = 100_000;

export function bareServer(readText: ReadText): void {
  createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/') answer(response, 200, 'text/plain; charset=utf-8', hello);
    else if (request.method === 'GET' && request.url!.startsWith('/menu/')) answerItem(request, response);
    else if (request.method === 'GET' && request.url === '/files/look.css') answerFile(request, response);
    else if (request.method === 'GET' && request.url === '/menu') answer(response, 200, 'text/html; charset=utf-8', page);
    else if (request.method === 'GET' && request.url === '/api/accounts/42') answerAda(response);
    else if (request.method === 'POST' && request.url === '/menu') takeItem(request, response, readText);
    else answer(response, 404, 'text/plain; charset=utf-8', 'Not found');
  }).listen(0, '127.0.0.1');
}

/** Made once: bare here means that nothing but the bytes has to be sent. */
const page = menuHtml();

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function answerItem(request: IncomingMessage, response: ServerResponse): void {
  const item = findItem(request.url!.slice('/menu/'.length));
  if (item) answer(response, 200, 'application/json', JSON.stringify(item));
  else answer(response, 404, 'text/plain; charset=utf-8', 'Not found');
}

function answerAda(response: ServerResponse): void {
  const body = JSON.stringify(ada);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  response.end(body);
}

const file = `${folder}/files/look.css`;
const bytes = readFileSync(file);
const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
const headers = {
  'content-type': 'text/css; charset=utf-8',
  'content-length': bytes.length,
  'accept-ranges': 'bytes',
  etag,
  'last-modified': statSync(file).mtime.toUTCString(),
  'cache-control': 'no-cache',
};

function answerFile(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag });
    response.end();
  } else {
    response.writeHead(200, headers);
    response.end(bytes);
  }
}

async function takeItem(request: IncomingMessage, response: ServerResponse, readText: ReadText): Promise<void> {
  const { 'content-type': type, 'content-length': declared = 0 } = request.headers;
  if (type !== 'application/json') return answer(response, 415, 'text/plain; charset=utf-8', 'Not JSON');
  if (Number(declared) > limit) return answer(response, 413, 'text/plain; charset=utf-8', 'Too large');
  const body = await readText(request);
  if (body === undefined) return answer(response, 413, 'text/plain; charset=utf-8', 'Too large');
  const item = readItem(body);
  if (item) answer(response, 201, 'application/json', JSON.stringify(saveItem(item)));
  else answer(response, 422, 'text/plain; charset=utf-8', 'Not an item');
}

function readItem(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return checkItem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

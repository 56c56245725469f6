// Is the comparison fair? Every server gives the same answers, byte for byte, and refuses nonsense.
//
//   checkAnswers('koa', 43817)  ──►  nothing, or: Error: koa answers GET text with …
//
// Media type and body must be the same; "; charset=utf-8" behind application/json is each one's habit.

import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { cases, isAsked, nonsense, stranger, type Case } from './cases.ts';

const file = cases.find(({ type }) => type === 'text/css')!.request;

type Answer = Pick<Case, 'status' | 'type' | 'body'> & { length: number };

export async function checkAnswers(server: string, port: number): Promise<void> {
  for (const { name, request, status, type, body } of cases.filter((one) => isAsked(one, server))) {
    const expected: Answer = { status, type, length: Buffer.byteLength(body), body };
    const answer = readAnswer(await ask(port, request));
    if (JSON.stringify(answer) !== JSON.stringify(expected)) throw new Error(`${server} answers ${name} with ${JSON.stringify(answer)}, but it must be ${JSON.stringify(expected)}.`);
  }
  const { status } = readAnswer(await ask(port, nonsense));
  if (status !== 400 && status !== 422) throw new Error(`${server} must refuse a price of "3,40" with 400 or 422, but it answered ${status}.`);
  await checkEtag(server, port);
  if (server === 'ours') await checkDoor(port);
}

/** Ours says that it looks at who asks. (Bare does not: its bytes alone are the measure.) */
async function checkDoor(port: number): Promise<void> {
  const { status } = readAnswer(await ask(port, stranger));
  if (status !== 401) throw new Error(`ours must answer 401 to who is not logged in, but it answered ${status}.`);
}

/** Whoever sends an etag looks at it when it comes back. (Hono and Koa send none with a file.) */
async function checkEtag(server: string, port: number): Promise<void> {
  const [etag] = /(?<=^etag: *)\S.*$/im.exec(await ask(port, file)) ?? [];
  if (etag === undefined) return;
  const { status } = readAnswer(await ask(port, file.replace('\r\n\r\n', `\r\nif-none-match: ${etag}\r\n\r\n`)));
  if (status !== 304) throw new Error(`${server} must answer 304 to who has the file already, but it answered ${status}.`);
}

function ask(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'));
  return readAll(socket);
}

export function readAnswer(answer: string): Answer {
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    type: /^content-type: *([^;\r\n]*)/im.exec(head)?.[1] ?? '',
    length: Number(/^content-length: *(\d+)/im.exec(head)?.[1]),
    body,
  };
}

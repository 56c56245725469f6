// An exchange: one request exactly as written, and all that came back.
//
//   sendRequest('http://localhost:3000', { method: 'GET', target: '/menu/7', … })
//     ──►  { sent: { method: 'GET', target: '/menu/7', … }, status: 200, headers: [['Content-Type', …]], body: <bytes> }
//
// fetch() would tidy the target ("/a/../b" becomes "/b") before the server sees it; node:http
// sends it as it is. Every header is set here, so that what is shown is what was sent.

import { request as openRequest, type IncomingMessage } from 'node:http';
import { Advice } from './advice.ts';
import { wallClock, type Clock } from './patience.ts';

export type Pairs = [name: string, value: string][];

export type Exchange = {
  sent: { method: string; target: string; headers: Pairs; body: Buffer };
  status: number;
  statusMessage: string;
  httpVersion: string;
  headers: Pairs;
  body: Buffer;
  /** Why the body is not whole; undefined when it is. */
  cut: string | undefined;
};

/** In milliseconds: of the server's own, where its clock is given. */
export type Waits = { forAnswer: number; forEnd: number; clock?: Clock; /** Ends the waiting at once. */ stop?: AbortSignal };

export const patience: Waits = { forAnswer: 10_000, forEnd: 1500 };

export type Sendable = {
  method: string;
  target: string;
  headers: Pairs;
  body: string | Buffer;
  /** Instead of a body: sent chunked, so that each piece arrives by itself. */
  pieces?: Buffer[] | undefined;
};
type Answer = Omit<Exchange, 'sent'>;

/** Throws Advice when no answer comes, or when Node cannot send the request. */
export async function sendRequest(url: string, request: Sendable, waits: Waits = patience): Promise<Exchange> {
  const sent = prepare(new URL(url), request);
  return { sent, ...await exchange(new URL(url), sent, request.pieces ?? [sent.body], waits) };
}

function prepare(url: URL, request: Sendable): Exchange['sent'] {
  const withHost = (text: string) => text.replaceAll('{{host}}', url.origin);
  const body = request.pieces ? Buffer.concat(request.pieces) : typeof request.body === 'string' ? Buffer.from(withHost(request.body)) : request.body;
  const headers: Pairs = request.headers.map(([name, value]) => [name, withHost(value)]);
  if (request.pieces) headers.push(['Transfer-Encoding', 'chunked']);
  return { method: request.method, target: encode(request.target), headers: complete(headers, url, request.method, body), body };
}

// Only what cannot stand in a request line at all is percent-encoded, as every client does.
function encode(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text));
}

function complete(headers: Pairs, url: URL, method: string, body: Buffer): Pairs {
  const has = (name: string) => headers.some(([other]) => other.toLowerCase() === name);
  const host: Pairs = has('host') ? [] : [['Host', url.host]];
  const connection: Pairs = has('connection') ? [] : [['Connection', 'close']];
  const needsLength = body.length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method);
  const length: Pairs = !needsLength || has('content-length') || has('transfer-encoding') ? [] : [['Content-Length', String(body.length)]];
  return [...host, ...headers, ...length, ...connection];
}

function exchange(url: URL, { method, target, headers }: Exchange['sent'], pieces: Buffer[], waits: Waits): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const refuse = (error: Error) => reject(new Advice(`${method} ${target} could not be sent to ${url.origin}: ${reason(error)}`));
    try {
      const request = openRequest({ hostname, port: url.port || 80, method, path: target, headers: headers.flat(), agent: false });
      const { clock = wallClock, forAnswer } = waits;
      const isHere = clock.alarm(forAnswer, () => {
        request.destroy(new Error(`no answer came within ${forAnswer / 1000} seconds. Does the server end every answer?`));
      });
      request.once('close', isHere).on('error', refuse);
      const giveUp = () => request.destroy(new Error('no answer came.'));
      waits.stop?.addEventListener('abort', giveUp, { once: true });
      request.once('response', (response) => {
        isHere();
        waits.stop?.removeEventListener('abort', giveUp);
        void readAnswer(response, waits).then((answer) => { request.destroy(); resolve(answer); });
      });
      for (const piece of pieces) if (piece.length > 0) request.write(piece);
      request.end();
    } catch (error) {
      refuse(error as Error);
    }
  });
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'nobody listens there.';
  if (error.code === 'ECONNRESET') return 'the server closed the connection without an answer.';
  return /[.?!]$/.test(error.message) ? error.message : `${error.message}.`;
}

// An answer that never ends (a live stream) is read for a while and then cut.
function readAnswer(response: IncomingMessage, { forEnd, stop, clock = wallClock }: Waits): Promise<Answer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const finish = (cut?: string) => { isOver(); resolve(answerOf(response, Buffer.concat(pieces), cut)); };
    const isOver = clock.alarm(forEnd, () => finish(`The answer goes on; it was cut after ${forEnd / 1000} seconds.`));
    response.on('data', (piece) => pieces.push(piece)).on('error', () => {});
    stop?.addEventListener('abort', () => finish('The answer began and did not end.'), { once: true });
    response.once('end', () => finish());
    response.once('close', () => finish('The server closed the connection in the middle of the answer.'));
  });
}

function answerOf(response: IncomingMessage, body: Buffer, cut: string | undefined): Answer {
  const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response;
  const headers = rawHeaders.flatMap((name, index): Pairs => index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []);
  return { status: statusCode, statusMessage, httpVersion, headers, body, cut };
}

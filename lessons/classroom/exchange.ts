// An exchange: one request exactly as written, and all that came back.
//
//   sendRequest('http://localhost:3000', { method: 'GET', target: '/menu/7', … })
//     ──►  { sent: { method: 'GET', target: '/menu/7', … },
//            status: 200, headers: [['Content-Type', …]], body: <bytes> }
//
// fetch() would tidy the target ("/a/../b" becomes "/b") before the server sees it; node:http
// sends it as it is. Every header is set here, so that what is shown is what was sent.

import { request as openRequest, type ClientRequest, type IncomingMessage } from 'node:http';
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
export type Waits = {
  forAnswer: number;
  forEnd: number;
  clock?: Clock;
  /** Ends the waiting at once. */
  stop?: AbortSignal;
  /** Told of each piece of the body that comes. */
  onPiece?: () => void;
};

export const patience: Waits = { forAnswer: 10_000, forEnd: 1500 };

export type Sendable = {
  method: string;
  target: string;
  headers: Pairs;
  body: string | Buffer;
  /** Instead of a body: sent chunked, so that each piece arrives by itself. */
  pieces?: Buffer[] | undefined;
};
type Sent = Exchange['sent'];
type Answer = Omit<Exchange, 'sent'>;

/** Throws Advice when no answer comes, or when Node cannot send the request. */
export async function sendRequest(
  url: string,
  request: Sendable,
  waits: Waits = patience,
): Promise<Exchange> {
  const sent = prepare(new URL(url), request);
  return { sent, ...await exchange(new URL(url), sent, request.pieces ?? [sent.body], waits) };
}

function prepare(url: URL, request: Sendable): Sent {
  const { method, target } = request;
  const withHost = (text: string) => text.replaceAll('{{host}}', url.origin);
  const headers: Pairs = request.headers.map(([name, value]) => [name, withHost(value)]);
  if (request.pieces) headers.push(['Transfer-Encoding', 'chunked']);
  const sent = { method, target: encode(target), headers, body: bodyOf(request, withHost) };
  return { ...sent, headers: complete(sent, url) };
}

function bodyOf({ pieces, body }: Sendable, withHost: (text: string) => string): Buffer {
  if (pieces) return Buffer.concat(pieces);
  return typeof body === 'string' ? Buffer.from(withHost(body)) : body;
}

// Only what cannot stand in a request line at all is percent-encoded, as every client does.
function encode(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text));
}

const withoutBody = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

function complete({ method, headers, body }: Sent, url: URL): Pairs {
  const has = (name: string) => headers.some(([other]) => other.toLowerCase() === name);
  const host: Pairs = has('host') ? [] : [['Host', url.host]];
  const connection: Pairs = has('connection') ? [] : [['Connection', 'close']];
  const needsLength = body.length > 0 || !withoutBody.includes(method);
  const isDelimited = has('content-length') || has('transfer-encoding');
  const length: Pairs = [['Content-Length', String(body.length)]];
  return [...host, ...headers, ...(needsLength && !isDelimited ? length : []), ...connection];
}

function exchange(url: URL, sent: Sent, pieces: Buffer[], waits: Waits): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(new Advice(notSent(url, sent, error)));
    try {
      const request = open(url, sent).on('error', refuse);
      onceAnswered(request, waits, async (response) => {
        const answer = await readAnswer(response, waits);
        request.destroy();
        resolve(answer);
      });
      for (const piece of pieces) if (piece.length > 0) request.write(piece);
      request.end();
    } catch (error) {
      refuse(error as Error);
    }
  });
}

function open(url: URL, { method, target, headers }: Sent): ClientRequest {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port || 80;
  return openRequest({
    hostname, port, method, path: target, headers: headers.flat(), agent: false,
  });
}

type OnAnswer = (response: IncomingMessage) => Promise<void>;

/** Ends the request when no answer comes in time, or nobody waits for it any more. */
function onceAnswered(request: ClientRequest, waits: Waits, onAnswer: OnAnswer): void {
  const { clock = wallClock, forAnswer } = waits;
  const isHere = clock.alarm(forAnswer, () => request.destroy(new Error(noAnswer(waits))));
  const giveUp = () => request.destroy(new Error('no answer came.'));
  waits.stop?.addEventListener('abort', giveUp, { once: true });
  request.once('close', isHere);
  request.once('response', (response) => {
    isHere();
    waits.stop?.removeEventListener('abort', giveUp);
    void onAnswer(response);
  });
}

function notSent({ origin }: URL, { method, target }: Sent, error: Error): string {
  return `${method} ${target} could not be sent to ${origin}: ${reason(error)}`;
}

function noAnswer({ forAnswer }: Waits): string {
  return `no answer came within ${forAnswer / 1000} seconds. Does the server end every answer?`;
}

function reason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'nobody listens there.';
  if (error.code === 'ECONNRESET') return 'the server closed the connection without an answer.';
  return /[.?!]$/.test(error.message) ? error.message : `${error.message}.`;
}

// An answer that never ends (a live stream) is read for a while and then cut.
function readAnswer(response: IncomingMessage, waits: Waits): Promise<Answer> {
  const { forEnd, stop, clock = wallClock } = waits;
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const finish = (cut?: string) => {
      isOver();
      resolve(answerOf(response, Buffer.concat(pieces), cut));
    };
    const isOver = clock.alarm(forEnd, () => finish(cutAfter(forEnd)));
    response.on('data', (piece) => pieces.push(piece)).on('error', () => {});
    if (waits.onPiece) response.on('data', waits.onPiece);
    stop?.addEventListener('abort', () => finish(noEnd), { once: true });
    response.once('end', () => finish());
    response.once('close', () => finish(closedEarly));
  });
}

const noEnd = 'The answer began and did not end.';
const closedEarly = 'The server closed the connection in the middle of the answer.';

function cutAfter(milliseconds: number): string {
  return `The answer goes on; it was cut after ${milliseconds / 1000} seconds.`;
}

function answerOf(response: IncomingMessage, body: Buffer, cut: string | undefined): Answer {
  const { statusCode: status = 0, statusMessage = '', httpVersion, rawHeaders } = response;
  return { status, statusMessage, httpVersion, headers: pairsOf(rawHeaders), body, cut };
}

/** ['Allow', 'GET', 'Vary', 'Accept'] becomes [['Allow', 'GET'], ['Vary', 'Accept']]. */
function pairsOf(flat: string[]): Pairs {
  const pairs: Pairs = [];
  for (let index = 0; index < flat.length; index += 2) {
    pairs.push([flat[index]!, flat[index + 1] ?? '']);
  }
  return pairs;
}

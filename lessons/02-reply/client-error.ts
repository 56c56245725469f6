// Lesson 02 · client-error: the answer to bytes that are not HTTP.
//
//   BREW /menu HTTP/1.1     ──►  501, "This server does not know that method. …"
//   GET /menu HTTP/1.1 … x  ──►  200 and the menu, then 400 for the "x", then the connection ends
//
// Bytes that are not HTTP never become a request, so no handler can answer them. Node reports them
// as a "clientError" and leaves the connection to us. Earlier requests on the same connection might
// still be waiting for their answers. Those go out first, whole and in their order.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from './reply.ts';
import { send } from './send.ts';

export function answerClientErrors(server: Server): void {
  server.on('request', keepResponse);
  server.on('checkExpectation', answerExpectation);
  server.on('clientError', (error, socket) => answerByHand(socket as Socket, error));
  server.on('connect', (_request, socket) => answerByHand(socket.resume() as Socket, NO_PROXY));
}

// The responses of a connection, oldest first. The next request removes those that are over.
const responses = new WeakMap<Socket, ServerResponse[]>();

function keepResponse({ socket }: IncomingMessage, response: ServerResponse): void {
  const kept = responses.get(socket);
  if (!kept) return void responses.set(socket, [response]);
  while (kept[0]?.destroyed) kept.shift();
  kept.push(response);
}

function answerByHand(socket: Socket, problem: ClientError | Answer): void {
  if (!socket.writable || isOurs(socket)) return;
  takeOver(socket);
  const kept = responses.get(socket) ?? [];
  const last = kept.at(-1);
  const answer = 'status' in problem ? problem : answerTo(problem, last);
  // If the last request is incomplete, it is the bad one. All the others still get their answer.
  if (!last || last.req.complete) whenOver(kept, () => close(socket, answer));
  else whenOver(kept.slice(0, -1), () => answerIncomplete(socket, last, answer));
}

function answerIncomplete(socket: Socket, response: ServerResponse, answer: Answer): void {
  if (!response.headersSent) close(socket, answer, response.req.method);
  else if (response.writableEnded) whenOver([response], () => close(socket));
  else close(socket); // Half an answer is out: nothing else can be written into it.
}

function whenOver(kept: ServerResponse[], next: () => void): void {
  const first = kept.find((response) => !response.destroyed);
  if (first) first.once('close', () => whenOver(kept, next));
  else next();
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// The connections that we close ourselves: Node reports one bad request several times.
const ours = new WeakSet<Socket>();

function isOurs(socket: Socket): boolean {
  return ours.has(socket);
}

function takeOver(socket: Socket): void {
  ours.add(socket);
  socket.on('error', () => {}); // The client might be gone already.
  // Node would close our side together with the client's, and the last answers would be lost.
  socket.removeAllListeners('end');
  // A client that has only stopped sending replies to these probes. One that is gone does not.
  socket.setKeepAlive(true, PROBE_MILLISECONDS);
}

const PROBE_MILLISECONDS = 1_000;
const CLOSE_MILLISECONDS = 2_000;

function close(socket: Socket, answer?: Answer, method?: string): void {
  if (socket.writable) socket.end(answer ? written(answer, method) : '');
  // A client that never closes its side would keep the connection forever.
  setTimeout(() => socket.destroy(), CLOSE_MILLISECONDS).unref();
}

function written({ status, sentence }: Answer, method?: string): string {
  const body = `${sentence}\n`;
  return [
    `HTTP/1.1 ${status}`,
    'content-type: text/plain; charset=utf-8',
    `date: ${new Date().toUTCString()}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    method === 'HEAD' ? '' : body,
  ].join('\r\n');
}

type Answer = { status: string; sentence: string };

/** `rawPacket` holds the bytes that just arrived; the first `bytesParsed` of them were good. */
type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer; bytesParsed?: number };

const UNKNOWN_METHOD: Answer = {
  status: '501 Not Implemented',
  sentence: 'This server does not know that method. ' +
    'It knows GET, POST, PUT, DELETE and their relatives, written in capital letters.',
};
const NO_PROXY: Answer = {
  status: '501 Not Implemented',
  sentence: 'This server is not a proxy, so it connects you to no other.',
};
const NOT_HTTP: Answer = {
  status: '400 Bad Request',
  sentence: 'This is not a request that HTTP/1.1 knows. ' +
    'It begins with a line such as "GET /menu HTTP/1.1".',
};
const NO_TLS: Answer = {
  status: '400 Bad Request',
  sentence: 'This server speaks HTTP without encryption: ' +
    'write http:// instead of https:// in the address.',
};
const STRAY: Answer = {
  status: '400 Bad Request',
  sentence: 'After the last request came bytes that do not begin another one. ' +
    'Does its content-length count characters? It must count bytes: "Zoë" has 4.',
};
const BAD_BODY: Answer = {
  status: '400 Bad Request',
  sentence: 'The body of this request does not have the form that its headers promise.',
};
const LENGTH_ONCE: Answer = {
  status: '400 Bad Request',
  sentence: 'The content-length must come once, and be a whole number: that of the bytes.',
};

// Node's names for the other reasons, and the status of each (RFC 9110, 15.5; RFC 6585, 5).
const ANSWERS: Record<string, Answer> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    sentence:
      'The address and the headers of this request are too large together: 16 KB is the most.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    sentence: 'The chunks of this body have extensions of more than 16 KB. Leave them out.',
  },
  HPE_INVALID_URL: {
    status: '400 Bad Request',
    sentence: 'The address holds a character that must be written as a percent-code, ' +
      'such as %20 for a space or %C3%A9 for "é".',
  },
  HPE_INVALID_HEADER_TOKEN: {
    status: '400 Bad Request',
    sentence: 'A line of the headers cannot be read. ' +
      'Each is a name, a colon and a value, such as "accept: text/html".',
  },
  HPE_INVALID_CONTENT_LENGTH: LENGTH_ONCE,
  HPE_UNEXPECTED_CONTENT_LENGTH: LENGTH_ONCE,
  HPE_INVALID_TRANSFER_ENCODING: {
    status: '400 Bad Request',
    sentence: 'A body has either a content-length or the transfer-encoding "chunked": ' +
      'never both, and no other coding.',
  },
  HPE_INVALID_EOF_STATE: {
    status: '400 Bad Request',
    sentence: 'The connection was closed before the whole request had arrived.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    sentence: 'The request took too long to arrive. Please send it again.',
  },
};

function answerTo(error: ClientError, last?: ServerResponse): Answer {
  const isHead = !last || last.req.complete;
  if (!isHead && error.code === 'HPE_INVALID_HEADER_TOKEN') return BAD_BODY;
  const known = ANSWERS[error.code ?? ''];
  if (known) return known;
  if (!isHead) return BAD_BODY;
  if (error.code !== 'HPE_INVALID_METHOD') return NOT_HTTP;
  return answerToStart(error, last !== undefined);
}

const METHOD_AND_ADDRESS = /^[!#$%&'*+.^_`|~\w-]* (?:[/*]|https?:)/i;
const TLS_HANDSHAKE = 0x16;

// These bytes are where a request must begin: an unknown method, another protocol, or leftovers.
function answerToStart({ rawPacket, bytesParsed }: ClientError, isUsed: boolean): Answer {
  const rest = rawPacket?.subarray(bytesParsed) ?? Buffer.of();
  if (METHOD_AND_ADDRESS.test(rest.toString('latin1'))) return UNKNOWN_METHOD;
  if (isUsed) return STRAY;
  return rest[0] === TLS_HANDSHAKE ? NO_TLS : NOT_HTTP;
}

function answerExpectation(request: IncomingMessage, response: ServerResponse): void {
  keepResponse(request, response);
  const { expect } = request.headers;
  const sentence = `This server cannot do what the header "expect" asks for: "${expect}".`;
  send(response, text(417, `${sentence}\n`));
}

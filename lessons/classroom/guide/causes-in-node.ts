// What Node refuses, by the code of its error.
//
//   ERR_INVALID_CHAR, in header content ["location"]  ──►  'header-with-line-break'

import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Cause, Explained, Failure } from './cause.ts';
import { isOwnPort, listenPlace } from './listen.ts';
import { entry, fileName, lineIn, placeOf, type Place } from './place.ts';
import { findLine, lineAt, literally } from './source.ts';
import type { Slip } from './tell.ts';
import { answeredTwice } from './twice.ts';

type NodeError = NodeJS.ErrnoException & {
  port?: number;
  address?: string;
  input?: string;
  path?: string;
  errors?: NodeError[];
};
type NodeFailure = Failure & { error: NodeError };

/** The same cause for one or more codes. */
function on(codes: string, cause: (failure: NodeFailure) => Explained): Cause {
  const known = codes.split(' ');
  return (failure) => (known.includes(failure.error.code ?? '') ? cause(failure) : undefined);
}

const headersSent = on('ERR_HTTP_HEADERS_SENT', ({ visit, place, message }) => {
  const name = visit?.name ?? 'The request';
  if (visit?.ended) return answeredTwice(name, placeOf(visit.ended), place);
  const first = lineIn(placeOf(visit?.began), place);
  return message.includes('write headers') ? twoHeads(name, first) : headerTooLate(name, first);
});

function twoHeads(name: string, first: string): Slip {
  return {
    code: 'two-heads',
    what: `The answer to ${name} was begun twice.`,
    why: `Status and headers went out in ${first}, and an answer has only one head.`,
    try: 'Decide first, and call writeHead() once; ' +
      'a "return" may be missing between the two.',
    lesson: 2,
  };
}

function headerTooLate(name: string, first: string): Slip {
  return {
    code: 'header-too-late',
    what: `A header of the answer to ${name} was set too late.`,
    why: `The head goes out before the body, and the body began in ${first}.`,
    try: `Move this line above ${first}.`,
    lesson: 2,
  };
}

const wrongChunk = on('ERR_INVALID_ARG_TYPE ERR_STREAM_NULL_VALUES', (failure) => {
  const { message, visit, error } = failure;
  if (!message.includes('"chunk"') && error.code !== 'ERR_STREAM_NULL_VALUES') return undefined;
  const [, kind = 'null'] = /Received (.*)$/s.exec(message) ?? [];
  return explainChunk(kind, methodOf(failure), visit?.name ?? 'the request');
});

function methodOf({ place, error }: NodeFailure): string {
  const [, caller] = String(error.stack).split('\n');
  return /\.end\(/.test(lineAt(place)) || /\bend\b/.test(String(caller)) ? 'end()' : 'write()';
}

function explainChunk(kind: string, method: string, name: string): Slip {
  const given = (what: string) => `${method} was given ${what} as the answer to ${name}.`;
  if (/Promise/.test(kind)) return promiseAsAnswer(given('a promise'));
  const [simple] = /number|boolean|bigint/.exec(kind) ?? [];
  if (simple !== undefined) return numberAsAnswer(given(`a ${simple}`));
  if (/undefined|null/.test(kind)) return nothingAsAnswer(given(kind));
  return objectAsAnswer(given(/Array/.test(kind) ? 'a list' : 'an object'));
}

function promiseAsAnswer(what: string): Slip {
  return {
    code: 'await-forgotten',
    what,
    why: 'A promise is not the value but the word that it will come.',
    try: 'Write "await" before the call that gives the promise, ' +
      'and "async" before the handler.',
    lesson: 6,
  };
}

const noGuess = 'What goes to the client is text or bytes, ' +
  'and Node does not guess how a value shall become text.';

function numberAsAnswer(what: string): Slip {
  return {
    code: 'number-as-answer',
    what,
    why: noGuess,
    try: 'Make text of it: String(price).',
    lesson: 2,
  };
}

function nothingAsAnswer(what: string): Slip {
  return {
    code: 'nothing-as-answer',
    what,
    why: 'A variable that has no value yet cannot be sent.',
    try: 'Print it just before, with console.log(), ' +
      'and follow where it should get its value.',
    lesson: 2,
  };
}

function objectAsAnswer(what: string): Slip {
  return {
    code: 'object-as-answer',
    what,
    why: noGuess,
    try: 'Make JSON of it: res.end(JSON.stringify(value)).',
    lesson: 2,
  };
}

const badStatus = on('ERR_HTTP_INVALID_STATUS_CODE', ({ message }) => ({
  code: 'status-not-a-number',
  what: `The status was ${/: (.*)$/.exec(message)?.[1] ?? 'no status'}.`,
  why: 'A status is a whole number from 100 to 999; ' +
    'its words, such as "Not Found", are added by Node.',
  try: 'Write res.statusCode = 404, or res.writeHead(404).',
  lesson: 2,
}));

const badHeader = on('ERR_INVALID_CHAR', ({ message }) => {
  const [, name = 'x'] = /\["(.*)"\]/.exec(message) ?? [];
  return {
    code: 'sign-in-header',
    what: `The header "${name}" holds a sign that a header cannot hold.`,
    why: 'A line break would begin a new header, ' +
      'and a sign such as "☕" has no place in one line of plain letters.',
    try: 'Put the value through encodeURIComponent(), ' +
      'and never send on unchecked what a guest has typed.',
    lesson: 2,
  };
});

const noHeaderValue = on('ERR_HTTP_INVALID_HEADER_VALUE', ({ message }) => ({
  code: 'header-without-value',
  what: `The header ${/"[^"]*"$/.exec(message)?.[0] ?? ''} was given undefined.`,
  why: 'A header needs a value, and the variable had none.',
  try: 'Print it just before, with console.log(), ' +
    'or leave the header out when there is nothing to say.',
  lesson: 2,
}));

const badUrl = on('ERR_INVALID_URL', ({ error: { input = '' } }) => {
  const what = `new URL("${input}") could not be made.`;
  return input.startsWith('/') ? urlWithoutBase(what) : urlNotReadable(what);
});

function urlWithoutBase(what: string): Slip {
  return {
    code: 'url-without-base',
    what,
    why: 'request.url is only the end of an address, from the "/" on, ' +
      'and a URL needs its beginning too.',
    try: "Give it one: new URL(request.url, 'http://localhost').",
    lesson: 3,
  };
}

function urlNotReadable(what: string): Slip {
  return {
    code: 'url-not-readable',
    what,
    why: 'This text is not an address with all its parts.',
    try: 'Look whether it begins with http://; ' +
      'of what a guest sends, ask URL.canParse(text) first.',
    lesson: 3,
  };
}

const portTaken = on('EADDRINUSE', ({ error: { port = 0 } }) => {
  return isOwnPort(port) ? portTakenByItself(port) : portTakenByAnother(port);
});

function portTakenByItself(port: number): Explained {
  return {
    code: 'port-taken-by-itself', at: listenPlace(),
    what: `The program listens on port ${port} twice.`,
    why: 'A port belongs to one server, ' +
      'and this program has given it to another one already.',
    try: 'Keep one server, or give the second one a port of its own.',
    lesson: 1,
  };
}

function portTakenByAnother(port: number): Explained {
  return {
    code: 'port-taken', at: listenPlace(),
    what: `Port ${port} is taken.`,
    why: 'Another program listens there already; often it is this server in another terminal.',
    try: 'End that one with Ctrl+C, or take another port.',
    lesson: 1,
  };
}

const portForbidden = on('EACCES', ({ error: { port, syscall } }) => {
  if (syscall !== 'listen') return undefined;
  return {
    code: 'port-forbidden', at: listenPlace(),
    what: `This system does not let you open port ${port}.`,
    why: 'Ports below 1024 are for the system.',
    try: 'Take 3000.',
    lesson: 2,
  };
});

const badPort = on('ERR_SOCKET_BAD_PORT', ({ message }) => {
  const [, port = ''] = /Received (?:type \w+ \()?(.*?)\)?\.?$/.exec(message) ?? [];
  return {
    code: 'port-out-of-range',
    what: `There is no port ${port}.`,
    why: 'A port is a whole number from 0 to 65535.',
    try: 'Take 3000.',
    lesson: 1,
  };
});

const noFile = on('ENOENT', ({ error: { path = '' }, place }) => {
  const at = place ?? findLine(new RegExp(`['"\`]${literally(path)}['"\`]`));
  const isBeside = path !== '' && !isAbsolute(path) && existsSync(join(dirname(entry()), path));
  return isBeside ? fileBesideProgram(path, at) : fileNotThere(path, at);
});

function fileNotThere(path: string, at: Place | undefined): Explained {
  return {
    code: 'file-not-there', at,
    what: `There is no file "${path === '' ? '' : fileName(path)}".`,
    why: 'The program asked for it, and nothing caught the error.',
    try: 'Compare the name with the one on the disk, letter by letter; ' +
      'if it may be missing, catch the error and answer 404.',
    lesson: 6,
  };
}

function fileBesideProgram(path: string, at: Place | undefined): Explained {
  return {
    code: 'file-beside-program', at,
    what: `There is no file "${path}" in the folder where the program was started.`,
    why: `A path is seen from there, not from the program, which has ${basename(path)} beside it.`,
    try: `Write new URL('./${path.replace(/^\.\//, '')}', import.meta.url).`,
    lesson: 11,
  };
}

const nobodyThere = on('ECONNREFUSED', ({ error, place }) => whenRefused(error, place));

/** fetch() hides the reason in `cause`. */
const fetchFailed: Cause = ({ error, message, place }) => {
  const cause = error.cause as NodeError | undefined;
  if (message !== 'fetch failed' || cause?.code !== 'ECONNREFUSED') return undefined;
  return whenRefused(cause, place);
};

function whenRefused(error: NodeError, at: Place | undefined): Explained {
  const { address = 'localhost', port } = error.errors?.[0] ?? error;
  const isSix = address === '::1';
  return {
    code: 'nobody-listens', at: at ?? findLine(/\b(?:fetch|https?\.(?:get|request))\(/),
    what: `Nobody listens at ${address}, port ${port}.`,
    why: isSix
      ? '"localhost" may mean ::1 or 127.0.0.1, and a server often hears only one of them.'
      : 'The other server does not run, or listens on another port.',
    try: isSix
      ? 'Ask for 127.0.0.1.'
      : 'Start it, or compare its port; ' +
        'and catch the error, since another server may always be away.',
    lesson: 2,
  };
}

export const nodeCauses: Cause[] = [
  headersSent, wrongChunk, badStatus, badHeader, noHeaderValue, badUrl, portTaken,
  portForbidden, badPort, noFile, nobodyThere, fetchFailed,
];

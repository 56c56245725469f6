// What Node refuses, by the code of its error.
//
//   ERR_INVALID_CHAR, in header content ["location"]  ──►  'header-with-line-break'

import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Cause, Failure } from './cause.ts';
import { isOwnPort, listenPlace } from './listen.ts';
import { entry, fileName, lineIn, placeOf } from './place.ts';
import { findLine, lineAt, literally } from './source.ts';
import { answeredTwice } from './twice.ts';

type NodeError = NodeJS.ErrnoException & { port?: number; address?: string; input?: string; path?: string; errors?: NodeError[] };

/** The same cause for one or more codes. */
function on(codes: string, cause: (failure: Failure & { error: NodeError }) => ReturnType<Cause>): Cause {
  return (failure) => (codes.split(' ').includes(failure.error.code ?? '') ? cause(failure) : undefined);
}

const headersSent = on('ERR_HTTP_HEADERS_SENT', ({ visit, place, message }) => {
  const name = visit?.name ?? 'The request';
  if (visit?.ended) return answeredTwice(name, placeOf(visit.ended), place);
  const first = lineIn(placeOf(visit?.began), place);
  if (message.includes('write headers')) return { code: 'two-heads', what: `The answer to ${name} was begun twice.`, why: `Status and headers went out in ${first}, and an answer has only one head.`, try: 'Decide first, and call writeHead() once; a "return" may be missing between the two.', lesson: 2 };
  return { code: 'header-too-late', what: `A header of the answer to ${name} was set too late.`, why: `The head goes out before the body, and the body began in ${first}.`, try: `Move this line above ${first}.`, lesson: 2 };
});

const wrongChunk = on('ERR_INVALID_ARG_TYPE ERR_STREAM_NULL_VALUES', ({ message, visit, place, error }) => {
  if (!message.includes('"chunk"') && error.code !== 'ERR_STREAM_NULL_VALUES') return undefined;
  const method = /\.end\(/.test(lineAt(place)) || /\bend\b/.test(String(error.stack?.split('\n')[1])) ? 'end()' : 'write()';
  const [, kind = 'null'] = /Received (.*)$/s.exec(message) ?? [];
  const name = visit?.name ?? 'the request';
  const why = 'What goes to the client is text or bytes, and Node does not guess how a value shall become text.';
  if (/Promise/.test(kind)) return { code: 'await-forgotten', what: `${method} was given a promise as the answer to ${name}.`, why: 'A promise is not the value but the word that it will come.', try: 'Write "await" before the call that gives the promise, and "async" before the handler.', lesson: 6 };
  if (/number|boolean|bigint/.test(kind)) return { code: 'number-as-answer', what: `${method} was given a ${/number|boolean|bigint/.exec(kind)} as the answer to ${name}.`, why, try: 'Make text of it: String(price).', lesson: 2 };
  if (/undefined|null/.test(kind)) return { code: 'nothing-as-answer', what: `${method} was given ${kind} as the answer to ${name}.`, why: 'A variable that has no value yet cannot be sent.', try: 'Print it just before, with console.log(), and follow where it should get its value.', lesson: 2 };
  return { code: 'object-as-answer', what: `${method} was given ${/Array/.test(kind) ? 'a list' : 'an object'} as the answer to ${name}.`, why, try: 'Make JSON of it: res.end(JSON.stringify(value)).', lesson: 2 };
});

const badStatus = on('ERR_HTTP_INVALID_STATUS_CODE', ({ message }) => ({
  code: 'status-not-a-number',
  what: `The status was ${/: (.*)$/.exec(message)?.[1] ?? 'no status'}.`,
  why: 'A status is a whole number from 100 to 999; its words, such as "Not Found", are added by Node.',
  try: 'Write res.statusCode = 404, or res.writeHead(404).',
  lesson: 2,
}));

const badHeader = on('ERR_INVALID_CHAR', ({ message }) => {
  const [, name = 'x'] = /\["(.*)"\]/.exec(message) ?? [];
  return {
    code: 'sign-in-header',
    what: `The header "${name}" holds a sign that a header cannot hold.`,
    why: 'A line break would begin a new header, and a sign such as "☕" has no place in one line of plain letters.',
    try: 'Put the value through encodeURIComponent(), and never send on unchecked what a guest has typed.',
    lesson: 2,
  };
});

const noHeaderValue = on('ERR_HTTP_INVALID_HEADER_VALUE', ({ message }) => ({
  code: 'header-without-value',
  what: `The header ${/"[^"]*"$/.exec(message)?.[0] ?? ''} was given undefined.`,
  why: 'A header needs a value, and the variable had none.',
  try: 'Print it just before, with console.log(), or leave the header out when there is nothing to say.',
  lesson: 2,
}));

const badUrl = on('ERR_INVALID_URL', ({ error: { input = '' } }) => (input.startsWith('/') ? {
  code: 'url-without-base',
  what: `new URL("${input}") could not be made.`,
  why: 'request.url is only the end of an address, from the "/" on, and a URL needs its beginning too.',
  try: "Give it one: new URL(request.url, 'http://localhost').",
  lesson: 3,
} : {
  code: 'url-not-readable',
  what: `new URL("${input}") could not be made.`,
  why: 'This text is not an address with all its parts.',
  try: 'Look whether it begins with http://; of what a guest sends, ask URL.canParse(text) first.',
  lesson: 3,
}));

const portTaken = on('EADDRINUSE', ({ error: { port = 0 } }) => (isOwnPort(port) ? {
  code: 'port-taken-by-itself', at: listenPlace(),
  what: `The program listens on port ${port} twice.`,
  why: 'A port belongs to one server, and this program has given it to another one already.',
  try: 'Keep one server, or give the second one a port of its own.',
  lesson: 1,
} : {
  code: 'port-taken', at: listenPlace(),
  what: `Port ${port} is taken.`,
  why: 'Another program listens there already; often it is this server in another terminal.',
  try: 'End that one with Ctrl+C, or take another port.',
  lesson: 1,
}));

const portForbidden = on('EACCES', ({ error: { port, syscall } }) => (syscall !== 'listen' ? undefined : {
  code: 'port-forbidden', at: listenPlace(),
  what: `This system does not let you open port ${port}.`,
  why: 'Ports below 1024 are for the system.',
  try: 'Take 3000.',
  lesson: 2,
}));

const badPort = on('ERR_SOCKET_BAD_PORT', ({ message }) => ({
  code: 'port-out-of-range',
  what: `There is no port ${/Received (?:type \w+ \()?(.*?)\)?\.?$/.exec(message)?.[1] ?? ''}.`,
  why: 'A port is a whole number from 0 to 65535.',
  try: 'Take 3000.',
  lesson: 1,
}));

const noFile = on('ENOENT', ({ error: { path = '' }, place }) => {
  const at = place ?? findLine(new RegExp(`['"\`]${literally(path)}['"\`]`));
  const beside = join(dirname(entry()), path);
  if (path === '' || isAbsolute(path) || !existsSync(beside)) return { code: 'file-not-there', what: `There is no file "${path === '' ? '' : fileName(path)}".`, why: 'The program asked for it, and nothing caught the error.', try: 'Compare the name with the one on the disk, letter by letter; if it may be missing, catch the error and answer 404.', lesson: 6, at };
  return {
    code: 'file-beside-program', at,
    what: `There is no file "${path}" in the folder where the program was started.`,
    why: `A path is seen from there, not from the program, which has ${basename(path)} beside it.`,
    try: `Write new URL('./${path.replace(/^\.\//, '')}', import.meta.url).`,
    lesson: 11,
  };
});

const nobodyThere = on('ECONNREFUSED', ({ error, place }) => {
  const { address = 'localhost', port } = error.errors?.[0] ?? error;
  return whenRefused(`${address}, port ${port}`, address, place);
});

/** fetch() hides the reason in `cause`. */
const fetchFailed: Cause = ({ error, message, place }) => {
  const cause = error.cause as NodeError | undefined;
  if (message !== 'fetch failed' || cause?.code !== 'ECONNREFUSED') return undefined;
  const { address = 'localhost', port } = cause.errors?.[0] ?? cause;
  return whenRefused(`${address}, port ${port}`, address, place);
};

function whenRefused(where: string, address: string, at: Failure['place']): ReturnType<Cause> {
  return {
    code: 'nobody-listens', at: at ?? findLine(/\b(?:fetch|https?\.(?:get|request))\(/),
    what: `Nobody listens at ${where}.`,
    why: address === '::1' ? '"localhost" may mean ::1 or 127.0.0.1, and a server often hears only one of them.' : 'The other server does not run, or listens on another port.',
    try: address === '::1' ? 'Ask for 127.0.0.1.' : 'Start it, or compare its port; and catch the error, since another server may always be away.',
    lesson: 2,
  };
}

export const nodeCauses: Cause[] = [
  headersSent, wrongChunk, badStatus, badHeader, noHeaderValue, badUrl, portTaken, portForbidden, badPort,
  noFile, nobodyThere, fetchFailed,
];

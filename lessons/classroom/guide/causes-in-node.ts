// What Node cannot reach: an address, a port, a file, another server. By the code of its error.
//
//   ERR_INVALID_URL, input: '/menu'   ──►  'url-without-base'
//   EADDRINUSE, port: 3000            ──►  'port-taken'

import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { on, type Cause, type Explained, type NodeError } from './cause.ts';
import { isOwnPort, listenPlace } from './listen.ts';
import { entry, fileName, type SourceLocation } from './place.ts';
import { findLine, literally } from './source.ts';
import type { Slip } from './tell.ts';

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

function fileNotThere(path: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'file-not-there', at,
    what: `There is no file "${path === '' ? '' : fileName(path)}".`,
    why: 'The program asked for it, and nothing caught the error.',
    try: 'Compare the name with the one on the disk, letter by letter; ' +
      'if it may be missing, catch the error and answer 404.',
    lesson: 6,
  };
}

function fileBesideProgram(path: string, at: SourceLocation | undefined): Explained {
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

function whenRefused(error: NodeError, at: SourceLocation | undefined): Explained {
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
  badUrl, portTaken, portForbidden, badPort, noFile, nobodyThere, fetchFailed,
];

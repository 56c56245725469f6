// Silence: a request that nobody will answer any more.
//
//   GET /tea, and no branch of the handler calls end()
//     ──►  after two seconds 'no-answer', in the terminal
//
// Told only when nothing is under way in the whole process: no timer, no file, no worker, no
// question to another server. Then no answer can come. As long as something is, one may still, so
// nothing is said. The client gets what the program sends: here, nothing.

import type { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { isHashing } from './hashes.ts';
import { perhapsLooks } from './perhaps.ts';
import { placeOf, type SourceLocation } from './place.ts';
import { findLine, literally } from './source.ts';
import { tell, type Slip } from './tell.ts';
import { openVisits, sockets, type Visit } from './visit.ts';

/** Milliseconds from one look to the next. */
const pace = 250;
/** In looks: on a busy machine the program has fewer, and is not blamed for that. */
const patience = 2000 / pace;

export function watchSilence(): void {
  let wasIdle = false;
  let ports = 0;
  setInterval(() => {
    if (openVisits.size === 0) {
      ports = countPorts();
      return;
    }
    // Twice in a row: between two steps of one work nothing may be under way for a moment.
    const idle = isIdle(ports);
    for (const visit of openVisits) {
      visit.looks += 1;
      if (visit.looks > patience && idle && wasIdle && isSilent(visit)) tellSilence(visit);
    }
    wasIdle = idle;
  }, pace).unref();
  // A check sees earlier that nothing is left to do (check/warm.js), and then nobody waits here.
  (process as EventEmitter).on('check: idle', () => {
    for (const visit of openVisits) if (isSilent(visit)) tellSilence(visit);
  });
}

const alwaysThere = ['TCPServerWrap', 'PipeWrap', 'TTYWrap', 'FSEventWrap', 'SignalWrap'];

/** `ports`: how many message ports there are without any request; a worker brings another one. */
function isIdle(ports: number): boolean {
  const isOurs = (name: string) => alwaysThere.includes(name) || name === 'MessagePort';
  const active = process.getActiveResourcesInfo().filter((name) => !isOurs(name));
  const connections = active.filter((name) => name === 'TCPSocketWrap').length;
  const isQuiet = connections === active.length && connections <= sockets.size;
  return isQuiet && !isHashing() && countPorts() <= ports;
}

function countPorts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
}

function isSilent({ request, response, rescued, ended, isTold }: Visit): boolean {
  if (rescued || ended || isTold || response.destroyed) return false;
  const isComing = !request.complete && request.readableFlowing !== null; // the client still sends
  return !isComing && !isLive(response);
}

function isLive(response: ServerResponse): boolean {
  const type = String(response.getHeader('content-type'));
  return type.startsWith('text/event-stream') || isEventStream(response);
}

function isEventStream(response: object): boolean {
  const head = (response as { _header?: unknown })._header;
  return typeof head === 'string' && /content-type: text\/event-stream/i.test(head);
}

function tellSilence(visit: Visit): void {
  visit.isTold = true;
  const { slip, place } = explain(visit);
  tell(slip, place, visit);
}

type Explanation = { slip: Slip; place: SourceLocation | undefined };

function explain(visit: Visit): Explanation {
  const { name, began, logged } = visit;
  const what = `${name} got no answer.`;
  if (isUnread(visit)) return bodyNeverRead(what);
  if (began) return endForgotten(name, began);
  if (logged) return logForWrite(what, logged);
  return perhaps(visit, what) ?? noAnswer(what, visit);
}

function bodyNeverRead(what: string): Explanation {
  const slip = {
    code: 'body-never-read',
    what,
    why: 'The handler waits for "end", which comes only after somebody has read the body.',
    try: "Read it, with request.on('data', …), or call request.resume() if nobody wants it.",
    lesson: 7,
  };
  return { slip, place: findLine(/\.on\(\s*['"`]end['"`]/) };
}

function endForgotten(name: string, began: Error): Explanation {
  const slip = {
    code: 'end-forgotten',
    what: `The answer to ${name} was begun, but not ended.`,
    why: 'Nobody called end(), so the client waits for more.',
    try: 'Call res.end() after the last write().',
    lesson: 1,
  };
  return { slip, place: placeOf(began) };
}

function logForWrite(what: string, { text, at }: { text: string; at: Error }): Explanation {
  const slip = {
    code: 'log-for-write',
    what,
    why: `"${text}" went to the terminal: console.log() writes for you, ` +
      'and only write() and end() write for the client.',
    try: 'Write res.end(…) with that text.',
    lesson: 1,
  };
  return { slip, place: placeOf(at) };
}

function noAnswer(what: string, visit: Visit): Explanation {
  const slip: Slip = {
    code: 'no-answer',
    near: true,
    what,
    why: 'The handler went a way on which nobody calls end().',
    try: 'Follow this address through the handler, and end the answer on every way: ' +
      'in each "if", after each, and in each callback.',
    lesson: 1,
  };
  return { slip, place: branchOf(visit) };
}

function isUnread({ request }: Visit): boolean {
  const isWaitedFor = request.listenerCount('end') > 0;
  return isWaitedFor && !request.readableEnded && request.readableFlowing === null;
}

// As if it had been answered "not found".
function perhaps(visit: Visit, what: string): Explanation | undefined {
  const lost = { status: 404, headers: new Map(), text: '', bytes: 0, place: () => undefined };
  for (const look of perhapsLooks) {
    const found = look({ visit, ...lost });
    if (found) return { slip: { ...found, what }, place: found.at };
  }
  return undefined;
}

// The line with this very address in it, or else the handler's first.
function branchOf({ url }: Visit): SourceLocation | undefined {
  const [path = ''] = url.split('?');
  const isNamed = path === '/' ? undefined : findLine(new RegExp(`['"\`]${literally(path)}['"\`]`));
  return isNamed ?? findLine(/createServer\(|\.on\(\s*['"`]request['"`]/);
}

// A recording: one request's way through the code, as plain JSON.
//
//   { sent: { method: 'POST', … }, answer: { status: 201, … },
//     stops: [request, logic, storage, response],
//     steps: [{ file: 'lessons/04-router/router.ts', line: 23, source: 'const reply = …', … }, …] }
//
// Secrets are hidden in all of it.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Exchange, Pairs } from '../exchange.ts';
import type { Note } from './notes.ts';
import { hideHeaders, hideIn, keepSecrets, secretsIn, type Secrets } from './secrets.ts';
import { makeStops, type Stop } from './stages.ts';
import { makeSteps, type Sources, type Step } from './steps.ts';

export type { Step } from './steps.ts';
export type { Stop } from './stages.ts';

export type Sendable = { method: string; target: string; headers: Pairs; body: string };

export type Message = { headers: Pairs; body: string; bytes: number };

export type Sent = Message & { method: string; target: string };

export type Answer = Message & { status: number; statusMessage: string; cut?: string };

export type Recording = {
  /** The server's file, from the project on. */
  file: string;
  node: string;
  sent: Sent;
  answer?: Answer;
  /** Why there is no answer; absent when there is one. */
  failure?: string;
  milliseconds: number;
  stops: Stop[];
  steps: Step[];
  /** Why steps are missing at the end; absent when none are. */
  cut?: string;
  leftOut: string;
  /** What the server wrote to its terminal meanwhile. */
  printed: string;
};

export type Answered = ({ exchange: Exchange } | { failure: string }) & { milliseconds: number };

type Parts = {
  file: string;
  at: string;
  number: number;
  request: Sendable;
  answered: Answered;
  notes: Note[];
  printed: string;
};

const leftOut =
  'what ran when the server started, Node\'s own code, packages in node_modules, ' +
  'and some returned values where a line returned more than twice';

/** The longest body that a recording keeps, in characters. */
const longestBody = 20_000;

export function makeRecording(parts: Parts): Recording {
  const { file, at, number, request, answered, notes, printed } = parts;
  const exchange = 'exchange' in answered ? answered.exchange : undefined;
  const sent = sentOf(request, exchange);
  const answer = exchange && answerOf(exchange);
  const steps = makeSteps(notes, number, sourcesIn(notes), (path) => nameOf(path, at));
  const [cut] = notes.flatMap((note) => ('full' in note ? note.full : []));
  const recording: Recording = {
    file: nameOf(file, at),
    node: process.versions.node,
    sent,
    ...(answer && { answer }),
    ...('failure' in answered && { failure: answered.failure }),
    milliseconds: Math.round(answered.milliseconds),
    stops: makeStops(steps, sent, answer),
    steps,
    ...(cut !== undefined && { cut }),
    leftOut,
    printed,
  };
  const found = notes.flatMap((note) => ('secrets' in note ? note.secrets : []));
  const carried = [...secretsIn(sent), ...(answer ? secretsIn(answer) : [])];
  return hide(recording, keepSecrets([...found, ...carried]));
}

function sentOf({ method, target, headers, body }: Sendable, exchange?: Exchange): Sent {
  const sent = exchange?.sent ?? { headers, body };
  return { method, target, ...messageOf(sent.headers, Buffer.from(sent.body)) };
}

function answerOf({ status, statusMessage, headers, body, cut }: Exchange): Answer {
  return { status, statusMessage, ...messageOf(headers, body), ...(cut && { cut }) };
}

function messageOf(headers: Pairs, body: Buffer): Message {
  const text = body.toString('utf8');
  const short = text.length > longestBody ? `${text.slice(0, longestBody)}…` : text;
  return { headers, body: short, bytes: body.length };
}

function hide(recording: Recording, secrets: Secrets): Recording {
  const { sent, answer } = recording;
  const hidden = hideIn(recording, secrets);
  hidden.sent.headers = hideHeaders(sent.headers, secrets);
  if (answer) hidden.answer!.headers = hideHeaders(answer.headers, secrets);
  return hidden;
}

function nameOf(path: string, at: string): string {
  const name = relative(at, path).replaceAll('\\', '/');
  return name.startsWith('..') ? path.replaceAll('\\', '/') : name;
}

function sourcesIn(notes: Note[]): Sources {
  const sources: Sources = new Map();
  for (const note of notes) {
    if (!('path' in note && 'file' in note)) continue;
    sources.set(note.file, { path: note.path, lines: readLines(note.path) });
  }
  return sources;
}

// A file may be saved or removed while its server runs.
function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}

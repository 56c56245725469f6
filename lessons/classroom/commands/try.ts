// npm run try 4 2: sends a request of lesson 4, and shows both sides.
//
//   npm run try 4          ──►  the requests of lesson 4, numbered
//   npm run try 4 2        ──►  request 2 of lessons/04-router/requests.http
//   npm run try 4 menu/7   ──►  GET /menu/7
//   npm run try 4 categories /categories/tea   ──►  the same, to your own answer while it runs
//
// A lesson that does not run is started for this one request.

import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Advice } from '../advice.ts';
import { answerId, exerciseNamed, type Exercise } from '../check/exercises.ts';
import { wordsOf } from '../check/subject.ts';
import { dataFolder, findLesson, isNumber, readCourse, root, type Lesson } from '../course.ts';
import { shorten } from '../excerpt.ts';
import { openJar } from '../jar.ts';
import { paint } from '../paint.ts';
import { patience } from '../exchange.ts';
import { wallClock, type Clock } from '../patience.ts';
import {
  brokenPromises, readRequests, sendRequest, type Exchange, type HttpRequest,
} from '../requests.ts';
import { findRunning } from '../running.ts';
import { showExchange } from '../show.ts';
import { startServer } from '../start.ts';
import { wrapWords } from '../word-wrap.ts';

type Wanted = Pick<HttpRequest, 'method' | 'target' | 'headers' | 'body'> &
  { promise?: HttpRequest['promise'] };

export async function run([word, ...words]: string[], at = root): Promise<number> {
  if (word === undefined) throw new Advice(sayWhich);
  const lesson = findLesson(readCourse(at), word);
  const own = exerciseNamed(at, lesson, words[0]);
  const [what, ...more] = own ? words.slice(1) : words;
  if (more[0] === 'port') throw new Advice(`Leave the port out: ${portIsFound}`);
  if (more.length > 0) throw new Advice(sayWhich);
  if (what === undefined) return tell(listRequests(lesson, requestsOf(lesson, at)));
  const wanted = isNumber(what)
    ? findRequest(lesson, requestsOf(lesson, at), what)
    : getPath(pathOf(what, lesson));
  const served = own ? answerServed(own) : lessonServed(lesson);
  const jar = openJar(`${dataFolder(at, served.id)}-cookies.json`);
  const exchange = await withServer(served, at, (url, clock) =>
    sendRequest(url, jar.fill(wanted), { ...patience, clock }));
  jar.keep(exchange.headers);
  console.log(showExchange(exchange));
  return wanted.promise === undefined ? 0 : judge(wanted.promise, exchange);
}

const portIsFound = 'try finds the server that runs, wherever it listens.';

const sayWhich =
  'Say which lesson, and then which of its requests, for example: npm run try 4 2';

type Destination = { id: string; file: string; name: string; command: string };

function lessonServed({ id, server, number }: Lesson): Destination {
  const command = `npm run lesson ${number}`;
  return { id, file: server, name: `Lesson ${number}`, command };
}

function answerServed(exercise: Exercise): Destination {
  const { name, answer } = exercise;
  const command = `npm run lesson ${wordsOf(exercise)}`;
  const none = `npm run check ${wordsOf(exercise)}`;
  if (!existsSync(answer)) throw new Advice(`You have no answer to ${name} yet. Make one: ${none}`);
  return { id: answerId(exercise), file: answer, name: `Your answer to ${name}`, command };
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

function getPath(target: string): Wanted {
  return { method: 'GET', target, headers: [], body: '' };
}

// The slash may be left out: Git Bash makes C:/Program Files/Git/menu out of /menu.
function pathOf(word: string, { number }: Lesson): string {
  if (/^[a-z]:[\\/]/i.test(word)) {
    throw new Advice(
      `Your terminal made "${word}" out of the path. ` +
      `Leave its first slash out, for example: npm run try ${number} menu`,
    );
  }
  const path = word.replace(/^https?:\/\/[^/]+/, ''); // pasted from the browser
  return path.startsWith('/') ? path : `/${path}`;
}

function requestsOf(lesson: Lesson, at: string): HttpRequest[] {
  const file = join(lesson.folder, 'requests.http');
  if (!existsSync(file)) {
    throw new Advice(
      `Lesson ${lesson.number} has no requests.http. ` +
      `Give a path instead: npm run try ${lesson.number} /`,
    );
  }
  return readRequests(readFileSync(file, 'utf8'), relative(at, file).replaceAll('\\', '/'));
}

export function listRequests({ number, name }: Lesson, requests: HttpRequest[]): string {
  const asked = requests.map(({ method, target }) => `${method} ${shortTarget(target)}`);
  const width = Math.max(0, ...asked.map((text) => text.length));
  const lines = requests.map((request, index) => {
    const start = `  ${String(request.number).padStart(2)}  ${asked[index]?.padEnd(width)}`;
    return `${start}  ${request.title}${needs(request)}`.trimEnd();
  });
  const title = `What to try in lesson ${number}, ${name}:`;
  const example = `Send one: npm run try ${number} ${requests[0]?.number ?? '/'}`;
  return [title, '', ...lines, '', example].join('\n');
}

function shortTarget(target: string): string {
  return target.length > 40 ? `${shorten(target, 26)} (${target.length} characters)` : target;
}

function needs(request: HttpRequest): string {
  return request.needs.length === 0 ? '' : ` (needs your own ${request.needs.join(' and ')})`;
}

function findRequest(lesson: Lesson, requests: HttpRequest[], word: string): HttpRequest {
  const found = requests.find(({ number }) => number === Number(word));
  if (found === undefined) throw new Advice(noSuchRequest(lesson, requests, word));
  if (found.needs.length > 0) throw new Advice(needsYours(lesson, found));
  return found;
}

function noSuchRequest({ number }: Lesson, requests: HttpRequest[], word: string): string {
  const numbers = requests.length === 0
    ? 'it has no numbered requests'
    : `its requests are numbered 1 to ${requests.length}`;
  return `Lesson ${number} has no request ${word}: ${numbers}. ` +
    `("npm run try ${number}" lists them.)`;
}

function needsYours(lesson: Lesson, { number, needs }: HttpRequest): string {
  return `Request ${number} needs your own ${needs.join(' and ')}: ` +
    `open requests.http of lesson ${lesson.number} in your editor, ` +
    `put it in place of {{${needs[0]}}}, and send the request from there.`;
}

type Send = (url: string, clock: Clock) => Promise<Exchange>;

async function withServer(served: Destination, at: string, send: Send): Promise<Exchange> {
  const running = await findRunning(at, served.id);
  if (running !== undefined) return send(running.url, wallClock);
  console.log(wrapWords(startedForThis(served), '').map((line) => paint('dim', line)).join('\n'));
  console.log();
  const server = await startServer({
    file: served.file,
    port: 0,
    dataDir: dataFolder(at, served.id),
    cwd: at,
    onOutput: (text, from) => { if (from === 'stderr') process.stderr.write(text); },
  });
  return send(server.url, server.clock).finally(() => server.stop());
}

function startedForThis({ name, command }: Destination): string {
  return `${name} is not running, so its server is started for this one request. ` +
    `To keep it running: ${command}`;
}

function judge(promise: HttpRequest['promise'], exchange: Exchange): number {
  const broken = brokenPromises(promise, exchange);
  const isKept = broken.length === 0;
  console.log(`\n${isKept ? paint('green', asPromised) : paint('red', notAsPromised(broken))}`);
  return isKept ? 0 : 1;
}

const asPromised = '✔ This is what requests.http promises.';

function notAsPromised(broken: string[]): string {
  return '✘ Not what requests.http promises (to be expected, if you have changed the lesson):\n' +
    `  ${broken.join('\n  ')}`;
}

// npm run replay 10 2: a request's way through the code.
//
//   npm run replay 10            ──►  the requests of lesson 10, numbered
//   npm run replay 10 2          ──►  request 2 of lessons/10-api/requests.http: its functions
//   npm run replay 10 2 lines    ──►  the lines of those functions
//   npm run replay 10 2 addItem  ──►  one function, and all that it called
//   npm run replay 10 2 all      ──►  every line that ran
//   npm run replay 10 api/menu   ──►  GET /api/menu
//   npm run replay lessons/04-router/exercises/tea/answer.ts /tea
//                                ──►  the same, through that file
//   npm run replay 4 tea failed  ──►  the request that fails in the check of exercise tea, whatever
//                                     it is; it begins with the line at which the ways part
//   npm run replay 4 tea T3 2    ──►  the one that fails in this known mistake
//   npm run replay 4 tea T3 2 /tea
//                                ──►  GET /tea through that mistake
//
// It starts a server of its own, with data of its own, and ends it: nothing else is touched.

import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Advice } from '../advice.ts';
import { choose } from '../check/choose.ts';
import { replayFailed } from '../check/failed.ts';
import { lastChecked } from '../check/progress.ts';
import {
  chooseMistakes, chooseSubject, isCode, writeOut, type Chosen, type Subject,
} from '../check/subject.ts';
import { findLesson, isNumber, readCourse, root, type Lesson } from '../course.ts';
import { paint } from '../paint.ts';
import { printAs } from '../replay/print-walk.ts';
import { record, type Sendable } from '../replay/record.ts';
import { readRequests, type HttpRequest } from '../requests.ts';
import { listRequests } from './try.ts';

/** `word` is how a command names it: '10', or a path. */
type Target = { lesson: Lesson | undefined; file: string; word: string };

export async function run(words: string[], at = root): Promise<number> {
  const failed = words.indexOf('failed');
  if (failed >= 0) return tell(await replayAttempt(words, failed, at));
  const mistaken = chooseMistaken(words, at);
  if (mistaken) return tell(await replayMistake(mistaken, at));
  const [word, what, how, ...more] = words;
  if (word === undefined || more.length > 0 || isNumber(how ?? '')) {
    throw new Advice(
      'Say which lesson, and then which of its requests, for example: npm run replay 4 2',
    );
  }
  return tell(await replay(findTarget(word, at), { what, how, at }));
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

async function replayAttempt(all: string[], failed: number, at: string): Promise<string> {
  const command = 'npm run replay';
  const [words, [how, ...more]] = [all.slice(0, failed), all.slice(failed + 1)];
  const { exercise, words: named } = choose(at, words, command, lastChecked(at));
  const { found: subject, words: rest } = chooseSubject(exercise, named, command);
  if (rest.length + more.length > 0) {
    throw new Advice(sayMeaningless([...rest, ...more], subject));
  }
  prepare(subject);
  return replayFailed(subject, at, how);
}

function sayMeaningless(words: string[], subject: Subject): string {
  return `"${words.join(' ')}" means nothing here. Write: npm run replay ${subject.words} failed`;
}

function prepare(subject: Subject): void {
  const changed = writeOut(subject);
  if (changed) console.log(paint('dim', `${changed}\n`));
  if (existsSync(subject.file)) return;
  throw new Advice(`${subject.path} is not there yet. Make it: npm run check ${subject.words}`);
}

// Two words are a lesson and a path, unless the second is a code: "npm run replay 4 T3".
function chooseMistaken(words: string[], at: string): Chosen<Subject> | undefined {
  const [word, what] = words;
  if (word === undefined || what === undefined || isFile(word)) return undefined;
  if (words.length === 2 && !isCode(what)) return undefined;
  const { exercise, words: named } = choose(at, words, 'npm run replay');
  const chosen = chooseSubject(exercise, named, 'npm run replay');
  if (chosen.found.mistake) return chosen;
  // "4 categories" named the exercise: so what comes behind it should have been a mistake.
  if (named.length < words.length - 1) chooseMistakes(exercise, named);
  return undefined;
}

async function replayMistake(chosen: Chosen<Subject>, at: string): Promise<string> {
  const { found: subject, words: [what, how, ...more] } = chosen;
  if (more.length > 0) throw new Advice(sayMeaningless(more, subject));
  prepare(subject);
  if (what === undefined) return replayFailed(subject, at);
  const { file, path, exercise } = subject;
  return replay({ lesson: exercise.lesson, file, word: path }, { what, how, at });
}

/**
 * `what` is the number of a request or a path; undefined: a list of the requests.
 * `how`: 'lines', 'all', or the name of a function; undefined: the rooms and their functions.
 */
type Request = { what: string | undefined; how: string | undefined; at: string };

async function replay(target: Target, { what, how, at }: Request): Promise<string> {
  if (what === undefined) return listOf(target, at);
  const { request, before } = isNumber(what)
    ? numbered(target, Number(what), at)
    : { request: getPath(what, target), before: [] };
  if (before.length > 0) {
    const first = `First sent, and not recorded: ${namesOf(before)} of requests.http`;
    console.log(paint('dim', `${first}, which this one builds on.\n`));
  }
  const recording = await record({ file: target.file, request, before, cwd: at });
  return printAs(how, { recording, at, words: `${target.word} ${what}` });
}

function isFile(word: string): boolean {
  return /[\\/]|\.[cm]?[jt]s$/.test(word);
}

// A word that looks like a file is one; its lesson is the folder in which it lies.
function findTarget(word: string, at: string): Target {
  const course = readCourse(at);
  if (!isFile(word)) return targetOf(findLesson(course, word), word);
  const file = resolve(at, word);
  if (!existsSync(file)) {
    throw new Advice(
      `There is no file ${word}. Give its path from the project's folder, ` +
        'for example: npm run replay lessons/04-router/server.ts /menu',
    );
  }
  const lesson = course.find(({ folder }) => !relative(folder, file).startsWith('..'));
  return { lesson, file, word };
}

function targetOf(lesson: Lesson, word: string): Target {
  if (existsSync(lesson.server)) return { lesson, file: lesson.server, word };
  throw new Advice(
    `Lesson ${lesson.number} has no server.ts in it, so there is nothing to replay.`,
  );
}

function listOf(target: Target, at: string): string {
  const { lesson, word } = target;
  if (!lesson) {
    throw new Advice(
      `Say which address shall be asked for, for example: npm run replay ${word} /`,
    );
  }
  const last = `\n\nReplay one: npm run replay ${word} 1`;
  return listRequests(lesson, requestsOf(target, at)).replace(/\n\nSend one: .*$/, () => last);
}

function requestsOf({ lesson, word }: Target, at: string): HttpRequest[] {
  const file = join(lesson?.folder ?? at, 'requests.http');
  if (!lesson || !existsSync(file)) {
    throw new Advice(
      `There is no requests.http for ${word}. Give a path instead: npm run replay ${word} /`,
    );
  }
  return readRequests(readFileSync(file, 'utf8'), relative(at, file).replaceAll('\\', '/'));
}

type Numbered = { request: HttpRequest; before: HttpRequest[] };

function numbered(target: Target, number: number, at: string): Numbered {
  const requests = requestsOf(target, at);
  const request = requests.find((one) => one.number === number);
  if (request === undefined) {
    throw new Advice(
      `There is no request ${number}: the requests are numbered 1 to ${requests.length}. ` +
        `("npm run replay ${target.word}" lists them.)`,
    );
  }
  if (request.needs.length > 0) {
    throw new Advice(
      `Request ${number} needs your own ${request.needs.join(' and ')}, ` +
        'which a server that starts empty cannot know.',
    );
  }
  return { request, before: requests.filter((one) => one.number < number && changesThings(one)) };
}

// Requests.http is read from the top: what an earlier request has stored, a later one finds.
function changesThings({ method, needs }: HttpRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && needs.length === 0;
}

function namesOf(before: HttpRequest[]): string {
  const numbers = before.map(({ number }) => number);
  if (numbers.length === 1) return `request ${numbers[0]}`;
  return `requests ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

// The slash may be left out: Git Bash makes C:/Program Files/Git/menu out of /menu.
function getPath(word: string, target: Target): Sendable {
  if (/^[a-z]:[\\/]/i.test(word)) {
    throw new Advice(
      `Your terminal made "${word}" out of the path. ` +
        `Leave its first slash out, for example: npm run replay ${target.word} menu`,
    );
  }
  const path = word.startsWith('/') ? word : `/${word}`;
  return { method: 'GET', target: path, headers: [], body: '' };
}

// npm run replay 10 2: a request's way through the code, line by line.
//
//   npm run replay 10            ──►  the requests of lesson 10, numbered
//   npm run replay 10 2          ──►  request 2 of lessons/10-api/requests.http
//   npm run replay 10 api/menu   ──►  GET /api/menu
//   npm run replay lessons/04-router/exercises/tea/answer.ts /tea
//                                ──►  the same, through that file
//   npm run replay 4 tea failed  ──►  the request that fails in the check of exercise tea, whatever
//                                     it is; it begins with the line at which the ways part
//
// It starts a server of its own, with data of its own, and ends it: nothing else is touched.

import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Advice } from '../advice.ts';
import { checkProgram } from '../check/check.ts';
import { choose } from '../check/choose.ts';
import { loadCheck, type Exercise } from '../check/exercises.ts';
import { lookAgain, watchers } from '../check/look.ts';
import { lastChecked } from '../check/progress.ts';
import { keepSpares } from '../check/spare.ts';
import type { NotPassed } from '../check/verdict.ts';
import { findLesson, isNumber, readCourse, root, type Lesson } from '../course.ts';
import { paint } from '../paint.ts';
import { findParting } from '../replay/parting.ts';
import { printRecording, showParting } from '../replay/print.ts';
import { record, type Recording, type Sendable } from '../replay/record.ts';
import { readRequests, type HttpRequest } from '../requests.ts';
import { listRequests } from './try.ts';

type Subject = { lesson: Lesson | undefined; file: string; word: string };

export async function run(words: string[], at = root): Promise<number> {
  if (words.at(-1) === 'failed') return replayFailed(words.slice(0, -1), at);
  const [word, what, ...more] = words;
  if (word === undefined || more.length > 0) throw new Advice('Say which lesson, and then which of its requests, for example: npm run replay 4 2');
  const subject = findSubject(word, at);
  if (what === undefined) return tell(listOf(subject, at));
  const { request, before } = isNumber(what) ? numbered(subject, Number(what), at) : { request: getPath(what, subject), before: [] };
  if (before.length > 0) console.log(paint('dim', `First sent, and not recorded: ${namesOf(before)} of requests.http, which this one builds on.\n`));
  const recording = await record({ file: subject.file, request, before, cwd: at });
  return tell(printRecording(recording));
}

// The check says which request fails now; the second look records it. So nothing has to be kept,
// and what is shown is the answer.ts of this moment.
async function replayFailed(words: string[], at: string): Promise<number> {
  const { exercise, words: rest } = choose(at, words, 'npm run replay', lastChecked(at));
  const name = `${exercise.lesson.number} ${exercise.name}`;
  if (rest.length > 0) throw new Advice(`"${rest.join(' ')}" means nothing here. Write: npm run replay ${name} failed`);
  if (!existsSync(exercise.answer)) throw new Advice(`${exercise.path}/answer.ts is not there yet. Make it: npm run check ${name}`);
  const spares = keepSpares(1);
  const lookers = keepSpares(1, watchers.recorder);
  try {
    const checked = { file: exercise.answer, check: await loadCheck(exercise), spares, root: at };
    const verdict = await checkProgram(checked);
    if (verdict.passed) throw new Advice(`Nothing fails: all ${verdict.steps} steps of ${exercise.name} hold. To see any request: npm run replay ${exercise.path}/answer.ts /`);
    if (!verdict.step) throw new Advice(`${verdict.mistake.says.replace(/[^.!?]$/, '$&.')} So no request came so far. See: npm run check ${name}`);
    const { recording } = await lookAgain({ ...checked, spares: lookers }, verdict.step.number);
    if (!recording) throw new Advice(`The request could not be sent once more. Check again: npm run check ${name}`);
    return tell(showFailed(recording, verdict.step, exercise));
  } finally {
    spares.close();
    lookers.close();
  }
}

function showFailed(recording: Recording, { number, of, story, expected, broken }: NonNullable<NotPassed['step']>, exercise: Exercise): string {
  const parting = findParting(recording, `${exercise.path}/answer.ts`);
  const first = parting ? showParting(parting, expected.length > 0 ? expected : broken) : [];
  return `${paint('dim', `Step ${number} of ${of}: ${story}`)}\n\n${printRecording(recording, first)}`;
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

// A word that looks like a file is one; its lesson is the folder in which it lies.
function findSubject(word: string, at: string): Subject {
  const course = readCourse(at);
  if (!/[\\/]|\.[cm]?[jt]s$/.test(word)) {
    const lesson = findLesson(course, word);
    if (!existsSync(lesson.server)) throw new Advice(`Lesson ${lesson.number} has no server.ts in it, so there is nothing to replay.`);
    return { lesson, file: lesson.server, word };
  }
  const file = resolve(at, word);
  if (!existsSync(file)) throw new Advice(`There is no file ${word}. Give its path from the project's folder, for example: npm run replay lessons/04-router/server.ts /menu`);
  const lesson = course.find(({ folder }) => !relative(folder, file).startsWith('..'));
  return { lesson, file, word };
}

function listOf(subject: Subject, at: string): string {
  if (!subject.lesson) throw new Advice(`Say which address shall be asked for, for example: npm run replay ${subject.word} /`);
  return listRequests(subject.lesson, requestsOf(subject, at)).replace(/\n\nSend one: .*$/, `\n\nReplay one: npm run replay ${subject.word} 1`);
}

function requestsOf({ lesson, word }: Subject, at: string): HttpRequest[] {
  const file = join(lesson?.folder ?? at, 'requests.http');
  if (!lesson || !existsSync(file)) throw new Advice(`There is no requests.http for ${word}. Give a path instead: npm run replay ${word} /`);
  return readRequests(readFileSync(file, 'utf8'), relative(at, file).replaceAll('\\', '/'));
}

function numbered(subject: Subject, number: number, at: string): { request: HttpRequest; before: HttpRequest[] } {
  const requests = requestsOf(subject, at);
  const request = requests.find((one) => one.number === number);
  if (request === undefined) throw new Advice(`There is no request ${number}: the requests are numbered 1 to ${requests.length}. ("npm run replay ${subject.word}" lists them.)`);
  if (request.needs.length > 0) throw new Advice(`Request ${number} needs your own ${request.needs.join(' and ')}, which a server that starts empty cannot know.`);
  return { request, before: requests.filter((one) => one.number < number && changesThings(one)) };
}

// Requests.http is read from the top: what an earlier request has stored, a later one finds.
function changesThings({ method, needs }: HttpRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && needs.length === 0;
}

function namesOf(before: HttpRequest[]): string {
  const numbers = before.map(({ number }) => number);
  return numbers.length === 1 ? `request ${numbers[0]}` : `requests ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

// The slash may be left out: Git Bash makes C:/Program Files/Git/menu out of /menu.
function getPath(word: string, subject: Subject): Sendable {
  if (/^[a-z]:[\\/]/i.test(word)) throw new Advice(`Your terminal made "${word}" out of the path. Leave its first slash out, for example: npm run replay ${subject.word} menu`);
  return { method: 'GET', target: word.startsWith('/') ? word : `/${word}`, headers: [], body: '' };
}

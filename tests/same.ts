// The same answers before and after: each request of each lesson, to two checkouts side by side.
//
//   git worktree add ../before HEAD~20
//   node --import tsx tests/same.ts ../before
//     ──►  04 router: 9 requests, 9 answered the same
//     ──►  168 requests, 168 answered the same
//
// For whoever moves code and means to change nothing. The requests are those of the other
// checkout, and go to its server and to ours: status, headers and body are compared. What no two
// runs share (dates, tokens) is masked. Ends with status 1 when an answer differs.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readCourse, root, type Lesson } from '../lessons/classroom/course.ts';
import { openJar } from '../lessons/classroom/jar.ts';
import { readRequests, sendRequest, type HttpRequest } from '../lessons/classroom/requests.ts';
import { startServer } from '../lessons/classroom/start.ts';

type Answer = { status: number; headers: string[]; body: string };

/** Milliseconds. Far more than is needed: they turn what would hang into a difference. */
const patience = { forAnswer: 20_000, forEnd: 20_000 };

/** These name a moment, or were made by chance. */
const changing = ['date', 'last-modified', 'etag'];

async function answersOf(checkout: string, folder: string, requests: HttpRequest[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'same-'));
  const file = join(checkout, 'lessons', folder, 'server.ts');
  const server = await startServer({ file, cwd: checkout, port: 0, dataDir });
  try {
    return await askAll(server.url, requests);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function askAll(url: string, requests: HttpRequest[]): Promise<Answer[]> {
  const jar = openJar();
  const answers: Answer[] = [];
  for (const request of requests) {
    const limits = request.promise.noEnd ? undefined : patience;
    const { status, headers, body } = await sendRequest(url, jar.fill(request), limits);
    jar.keep(headers);
    answers.push({ status, headers: headersOf(headers), body: masked(String(body)) });
  }
  return answers;
}

function headersOf(headers: [name: string, value: string][]): string[] {
  return headers
    .filter(([name]) => !changing.includes(name.toLowerCase()))
    .map(([name, value]) => masked(`${name.toLowerCase()}: ${value}`))
    .sort();
}

/** Moments and tokens, wherever they stand. */
function masked(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replace(/sid=[\w-]+/g, 'sid=TOKEN');
}

/** Prints what differs, and returns how many answers are the same. */
async function compare(before: string, { id, name }: Lesson): Promise<[same: number, all: number]> {
  const folder = `${id}-${name}`;
  const requests = readRequests(readFileSync(join(before, 'lessons', folder, 'requests.http'), 'utf8'));
  const ready = requests.filter(({ needs }) => needs.length === 0);
  const [theirs, ours] = await Promise.all([
    answersOf(before, folder, ready),
    answersOf(root, folder, ready),
  ]);
  const different = ready.filter((_, index) => !isDeepStrictEqual(theirs[index], ours[index]));
  for (const request of different) {
    const index = ready.indexOf(request);
    console.log(`${id} ${name}, request ${request.number}: ${request.title}`);
    console.log({ before: theirs[index], after: ours[index] });
  }
  const same = ready.length - different.length;
  console.log(`${id} ${name}: ${ready.length} requests, ${same} answered the same`);
  return [same, ready.length];
}

const [before] = process.argv.slice(2);
if (before === undefined) {
  console.error('Say with which checkout to compare: node --import tsx tests/same.ts ../before');
  process.exitCode = 1;
} else {
  let [same, all] = [0, 0];
  for (const lesson of readCourse()) {
    const [sameHere, allHere] = await compare(resolve(before), lesson);
    same += sameHere;
    all += allHere;
  }
  console.log(`${all} requests, ${same} answered the same`);
  if (same < all) process.exitCode = 1;
}

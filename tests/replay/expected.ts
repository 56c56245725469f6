// What a recording must be, written down in full: each line that ran, and each value.
//
//   tests/replay/04-router.txt
//     router.ts 32       const parts = split(address.path);
//     router.ts 65         return path.slice(1).split('/');
//                            with path = '/menu/2'
//
// Read them beside the lesson: they are the lesson's code in the order in which it runs. When a
// lesson changes, they are made anew, and then read again:
//
//   npx tsx tests/replay/expected.ts

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findLesson, readCourse, root, type Lesson } from '../../lessons/classroom/course.ts';
import type { Recording, Step } from '../../lessons/classroom/replay/recording.ts';
import { record } from '../../lessons/classroom/replay/record.ts';
import { readRequests } from '../../lessons/classroom/requests.ts';

delete process.env.PASSWORD_COST; // The lesson's own is written down.

/** One request of each lesson, and those that it needs to come before. */
export const chosen: [lesson: string, request: number, ...before: number[]][] = [
  ['1', 1], ['2', 1], ['3', 3], ['4', 2], ['5', 2], ['6', 5], ['7', 1], ['8', 2], ['9', 2], ['10', 2], ['12', 2], ['13', 6], ['15', 5, 4], ['16', 3, 2], ['17', 5, 3, 4], ['18', 5, 1, 2],
  // Windows cannot flush a folder, so other lines run there.
  ...(process.platform === 'win32' ? [] : [['11', 2], ['14', 1]] as [string, number][]),
];

export function fileOf({ id, name }: Lesson): string {
  return join(root, 'tests', 'replay', `${id}-${name}.txt`);
}

export function expectedOf(lesson: Lesson): string {
  return existsSync(fileOf(lesson)) ? readFileSync(fileOf(lesson), 'utf8') : '';
}

export async function recordRequest(lesson: Lesson, number: number): Promise<Recording> {
  const requests = readRequests(readFileSync(join(lesson.folder, 'requests.http'), 'utf8'));
  const [, , ...before] = chosen.find(([word, chosenNumber]) => Number(word) === lesson.number && chosenNumber === number) ?? [];
  return record({ file: lesson.server, request: requests[number - 1]!, before: before.map((one) => requests[one - 1]!) });
}

export function writeOut({ file, sent, answer, steps }: Recording): string {
  return [`${sent.method} ${sent.target} → ${answer?.status}, by ${file}`, '', ...steps.flatMap(writeStep), ''].join('\n');
}

function writeStep({ file, line, source, depth, given = [], changed = [], returned, threw, back }: Step): string[] {
  const place = `${file.split('/').at(-1)} ${line}`.padEnd(16);
  const indent = '  '.repeat(depth);
  const news = [
    ...given.map(([name, text]) => `with ${name} = ${text}`),
    ...changed.map(([name, text]) => `then ${name} = ${text}`),
    ...(threw === undefined ? [] : [`throws ${threw}`]),
    ...(returned === undefined ? [] : [`returns ${returned}`]),
  ];
  return [`${place} ${indent}${back ? '(back)' : source}`, ...news.map((text) => `${' '.repeat(17)}${indent}    ${normal(text)}`)];
}

// Times differ from run to run, and so do ports, what is random and its hash, the folder of the data and the stamps of its files; the
// wording of JSON's and V8's errors, and what a file handle is made of, from version to version.
function normal(text: string): string {
  return text.replace(/\b(start|milliseconds|ino|mtimeMs) = \d+(\.\d+)?(e-\d+)?/, '$1 = N').replace(/\d+\.\d ms/, 'N ms')
    .replace(/[^'" ]*[\\/]replay-\w{6}\b/g, '/tmp/replay').replace(/'\d+ (\d+) \d{13}(\.\d+)?'/g, "'N $1 N'").replace(/FileHandle \{.*\}/, 'FileHandle {}')
    .replace(/\b(opened|seen|now|with value|then inner|returns)(:| =)? \d{13}\b/g, '$1$2 N').replace(/'[\w-]{43}'/g, "'#'").replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:N');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [word, number] of chosen) {
    const lesson = findLesson(readCourse(), word);
    writeFileSync(fileOf(lesson), writeOut(await recordRequest(lesson, number)));
    console.log(`${fileOf(lesson)} is written: read it beside the lesson.`);
  }
}

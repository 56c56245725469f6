// npm run lab 11: programs that show a thing, such as an order that is lost.
//
//   npm run lab                  ──►  all labs there are
//   npm run lab 11               ──►  those of lesson 11
//   npm run lab 11 killed        ──►  lessons/11-json-file/labs/killed.ts
//   npm run lab 11 killed quick  ──►  the same; a lab knows its own further words
//
// A lab is a file in a lesson's folder "labs", and says in its first sentence what it is about.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { findLesson, readCourse, root, type Lesson } from '../course.ts';
import { typescriptFlags } from '../start.ts';

type Lab = { name: string; about: string; file: string; lesson: Lesson };

export async function run([word, name, ...words]: string[], at = root): Promise<number> {
  const lessons = word === undefined ? readCourse(at) : [findLesson(readCourse(at), word)];
  const labs = lessons.flatMap(labsOf);
  if (labs.length === 0) throw new Advice(word === undefined ? noLab : noLabIn(lessons[0]!));
  if (name === undefined) return tell(listLabs(labs));
  const lab = labs.find((one) => one.name === name.toLowerCase());
  if (lab === undefined) throw new Advice(noSuchLab(lessons[0]!, labs, name));
  return runLab(lab, words, at);
}

const noLab = 'No lesson has a lab yet.';

function noLabIn({ number }: Lesson): string {
  return `Lesson ${number} has no lab. ("npm run lab" lists all there are.)`;
}

function noSuchLab({ number }: Lesson, labs: Lab[], name: string): string {
  const names = labs.map((one) => one.name).join(', ');
  return `Lesson ${number} has no lab "${name}". It has: ${names}.`;
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

function labsOf(lesson: Lesson): Lab[] {
  const folder = join(lesson.folder, 'labs');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts')).sort();
  return names.map((name) => {
    const file = join(folder, name);
    return { name: name.slice(0, -3), about: aboutOf(file), file, lesson };
  });
}

// Its first comment, up to an empty one: "// Lab · killed: a program is killed while it saves."
function aboutOf(file: string): string {
  const [first = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\/\/ \S/.test(line));
  const more = end === -1 ? lines : lines.slice(0, end);
  const about = [first, ...more].map((line) => line.replace(/^\/\/\s*/, '')).join(' ');
  return about.replace(/^Lab · [a-z0-9-]+:\s*/, '');
}

function listLabs(labs: Lab[]): string {
  const width = Math.max(...labs.map(({ name }) => name.length));
  const lines = labs.map(({ lesson, name, about }) => {
    return `  ${String(lesson.number).padStart(2)}  ${name.padEnd(width)}  ${about}`;
  });
  const [first] = labs;
  const example = `Run one: npm run lab ${first!.lesson.number} ${first!.name}`;
  return ['The labs:', '', ...lines, '', example].join('\n');
}

async function runLab({ file }: Lab, words: string[], at: string): Promise<number> {
  const flags = [...typescriptFlags(), file, ...words];
  const child = spawn(process.execPath, flags, { cwd: at, stdio: 'inherit' });
  // In a terminal Ctrl+C reaches the lab as well: it is waited for, so that it can tidy up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

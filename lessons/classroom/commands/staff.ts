// npm run staff grace@example.org: one of the staff for the café, by whoever owns the machine.
//
//   npm run staff grace@example.org       ──►  in db/data/cafe
//   npm run staff 16 grace@example.org    ──►  in db/data/16, the data of lesson 16
//
// The lessons say how: the newest make-staff.ts that the lesson has, or that comes before it. A
// server that runs has all accounts in its memory, so it must be stopped meanwhile.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { dataFolder, findLesson, readCourse, root } from '../course.ts';
import { nameOf } from '../keep.ts';
import { findRunning } from '../running.ts';
import { typescriptFlags } from '../start.ts';

export async function run(words: string[], at = root): Promise<number> {
  const [email, ...more] = [...words].reverse();
  if (email === undefined || more.length > 1) {
    throw new Advice(
      'Say who shall be of the staff, for example: npm run staff grace@example.org',
    );
  }
  const [word = 'cafe'] = more;
  const id = word === 'cafe' ? 'cafe' : findLesson(readCourse(at), word).id;
  const program = findProgram(at, id);
  const running = await findRunning(at, id);
  if (running !== undefined) {
    throw new Advice(
      `${capital(nameOf(id))} runs at ${running.url} and would not learn of it. ` +
      'Press Ctrl+C in its terminal first, then run this again.',
    );
  }
  return runProgram(program, email, dataFolder(at, id), at);
}

function findProgram(at: string, id: string): string {
  const lessons = readCourse(at).filter((lesson) => id === 'cafe' || lesson.id <= id);
  const programs = lessons.map(({ folder }) => join(folder, 'make-staff.ts'));
  const newest = programs.filter((file) => existsSync(file)).at(-1);
  if (newest === undefined) {
    throw new Advice(`In ${nameOf(id)} there is no staff yet: it comes with lesson 16.`);
  }
  return newest;
}

function runProgram(program: string, email: string, dataDir: string, at: string): Promise<number> {
  const env = { ...process.env, DATA_DIR: process.env.DATA_DIR || dataDir };
  const flags = [...typescriptFlags(), program, email];
  const child = spawn(process.execPath, flags, { cwd: at, stdio: 'inherit', env });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

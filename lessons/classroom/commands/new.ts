// npm run new 7 happy-hour: a new exercise, which proves itself at once.
//
//   lessons/07-body/exercises/happy-hour/  task.md  starter.ts  proof/
//
// A new folder is a new exercise: nothing else has to be registered.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Advice } from '../advice.ts';
import { newExercise } from '../check/template.ts';
import { findLesson, readCourse, root } from '../course.ts';
import { run as check } from './check.ts';

/** They mean something else behind the name of a lesson. */
const taken = ['once', 'watch', 'proof', 'again'];

export async function run([word, name, ...more]: string[], at = root): Promise<number> {
  if (word === undefined || name === undefined || more.length > 0) {
    throw new Advice(
      'Say in which lesson, and give the exercise a name, for example: npm run new 7 happy-hour',
    );
  }
  const lesson = findLesson(readCourse(at), word);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || taken.includes(name)) {
    throw new Advice(
      'A name has small letters, digits and "-" between words, such as happy-hour, ' +
        `but it was "${name}".`,
    );
  }
  const folder = join(lesson.folder, 'exercises', name);
  const path = relative(at, folder).replaceAll('\\', '/');
  if (existsSync(folder)) {
    throw new Advice(`${path} is there already. Give the new exercise another name.`);
  }
  writeAll(folder, newExercise(name, lesson.number));
  const guide = 'How an exercise is written stands in lessons/classroom/exercises.md.';
  console.log(`Made ${path}. ${guide}\n`);
  const status = await check([word, name, 'proof'], at);
  const words = `${lesson.number} ${name}`;
  console.log(`\nChange it until it is yours, and prove it again: npm run check ${words} proof`);
  console.log(`Try it as a learner does: npm run check ${words}`);
  return status;
}

function writeAll(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { flag: 'wx' });
  }
}

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

export async function run([word, name, ...more]: string[], at = root): Promise<number> {
  if (word === undefined || name === undefined || more.length > 0) throw new Advice('Say in which lesson, and give the exercise a name, for example: npm run new 7 happy-hour');
  const lesson = findLesson(readCourse(at), word);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || ['once', 'watch', 'proof', 'again'].includes(name)) throw new Advice(`A name has small letters, digits and "-" between words, such as happy-hour, but it was "${name}".`);
  const folder = join(lesson.folder, 'exercises', name);
  const path = relative(at, folder).replaceAll('\\', '/');
  if (existsSync(folder)) throw new Advice(`${path} is there already. Give the new exercise another name.`);
  for (const [file, text] of Object.entries(newExercise(name, lesson.number))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text, { flag: 'wx' });
  }
  console.log(`Made ${path}. How an exercise is written stands in lessons/classroom/exercises.md.\n`);
  const status = await check([word, name, 'proof'], at);
  console.log(`\nChange it until it is yours, and prove it again: npm run check ${lesson.number} ${name} proof\nTry it as a learner does: npm run check ${lesson.number} ${name}`);
  return status;
}

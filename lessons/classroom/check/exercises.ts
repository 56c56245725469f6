// The exercises: the folders are the list.
//
//   lessons/04-router/exercises/categories/
//     ──►  { lesson: { number: 4, … }, name: 'categories', answer: '…/answer.ts', … }

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { readCourse, type Lesson } from '../course.ts';
import type { Check } from './format.ts';

export type Exercise = {
  lesson: Lesson;
  name: string;
  /** '04-router/categories' */
  id: string;
  folder: string;
  /** From the root, with forward slashes. */
  path: string;
  starter: string;
  answer: string;
  solution: string;
  /** proof/mistakes.md: the gallery of mistakes. */
  mistakes: string;
};

export type Task = { title: string; text: string; hints: string[] };

export function readExercises(at: string, lessons = readCourse(at)): Exercise[] {
  return lessons.flatMap((lesson) => {
    const names = namesIn(join(lesson.folder, 'exercises'));
    return names.map((name) => exerciseOf(lesson, name, at));
  });
}

/** '4 categories': the exercise of that lesson with this name, if the word is one. */
export function exerciseNamed(
  at: string,
  lesson: Lesson,
  word: string | undefined,
): Exercise | undefined {
  return readExercises(at, [lesson]).find(({ name }) => name === word?.toLowerCase());
}

/** Its running program and its data, as `running.ts` and `db/data` name them: '04-categories'. */
export function answerId({ lesson, name }: Exercise): string {
  return `${lesson.id}-${name}`;
}

function exerciseOf(lesson: Lesson, name: string, at: string): Exercise {
  const folder = join(lesson.folder, 'exercises', name);
  return {
    lesson,
    name,
    folder,
    id: `${lesson.id}-${lesson.name}/${name}`,
    path: relative(at, folder).replaceAll('\\', '/'),
    starter: join(folder, 'starter.ts'),
    answer: join(folder, 'answer.ts'),
    solution: join(folder, 'proof', 'solution.ts'),
    mistakes: join(folder, 'proof', 'mistakes.md'),
  };
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Throws Advice when the exercise's check cannot be had. */
export async function loadCheck({ folder, path }: Exercise): Promise<Check> {
  const file = join(folder, 'proof', 'check.ts');
  if (!existsSync(file)) {
    throw new Advice(`${path} has no proof/check.ts, so nothing can be checked there.`);
  }
  const { check } = await import(pathToFileURL(file).href).catch((error: Error) => {
    throw new Advice(`${path}/proof/check.ts cannot be loaded: ${error.message}`);
  });
  if (!Array.isArray(check?.steps) || check.steps.length === 0) {
    throw new Advice(
      `${path}/proof/check.ts must export "check" with at least one step in it. ` +
        'How it is written stands in lessons/classroom/exercises.md.',
    );
  }
  return check;
}

/** The text of task.md, and its hints one by one. */
export function readTask({ folder }: Exercise): Task {
  const file = join(folder, 'task.md');
  if (!existsSync(file)) return { title: '', text: '', hints: [] };
  const [text = '', ...hints] = readFileSync(file, 'utf8').split(/^## Hint \d+[^\n]*\n/m);
  return {
    title: /^# (.*)/m.exec(text)?.[1] ?? '',
    text: text.trim(),
    hints: hints.map((hint) => hint.trim()),
  };
}

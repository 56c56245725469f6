// The steps of the course: from each lesson's server.ts to the next, with the reasons.
//
//   readSteps(course)  ──►  [{ lesson: 02 reply, before: 01 hello, growth: +9 −4, why }, …]

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../course.ts';
import { compareServers, type Growth } from './growth.ts';
import { readWhy, type Why } from './why.ts';

export type Step = { lesson: Lesson; before: Lesson; growth: Growth; why: Why };

export function readSteps(course: Lesson[]): Step[] {
  const built = course.filter(({ server }) => existsSync(server));
  return built.slice(1).map((lesson, index) => readStep(built[index]!, lesson));
}

function readStep(before: Lesson, lesson: Lesson): Step {
  const growth = compareServers(read(before.server), read(lesson.server));
  const reasons = join(lesson.folder, 'step.md');
  return { lesson, before, growth, why: readWhy(existsSync(reasons) ? read(reasons) : '') };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

export function countOf({ added, removed }: Growth): string {
  return `+${added} −${removed}`;
}

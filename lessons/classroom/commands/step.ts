// npm run step 7: what lesson 7 adds to the server of lesson 6, and why.
//
//   npm run step    ──►  all steps in a table
//   npm run step 7  ──►  the changed lines of lessons/07-body/server.ts, with reasons (step.md)

import { Advice } from '../advice.ts';
import { findLesson, readCourse, root, type Lesson } from '../course.ts';
import { showStep, showSteps } from '../step/show.ts';
import { readSteps, type Step } from '../step/steps.ts';

export async function run([word, ...more]: string[], at = root): Promise<number> {
  const course = readCourse(at);
  const steps = readSteps(course);
  if (word === undefined) return tell(showSteps(steps));
  const lesson = findLesson(course, word);
  if (more.length > 0) {
    throw new Advice(`"${more.join(' ')}" means nothing here. ` +
      `Write: npm run step ${lesson.number}`);
  }
  return tell(showStep(findStep(steps, lesson)));
}

function findStep(steps: Step[], { id, name, number }: Lesson): Step {
  const step = steps.find(({ lesson }) => lesson.id === id);
  if (step !== undefined) return step;
  if (number > 1) {
    throw new Advice(`Lesson ${number} has no server.ts in it, so there is no step to show.`);
  }
  throw new Advice(
    'Lesson 1 is the first one, so there is no step to it: ' +
    `open lessons/${id}-${name}/server.ts. The first step: npm run step 2`,
  );
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

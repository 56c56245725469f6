// The request that fails in a check, recorded: its way through the code, line by line.
//
//   replayFailed(answer.ts, '.')  ──►  Step 2 of 7: The baker asks for what is baked.
//                                      Where the ways part: answer.ts, line 18 …
//
// The check says which request fails now; the second look records it. So nothing has to be kept,
// and what is shown is the file of this moment.

import { Advice } from '../advice.ts';
import { paint } from '../paint.ts';
import { findParting } from '../replay/parting.ts';
import { showParting } from '../replay/print.ts';
import { printAs, type Walked } from '../replay/print-walk.ts';
import { checkProgram } from './check.ts';
import { loadCheck } from './exercises.ts';
import { lookAgain, watchers } from './look.ts';
import { keepSpares } from './spare.ts';
import type { Subject } from './subject.ts';
import type { NotPassed, Verdict } from './verdict.ts';

type Step = NonNullable<NotPassed['step']>;

/** `how`: 'lines', 'all', a function's name, or nothing. Throws Advice where no request fails. */
export async function replayFailed(subject: Subject, at: string, how?: string): Promise<string> {
  const spares = keepSpares(1);
  const lookers = keepSpares(1, watchers.recorder);
  try {
    const check = await loadCheck(subject.exercise);
    const checked = { file: subject.file, check, spares, root: at };
    const step = failedStep(await checkProgram(checked), subject);
    const { recording } = await lookAgain({ ...checked, spares: lookers }, step.number);
    const words = `${subject.words} failed`;
    if (recording) return show({ recording, at, words }, how, step, subject);
    throw new Advice(
      `The request could not be sent once more. Check again: npm run check ${subject.words}`,
    );
  } finally {
    spares.close();
    lookers.close();
  }
}

function failedStep(verdict: Verdict, { exercise, path, words }: Subject): Step {
  if (verdict.passed) {
    throw new Advice(
      `Nothing fails: all ${verdict.steps} steps of ${exercise.name} hold. ` +
        `To see any request: npm run replay ${path} /`,
    );
  }
  if (verdict.step) return verdict.step;
  const sentence = verdict.mistake.says.replace(/[^.!?]$/, '$&.');
  throw new Advice(`${sentence} So no request came so far. See: npm run check ${words}`);
}

function show(seen: Walked, how: string | undefined, step: Step, { path }: Subject): string {
  const { number, of, story, expected, broken } = step;
  const parting = findParting(seen.recording, path);
  const wanted = expected.length > 0 ? expected : broken;
  const last = parting ? showParting(parting, wanted) : [];
  const title = paint('dim', `Step ${number} of ${of}: ${story}`);
  return `${title}\n\n${printAs(how, seen, last)}`;
}

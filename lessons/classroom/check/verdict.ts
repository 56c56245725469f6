// A verdict: what a check comes to, and what it was given.
//
//   { passed: false, mistake: { code: 'T3', … }, step: { number: 1, … }, place: … }

import type { Check } from './format.ts';
import type { Place } from './place.ts';
import type { Asked, Program } from './program.ts';
import type { Spares } from './spare.ts';
import type { Found } from './trouble.ts';

export type Passed = { passed: true; steps: number; notes: string[] };
export type NotPassed = {
  passed: false;
  mistake: Found;
  /** What was asked, what came, and what was expected; undefined when nothing could be asked. */
  step?: { number: number; of: number; story: string; came: Asked; expected: string[]; broken: string[] };
  place: Place | undefined;
  notes: string[];
};
export type Verdict = Passed | NotPassed;

/** `onStart` is told of each program that runs, and of the folder that it was started in. */
export type Checked = { file: string; check: Check; spares: Spares; root: string; onStart?: (program: Program, cwd: string) => void };

// A verdict: what a check comes to, and what it was given.
//
//   { passed: false, mistake: { code: 'T3', … }, step: { number: 1, … }, place: … }

import type { Check } from './format.ts';
import type { FailedLocation } from './place.ts';
import type { Asked, Program } from './program.ts';
import type { Spares } from './spare.ts';
import type { Found } from './trouble.ts';

export type Verdict = Passed | NotPassed;

export type Passed = { passed: true; steps: number; notes: string[] };

export type NotPassed = {
  passed: false;
  mistake: Found;
  /** Undefined when nothing could be asked. */
  step?: FailedStep;
  place: FailedLocation | undefined;
  notes: string[];
};

/** What was asked, what came, and what was expected. */
export type FailedStep = {
  number: number;
  of: number;
  story: string;
  came: Asked;
  expected: string[];
  broken: string[];
};

export type Checked = {
  file: string;
  check: Check;
  spares: Spares;
  root: string;
  /** Told of each program that runs, and of the folder that it was started in. */
  onStart?: (program: Program, cwd: string) => void;
};

// A look: what a file of looks is made of.
//
//   an answer that is over  ──►  one slip in it, or undefined

import type { SourceLocation } from './place.ts';
import type { Slip } from './tell.ts';
import type { Visit } from './visit.ts';

export type Answer = {
  visit: Visit;
  status: number;
  headers: Map<string, string>;
  text: string;
  bytes: number;
  /** Where it was ended. */
  place(): SourceLocation | undefined;
};

/** `at` is where the slip is, if not where the answer was ended. */
export type Found = Slip & { at?: SourceLocation | undefined };
export type Look = (answer: Answer) => Found | undefined;

// Lesson 08 · rule: one check of one value.
//
//   rule(340, 'price', errors)     ──►  340
//   rule('3,40', 'price', errors)  ──►  errors: [{ field: 'price', message: '"price" must be …' }]
//
// A rule takes a value and returns it, perhaps tidied up. If something is wrong, it adds an entry
// to `errors` and goes on, so that one answer can name all mistakes.

import type { FieldError } from '../06-errors/errors.ts';
import { showHidden } from './visible.ts';

/** `name` is what the errors call the value. */
export type Rule<Value> = (value: unknown, name: string, errors: FieldError[]) => Value;

/** The type of the values that a rule returns. */
export type Valid<R> = R extends Rule<infer Value> ? Value : never;

/** Returns undefined in place of a value. No code ever uses it, because validate() throws. */
export function noteWrong<Value>(
  errors: FieldError[],
  name: string,
  rule: string,
  value: unknown,
): Value {
  if (value === undefined) note(errors, name, `is missing: it must be ${rule}.`);
  else note(errors, name, `must be ${rule}, but it was ${show(value)}.`);
  return undefined as Value;
}

function note(errors: FieldError[], field: string, problem: string): void {
  errors.push({ field, message: `${field ? show(field) : 'The body'} ${problem}` });
}

// A client can send any name, even an empty one, as in "?=1".
export function noteUnknown(errors: FieldError[], field: string, known: string[]): void {
  const message = `${show(field)} is not a known field. The fields are ${known.join(', ')}.`;
  errors.push({ field, message });
}

function show(value: unknown): string {
  const json = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const short = json.length > 60 ? `${json.slice(0, 60).replace(/\p{Surrogate}/u, '')}…` : json;
  return showHidden(short);
}

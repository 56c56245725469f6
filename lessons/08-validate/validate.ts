// Lesson 08 · validate: is this what we asked for?
//
//   validate(newItemRule, { name: 'Flat white', price: '3,40', colour: 'red' })
//     ──►  422: "price" must be a whole number of cents from 1 to 100000, but it was "3,40".
//               "category" is missing: it must be one of coffee, tea.
//               "colour" is not a known field. The fields are name, price, category.
//
// All fields are checked before anything is said: a client that learns of one mistake at a time has
// to come back four times. Unknown fields are refused, not ignored: "role" may be an attack, and
// "prise" is surely a typing mistake.

import { Refusal, type FieldError } from '../06-errors/errors.ts';
import { noteUnknown, noteWrong, type Rule, type Valid } from './rule.ts';

// So that other lessons need only this file.
export { oneOf, trueOrFalse } from './choice-rules.ts';
export { list, optional } from './list-rules.ts';
export { numberFromText, wholeNumber } from './number-rules.ts';
export { noteWrong, type Rule, type Valid } from './rule.ts';
export { line, paragraphs } from './text-rules.ts';

/** The checked input, or a Refusal that names every wrong field. `status`: 400 for a query. */
export function validate<Value>(rule: Rule<Value>, input: unknown, status = 422): Value {
  const errors: FieldError[] = [];
  const value = rule(input, '', errors);
  if (errors.length > 0) {
    const shown = errors.slice(0, MAX_ERRORS);
    throw new Refusal(status, 'Some fields are not valid.', { errors: shown });
  }
  return value;
}

/** A client needs no more of them, and the answer stays small. */
export const MAX_ERRORS = 50;

type RuleTable = Record<string, Rule<unknown>>;
type ValidFields<Rules extends RuleTable> = { [Name in keyof Rules]: Valid<Rules[Name]> };

/** Each field by its own rule; no others. */
export function fields<Rules extends RuleTable>(rules: Rules): Rule<ValidFields<Rules>> {
  const names = Object.keys(rules);
  return (value, name, errors) => {
    if (!isObject(value)) {
      return noteWrong(errors, name, 'an object with fields, such as {"name":"Flat white"}', value);
    }
    const valid: Record<string, unknown> = {};
    for (const field of names) {
      const given = Object.hasOwn(value, field) ? value[field] : undefined;
      valid[field] = rules[field]!(given, inside(name, field), errors);
    }
    for (const field in value) {
      if (!Object.hasOwn(rules, field)) noteUnknown(errors, inside(name, field), names);
    }
    return valid as ValidFields<Rules>;
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inside(name: string, field: string): string {
  return name ? `${name}.${field}` : field;
}

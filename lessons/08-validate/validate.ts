// Lesson 08 · validate: is this what we asked for?
//
//   validate(item, { name: 'Flat white', price: '3,40', colour: 'red' })
//     ──►  422: "price" must be a whole number of cents from 1 to 100000, but it was "3,40".
//                       "category" is missing: it must be one of coffee, tea.
//                       "colour" is not known here: the fields are name, price, category.
//
// A rule is a function that takes a value and returns it, or notes what is wrong with it. Rules are
// made once, at the start, from smaller ones. All fields are checked before anything is said, since
// nobody likes to be sent back four times. What was not asked for is refused, not ignored: a field
// called "role" may be an attack, and "prise" is surely a slip.

import { Refusal, type FieldError } from '../06-errors/errors.ts';
import { canBeRead, canBeSeen, showHidden } from './visible.ts';

/** Returns the value, perhaps tidied up, or notes errors; `name` is what they call the value. */
export type Rule<Value> = (value: unknown, name: string, errors: FieldError[]) => Value;
export type Valid<R> = R extends Rule<infer Value> ? Value : never;

/** The checked input, or a Refusal that names every wrong field. `status`: 400 for a query. */
export function validate<Value>(rule: Rule<Value>, input: unknown, status = 422): Value {
  const errors: FieldError[] = [];
  const value = rule(input, '', errors);
  if (errors.length > 0) {
    const shown = errors.slice(0, MAX_ERRORS);
    throw new Refusal(status, 'Some fields are not right.', { errors: shown });
  }
  return value;
}

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

export function wholeNumber(from: number, to: number, unit = ''): Rule<number> {
  const rule = `a whole number${unit && ` of ${unit}`} from ${from} to ${to}`;
  return (value, name, errors) => {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
    if (!isWhole || value < from || value > to) return noteWrong(errors, name, rule, value);
    return value + 0; // -0 becomes 0
  };
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** More of them help nobody, and an answer must stay small. */
export const MAX_ERRORS = 50;

/** One line of text that can be seen, with its length in characters, less the spaces around it. */
export function line(from: number, to: number): Rule<string> {
  return textRule(`a line of ${from} to ${to} characters`, from, to, LINE);
}

/** Text that may have several lines. */
export function paragraphs(from: number, to: number): Rule<string> {
  return textRule(`a text of ${from} to ${to} characters`, from, to, PARAGRAPHS);
}

/** What must not be in a text, and what must not be hidden in it. */
type TextForm = { forbidden: RegExp; isClear: (text: string) => boolean };

const LINE: TextForm = { forbidden: /[\x00-\x1f\x7f-\x9f\u2028\u2029]/, isClear: canBeSeen };
const PARAGRAPHS: TextForm = {
  forbidden: /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/, // controls, but for tabs and line breaks
  isClear: canBeRead,
};

export function oneOf<const Choice extends string>(...choices: Choice[]): Rule<Choice> {
  const rule = `one of ${choices.join(', ')}`;
  return (value, name, errors) => {
    return choices.find((choice) => choice === value) ?? noteWrong(errors, name, rule, value);
  };
}

export function trueOrFalse(): Rule<boolean> {
  return (value, name, errors) => {
    return typeof value === 'boolean' ? value : noteWrong(errors, name, 'true or false', value);
  };
}

/** A list whose entries all follow one rule: `items[2].quantity` names what is wrong in it. */
export function list<Value>(rule: Rule<Value>, from: number, to: number): Rule<Value[]> {
  return (value, name, errors) => {
    if (!Array.isArray(value) || value.length < from || value.length > to) {
      return noteWrong(errors, name, `a list of ${from} to ${to} entries`, value);
    }
    return value.map((entry, index) => rule(entry, `${name}[${index}]`, errors));
  };
}

/** A field that may be left out; then it has this value. */
export function optional<Value, Otherwise>(
  rule: Rule<Value>,
  otherwise: Otherwise,
): Rule<Value | Otherwise> {
  return (value, name, errors) => (value === undefined ? otherwise : rule(value, name, errors));
}

/** For numbers in forms and queries, where all is text: "340" becomes 340, and "" nothing. */
export function numberFromText<Value extends number | undefined>(rule: Rule<Value>): Rule<Value> {
  return (value, name, errors) => {
    if (value === '') return rule(undefined, name, errors);
    const isNumber = typeof value === 'string' && /^-?\d+$/.test(value);
    // A number that is too long for the computer stays text, so that an error shows it as it came.
    const isExact = isNumber && Number.isSafeInteger(Number(value));
    return rule(isExact ? Number(value) : value, name, errors);
  };
}

function textRule(rule: string, from: number, to: number, form: TextForm): Rule<string> {
  return (value, name, errors) => {
    const tidy = typeof value === 'string' ? tidyUp(value, form.forbidden) : undefined;
    const length = tidy === undefined ? -1 : countCharacters(tidy);
    if (length < from || length > to) return noteWrong(errors, name, rule, value);
    const isClear = PLAIN.test(tidy!) || form.isClear(tidy!);
    return isClear ? tidy! : noteWrong(errors, name, `${rule} that can be seen`, value);
  };
}

// For speed: most texts are printable ASCII throughout, and then nothing else need be asked.
const PLAIN = /^[\x20-\x7e]*$/;

// Half of a pair of surrogates is no character at all. And no language puts 31 marks on one letter,
// but 50,000 of them take normalize() more than a second.
const NO_TEXT = /\p{Surrogate}|\p{Mark}{31}/u;

// Spaces around a text are slips of the keyboard; é as one character and as e with an accent behind
// it look the same and must compare the same.
function tidyUp(text: string, forbidden: RegExp): string | undefined {
  if (PLAIN.test(text)) return text.trim();
  return forbidden.test(text) || NO_TEXT.test(text) ? undefined : text.trim().normalize();
}

// 🥐 is one character to a guest, and two to "length".
function countCharacters(text: string): number {
  return PLAIN.test(text) ? text.length : [...text].length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a stand-in: what is noted makes validate() throw, so nobody uses it. */
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

// Its name may be anything, also nothing at all, as in "?=1".
function noteUnknown(errors: FieldError[], field: string, known: string[]): void {
  const message = `${show(field)} is not known here: the fields are ${known.join(', ')}.`;
  errors.push({ field, message });
}

function show(value: unknown): string {
  const json = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const short = json.length > 60 ? `${json.slice(0, 60).replace(/\p{Surrogate}/u, '')}…` : json;
  return showHidden(short);
}

function inside(name: string, field: string): string {
  return name ? `${name}.${field}` : field;
}

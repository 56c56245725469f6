// Lesson 12 · check-form: what a guest has typed, and what is wrong with it.
//
//   const TEXT = { name: 'text', label: 'Your note', sentence: 'Please write a note, …' };
//   checkForm(newNoteRule, { name: 'Ada', text: '' }, [NAME, TEXT])
//     ──►  { typed: { name: 'Ada', text: '' },
//            errors: [{ field: 'text', message: 'Please write a note, …' }] }
//
// A program gets the list of errors in the words of the API (lesson 08). A person gets a sentence
// next to the field, in the words of its label. The rule is the same. A browser's own checks are
// only a comfort, since anyone can send a form without a browser.

import type { IncomingMessage } from 'node:http';
import type { FieldError } from '../06-errors/errors.ts';
import { readForm } from '../07-body/body.ts';
import { MAX_ERRORS, type Rule } from '../08-validate/validate.ts';

/** `now`: the current values, for a form that came too late. */
export type Form = { typed: Typed; errors: FieldError[]; now?: Typed };
export type Typed = Record<string, string>;

/**
 * `sentence`: what a person reads when something is wrong with this field. `options`: the values
 * that can be chosen, each with its name. `isHalf`: two such fields share a line.
 */
export type Field = {
  name: string;
  label: string;
  sentence: string;
  type?: FieldType;
  autocomplete?: string;
  options?: [value: string, name: string][];
  isHalf?: boolean;
};
type FieldType = 'text' | 'lines' | 'time' | 'number' | 'email' | 'password' | 'hidden';

export const emptyForm: Form = { typed: {}, errors: [] };

/** Without errors, `value` is as the rule promises. */
export function checkForm<Value>(rule: Rule<Value>, typed: Typed, fields: Field[] = []) {
  const found: FieldError[] = [];
  const value = rule(typed, '', found);
  const errors = found.slice(0, MAX_ERRORS).map(({ field, message }) => {
    const known = fields.find(({ name }) => name === field);
    return { field, message: known ? known.sentence : message };
  });
  return { typed, errors, value };
}

/** The fields of a record as a form holds them: as text. */
export function toTyped(record: object): Typed {
  const texts = Object.entries(record).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(texts);
}

/** The fields of a form as they were typed. */
export async function readTyped(request: IncomingMessage): Promise<Typed> {
  const sent = await readForm(request);
  // A form sends two characters for each line break, on every system. Here it is one.
  for (const name in sent) sent[name] = sent[name]!.replaceAll('\r\n', '\n');
  return sent;
}

/** With the current values and their version: the second editor has now seen what they replace. */
export function tooLate(form: Form, record: object): Form {
  const now = toTyped(record);
  return { ...form, typed: { ...form.typed, version: now.version ?? '' }, now };
}

// Lesson 08 · list-rules: how often may a value be there? Many times, or not at all.
//
//   list(line(1, 60), 1, 20)   ['Espresso', 'Tea']  ──►  ['Espresso', 'Tea']
//                              ['Espresso', 7]      ──►  error: "items[1]" must be a line of …
//   optional(line(1, 60), '')  undefined            ──►  ''

import { noteWrong, type Rule } from './rule.ts';

/** A list whose entries all follow one rule: `items[2].quantity` names a wrong value in it. */
export function list<Value>(rule: Rule<Value>, from: number, to: number): Rule<Value[]> {
  return (value, name, errors) => {
    if (!Array.isArray(value) || value.length < from || value.length > to) {
      return noteWrong(errors, name, `a list of ${from} to ${to} entries`, value);
    }
    return value.map((entry, index) => rule(entry, `${name}[${index}]`, errors));
  };
}

/** A field that the client may leave out; then it has the value `otherwise`. */
export function optional<Value, Otherwise>(
  rule: Rule<Value>,
  otherwise: Otherwise,
): Rule<Value | Otherwise> {
  return (value, name, errors) => (value === undefined ? otherwise : rule(value, name, errors));
}

// Lesson 08 · number-rules: a whole number, from JSON or from text.
//
//   wholeNumber(1, 100_000, 'cents')     340     ──►  340
//                                        '340'   ──►  an error: it is text
//   numberFromText(wholeNumber(1, 10))   '7'     ──►  7, for forms and queries

import { noteWrong, type Rule } from './rule.ts';

export function wholeNumber(from: number, to: number, unit = ''): Rule<number> {
  const rule = `a whole number${unit && ` of ${unit}`} from ${from} to ${to}`;
  return (value, name, errors) => {
    const isWhole = typeof value === 'number' && Number.isSafeInteger(value);
    if (!isWhole || value < from || value > to) return noteWrong(errors, name, rule, value);
    return value + 0; // -0 becomes 0
  };
}

/** Forms and queries send only text: "340" becomes 340, and "" becomes undefined. */
export function numberFromText<Value extends number | undefined>(rule: Rule<Value>): Rule<Value> {
  return (value, name, errors) => {
    if (value === '') return rule(undefined, name, errors);
    const isNumber = typeof value === 'string' && /^-?\d+$/.test(value);
    // A number too large to be exact stays text, so that the error shows it as the client sent it.
    const isExact = isNumber && Number.isSafeInteger(Number(value));
    return rule(isExact ? Number(value) : value, name, errors);
  };
}

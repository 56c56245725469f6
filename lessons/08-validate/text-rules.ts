// Lesson 08 · text-rules: a text that people can read, neither too short nor too long.
//
//   line(1, 60)  ' Flat white '  ──►  'Flat white'
//                '   '           ──►  error: "name" must be a line of 1 to 60 characters, …
//                'Zoë\u200b'     ──►  error: an invisible character, so it only looks like "Zoë"

import { noteWrong, type Rule } from './rule.ts';
import { canBeRead, canBeSeen } from './visible.ts';

/** One line of visible text, without the spaces around it. The length is in characters. */
export function line(from: number, to: number): Rule<string> {
  return textRule(`a line of ${from} to ${to} characters`, from, to, LINE);
}

/** Text that may have several lines. */
export function paragraphs(from: number, to: number): Rule<string> {
  return textRule(`a text of ${from} to ${to} characters`, from, to, PARAGRAPHS);
}

/** Which characters a text must not have, and whether a person can see what it says. */
type TextForm = { forbidden: RegExp; isClear: (text: string) => boolean };

const LINE: TextForm = { forbidden: /[\x00-\x1f\x7f-\x9f\u2028\u2029]/, isClear: canBeSeen };
const PARAGRAPHS: TextForm = {
  // Control characters, but for tabs and line breaks.
  forbidden: /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/,
  isClear: canBeRead,
};

function textRule(rule: string, from: number, to: number, form: TextForm): Rule<string> {
  return (value, name, errors) => {
    const tidy = typeof value === 'string' ? tidyUp(value, form.forbidden) : undefined;
    const length = tidy === undefined ? -1 : countCharacters(tidy);
    if (length < from || length > to) return noteWrong(errors, name, rule, value);
    const isClear = PLAIN.test(tidy!) || form.isClear(tidy!);
    return isClear ? tidy! : noteWrong(errors, name, `${rule} that can be seen`, value);
  };
}

// Most texts are printable ASCII. They pass at once, and skip the slower checks.
const PLAIN = /^[\x20-\x7e]*$/;

// Half of a surrogate pair is not a character. And no language puts 31 marks on one letter, but
// 50,000 of them keep normalize() busy for more than a second.
const NO_TEXT = /\p{Surrogate}|\p{Mark}{31}/u;

// normalize(): "é" can be one character, or an "e" and an accent. They look the same, so they must
// compare as the same.
function tidyUp(text: string, forbidden: RegExp): string | undefined {
  if (PLAIN.test(text)) return text.trim();
  return forbidden.test(text) || NO_TEXT.test(text) ? undefined : text.trim().normalize();
}

// 🥐 is one character to a guest, and two to "length".
function countCharacters(text: string): number {
  return PLAIN.test(text) ? text.length : [...text].length;
}

// Lesson 14 · rules: what an e-mail address and a password must be like.
//
//   email         ' Ada@Example.org '  ──►  'ada@example.org'
//   newPassword   'password1'          ──►  "password" is one that everybody tries first: …
//
// They are rules as in lesson 08. No message shows the password that was typed.

import { trimBlanks } from '../06-errors/header-list.ts';
import { noteWrong, type Rule } from '../08-validate/validate.ts';
import { isExact, normalizePassword } from './password-text.ts';

export const MAX_EMAIL = 254; // RFC 5321, 4.5.3.1.3, without its "<" and ">"
export const MAX_PASSWORD = 200;

// The pattern that browsers use for e-mail fields (HTML standard, "valid e-mail address").
export const email: Rule<string> = (value, name, errors) => {
  const address = typeof value === 'string' ? trimBlanks(value) : '';
  const fits = address.length <= MAX_EMAIL && EMAIL.test(address);
  if (fits) return normalizeEmail(address);
  return noteWrong(errors, name, 'an e-mail address, such as ada@example.org', value);
};

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const EMAIL = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`, 'i');

/** Capital letters and spaces around it make no difference. */
export function normalizeEmail(email: string): string {
  return trimBlanks(email).toLowerCase();
}

// Length counts. "One capital, one digit, one symbol" only leads to "Password1!" (NIST SP
// 800-63B-4, 3.1.1.2; it asks for 15 characters where the password is the only proof).
export const newPassword: Rule<string> = (value, name, errors) => {
  const password = ofGoodLength(value, name, errors);
  if (typeof value === 'string' && COMMON.has(value.toLowerCase())) {
    const message = `"${name}" is one that everybody tries first: choose another.`;
    errors.push({ field: name, message });
  }
  return password;
};

const ofGoodLength = secret(8, MAX_PASSWORD);

// A real service has a list of thousands.
const COMMON = new Set([
  'password', 'passwort', 'password1', 'password123', '12345678', '123456789', '1234567890',
  '11111111', 'qwertyuiop', 'qwerty123', 'iloveyou', 'sunshine', 'princess', 'football', 'baseball',
]);

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** A text that is taken as it is, and that no message shows. */
export function secret(from: number, to: number): Rule<string> {
  return (value, name, errors) => {
    const problem = problemIn(value, from, to);
    if (problem) errors.push({ field: name, message: `"${name}" ${problem}` });
    return value as string;
  };
}

function problemIn(secret: unknown, from: number, to: number): string | undefined {
  const rule = `a text of ${from} to ${to} characters`;
  if (secret === undefined) return `is missing: it must be ${rule}.`;
  if (typeof secret !== 'string') return `must be ${rule}.`;
  const length = lengthOf(secret);
  if (length < from || length > to) return `must be ${rule}, but it has ${length}.`;
  if (isExact(secret)) return undefined;
  return 'must not contain the character U+0000 or half of a character. Type it again.';
}

// "é" counts as one character, from any keyboard. A text that is far too long is not normalized,
// because that could take a second.
function lengthOf(secret: string): number {
  const isShort = secret.length <= 10 * MAX_PASSWORD;
  return [...(isShort ? normalizePassword(secret) : secret)].length;
}

// Lesson 14 · rules: what an e-mail address and a password must be like.
//
//   email         ' Ada@Example.org '  ──►  'ada@example.org'
//   newPassword   'password1'          ──►  "password" is one that everybody tries first: …
//
// They are rules as in lesson 08. No message says what was typed as a password.

import { wrong, type Rule } from '../08-validate/validate.ts';

export const LONGEST_EMAIL = 254; // RFC 5321, 4.5.3.1.3, without its "<" and ">"
export const LONGEST_PASSWORD = 200;

// The form that browsers check in a field for e-mail (HTML standard, "valid e-mail address").
export const email: Rule<string> = (value, name, errors) => {
  const address = typeof value === 'string' ? value.trim() : '';
  const fits = address.length <= LONGEST_EMAIL && EMAIL.test(address);
  if (fits) return sameForm(address);
  return wrong(errors, name, 'an e-mail address, such as ada@example.org', value);
};

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const EMAIL = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`, 'i');

/** Small and capital letters count as the same, and so do spaces around it. */
export function sameForm(email: string): string {
  return email.trim().toLowerCase();
}

/** A text that is neither tidied up nor shown in any message. */
export function secret(from: number, to: number): Rule<string> {
  return (value, name, errors) => {
    const rule = `a text of ${from} to ${to} characters`;
    const length = typeof value === 'string' ? [...value].length : undefined;
    let problem = '';
    if (value === undefined) problem = `is missing: it must be ${rule}.`;
    else if (length === undefined) problem = `must be ${rule}.`;
    else if (length < from || length > to) problem = `must be ${rule}, but it has ${length}.`;
    if (problem) errors.push({ field: name, message: `"${name}" ${problem}` });
    return value as string;
  };
}

// Length is what counts; "one capital, one digit, one sign" only leads to "Password1!" (NIST SP
// 800-63B-4, 3.1.1.2, which asks for 15 where nothing but a password is asked).
export const newPassword: Rule<string> = (value, name, errors) => {
  const password = ofGoodLength(value, name, errors);
  if (typeof value === 'string' && COMMON.has(value.toLowerCase())) {
    const message = `"${name}" is one that everybody tries first: choose another.`;
    errors.push({ field: name, message });
  }
  return password;
};

const ofGoodLength = secret(8, LONGEST_PASSWORD);

// For a real service, a list with thousands of them.
const COMMON = new Set([
  'password', 'passwort', 'password1', 'password123', '12345678', '123456789', '1234567890',
  '11111111', 'qwertyuiop', 'qwerty123', 'iloveyou', 'sunshine', 'princess', 'football', 'baseball',
]);

// Lesson 07 · parse-form: the fields of a form that a browser sent.
//
//   parseForm('name=Ben&text=Cr%C3%A8me+again')  ──►  { name: 'Ben', text: 'Crème again' }
//   parseForm('text=100%')                       ──►  400: after "%" comes no code
//
// Node's URLSearchParams reads all of it, but it silently changes what is broken. We refuse that,
// as we do in an address.

import { decode } from '../03-address/decode.ts';
import { Refusal } from '../06-errors/errors.ts';

export function parseForm(text: string): Record<string, string> {
  checkCodes(text);
  const fields: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === '__proto__') {
      throw new Refusal(400, 'The form must not have a field called "__proto__".');
    }
    if (Object.hasOwn(fields, name)) {
      throw new Refusal(400, `The form has the field "${name}" twice.`);
    }
    fields[name] = value;
  }
  return fields;
}

function checkCodes(text: string): void {
  const broken = text.split('&').find((pair) => decode(pair) === undefined);
  if (broken === undefined) return;
  throw new Refusal(
    400,
    `The form field "${broken.slice(0, 100)}" cannot be read: ` +
    'each "%" must begin a code for a byte of UTF-8.',
  );
}

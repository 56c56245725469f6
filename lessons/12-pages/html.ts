// Lesson 12 · html: a guest's text in a page, never as a part of the page's code.
//
//   markup`<p>${"<script>alert('free coffee')</script>"}</p>`
//     ──►  <p>&lt;script&gt;alert(&#39;free coffee&#39;)&lt;/script&gt;</p>     shown, and not run
//
// The tag before the template is a function. It gets the parts that we wrote and the values between
// them separately, so it can escape every value, and you cannot forget to. With a function escape()
// that you call by hand, you forget once, and once is enough. What markup`…` returns is known to be
// safe, and goes into another markup`…` as it is.
// (Other libraries call this tag `html`. Here that is lesson 02's reply.)

import { escapeText } from './escape.ts';
import { Markup, toText, type Value } from './markup-value.ts';
import { findWriters, type Writer } from './template-places.ts';

export type { Markup, Value };

export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const writers = writersFor(parts);
  let text = parts[0]!;
  for (let index = 0; index < values.length; index += 1) {
    text += writers[index]!(values[index]) + parts[index + 1]!;
  }
  return new Markup(text);
}

function writeText(value: Value): string {
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.reduce(addText, '');
  return toText(value);
}

function addText(text: string, value: Value): string {
  return text + writeText(value);
}

// Each use of one template has the same list of parts, so its places are found only once.
const known = new WeakMap<TemplateStringsArray, Writer[]>();

function writersFor(parts: TemplateStringsArray): Writer[] {
  const found = known.get(parts);
  if (found) return found;
  const writers = findWriters(parts, writeText);
  known.set(parts, writers);
  return writers;
}

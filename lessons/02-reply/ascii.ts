// Lesson 02 · ascii: a text for places that hold only ASCII.
//
//   '/menu?search=café'  ──►  '/menu?search=caf%C3%A9'
//
// A header and a line of a log can hold no line break and no "☕": an attacker would write a header
// of their own into the answer, or draw on a terminal. Percent-codes are safe in both.

export function toAscii(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(Buffer.from(part).toString()));
}

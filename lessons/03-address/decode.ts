// Lesson 03 · decode: percent-codes become characters again.
//
//   'caf%C3%A9'  ──►  'café'
//   '100%'       ──►  undefined: this "%" does not begin a code for a byte of UTF-8
//
// Node throws for such a text. But it is the client's mistake, so it is a result like any other.

export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

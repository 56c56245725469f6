// Lesson 04 · pattern: can this router read this pattern?
//
//   /menu/:id    ──►  yes: the word "menu", and a value called "id"
//   /files/*path ──►  yes: the word "files", and the rest of the path as one value
//   /menu/:id?   ──►  no: an error at the start says why
//
// In other frameworks a pattern can do more: optional parts, rules for a value, two values in one
// part. Here each of these would be a route that no request reaches. So such a pattern is refused
// before the first guest comes.

/** Throws a sentence with the pattern, the part that is wrong, and what to write instead. */
export function checkPattern(pattern: string): void {
  const problem = problemIn(pattern);
  if (problem) throw new Error(`The pattern "${pattern}" ${problem}`);
}

function problemIn(pattern: string): string | undefined {
  if (!pattern.startsWith('/')) return 'must begin with "/".';
  const parts = pattern.slice(1).split('/');
  if (pattern !== '/' && parts.includes('')) {
    return 'must not end in "/" or contain "//": the router redirects "/menu/" to "/menu".';
  }
  return problemInNames(parts) ?? problemInParts(parts);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function problemInNames(parts: string[]): string | undefined {
  const names = parts.filter((part) => /^[:*]/.test(part));
  if (names.some((part) => part.length === 1)) {
    return 'needs a name after ":" or "*", as in "/menu/:id".';
  }
  if (new Set(names.map((part) => part.slice(1))).size < names.length) {
    return 'uses one name for two values.';
  }
  if (parts.slice(0, -1).some((part) => part.startsWith('*'))) {
    return 'must have "*" only in its last part.';
  }
  return undefined;
}

// A handler reads a value as `params.id`, so its name must be one that can follow a point.
const VALUE = /^[:*](?!__proto__$)[\p{Letter}_$][\p{Letter}\p{Number}_$]*$/u;

// These characters are never in the path that `readAddress` returns, or mean something else there,
// or are invisible.
const WORD = /^(?!\.{1,2}$)[^:*?#$%(){}[\]<>\\|^`"\p{White_Space}\p{Control}\p{Surrogate}]*$/u;
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

function problemInParts(parts: string[]): string | undefined {
  const part = parts.find((one) => !VALUE.test(one) && (!WORD.test(one) || UNSEEN.test(one)));
  if (part === undefined) return undefined;
  return `has the part "${part}", and this router reads a part as one word, such as "menu", ` +
    `or as one value, such as ":id"; other frameworks read more into it. ${wayOut(part)}`;
}

// The first that fits says what the pattern was probably meant to do.
const WAYS_OUT: [RegExp, string][] = [
  [UNSEEN, 'It contains an invisible character: type it again.'],
  [/__proto__/, 'Give the value another name: every object has something called "__proto__".'],
  [/^[^:*]*[?#]/, 'Leave out what begins at "?" or "#": a handler finds it in address.query.'],
  [/\?$/, 'If a part can be missing, write two routes.'],
  [/[()]/, 'Make it a value, and let the handler check it.'],
  [/^[{<[$]/, 'Write a value with a colon: ":id".'],
  [/%/, 'Write the character itself: "café", not "caf%C3%A9".'],
  [/[:*{<[]/, 'Make the whole part one value, and take it apart in the handler.'],
];

function wayOut(part: string): string {
  const [, advice] = WAYS_OUT.find(([form]) => form.test(part)) ?? [];
  return advice ?? 'Leave that out of the address.';
}

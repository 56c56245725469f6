// Lesson 04 · pattern: is it one that this router can read?
//
//   /menu/:id    ──►  yes: the word "menu", and a value called "id"
//   /files/*path ──►  yes: the word "files", and all the rest as one value
//   /menu/:id?   ──►  no, and the start says so
//
// Other frameworks read more into a pattern: parts that may be missing, rules for a value, two
// values in one part. Taken as it stands, each of these would be a route that nobody reaches. So a
// pattern that cannot be meant is refused before the first guest comes.

/** Throws a sentence with the pattern, the part that is wrong, and what to write instead. */
export function checkPattern(pattern: string): void {
  const problem = problemIn(pattern);
  if (problem) throw new Error(`The pattern "${pattern}" ${problem}`);
}

function problemIn(pattern: string): string | undefined {
  if (!pattern.startsWith('/')) return 'must begin with "/".';
  const parts = pattern.slice(1).split('/');
  if (pattern !== '/' && parts.includes('')) {
    return 'must not end in "/" or contain "//": "/menu/" is led to "/menu" by itself.';
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

// A value is read as `params.id`, so its name is one that may stand after the point.
const VALUE = /^[:*](?!__proto__$)[\p{Letter}_$][\p{Letter}\p{Number}_$]*$/u;

// Of these characters none can be in an address as it is read here, or it means something else, or
// nobody sees it.
const WORD = /^(?!\.{1,2}$)[^:*?#$%(){}[\]<>\\|^`"\p{White_Space}\p{Control}\p{Surrogate}]*$/u;
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

function problemInParts(parts: string[]): string | undefined {
  const part = parts.find((one) => !VALUE.test(one) && (!WORD.test(one) || UNSEEN.test(one)));
  if (part === undefined) return undefined;
  return `has the part "${part}", and this router reads a part as one word, such as "menu", ` +
    `or as one value, such as ":id"; other frameworks read more into it. ${wayOut(part)}`;
}

// The first that fits: what somebody meant who wrote this.
const WAYS_OUT: [RegExp, string][] = [
  [UNSEEN, 'It holds a character that nobody sees: type it again.'],
  [/__proto__/, 'Give the value another name: every object has something called "__proto__".'],
  [/^[^:*]*[?#]/, 'Leave out what begins at "?" or "#": a handler finds it in address.query.'],
  [/\?$/, 'Where a part may be missing, write two routes.'],
  [/[()]/, 'Take it as a value, and let the handler check what came.'],
  [/^[{<[$]/, 'Write a value with a colon: ":id".'],
  [/%/, 'Write the character itself: "café", not "caf%C3%A9".'],
  [/[:*{<[]/, 'Take the whole part as one value, and take it apart in the handler.'],
];

function wayOut(part: string): string {
  const [, advice] = WAYS_OUT.find(([form]) => form.test(part)) ?? [];
  return advice ?? 'Leave that out of the address.';
}

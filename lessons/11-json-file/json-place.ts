// Lesson 11 · json-place: where does a text stop being JSON?
//
//   [{"id":1},
//   {"id":2},
//   ]              ──►  { line: 3, column: 1 }    after a comma, a value must come
//
// JSON.parse() knows that a text is wrong, but only some versions of Node say where, and only for
// some mistakes. So this reads the text again with JSON's few rules (RFC 8259), up to the first
// place where none of them fits.

type JsonPlace = { line: number; column: number };

export function placeOfMistake(text: string): JsonPlace {
  return placeAt(text, firstMistake(text));
}

function placeAt(text: string, at: number): JsonPlace {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

// `at` moves over everything that fits, and stops where nothing does.
function firstMistake(text: string): number {
  let at = 0;

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const fits = pattern.test(text);
    if (fits) at = pattern.lastIndex;
    return fits;
  }

  function takeCharacter(character: string): boolean {
    take(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function takeValue(): boolean {
    if (takeCharacter('[')) return takeEntries(takeValue, ']');
    if (takeCharacter('{')) return takeEntries(takeField, '}');
    return take(TEXT) || take(NUMBER) || take(WORD);
  }

  function takeField(): boolean {
    return take(SPACE) && take(TEXT) && takeCharacter(':') && takeValue();
  }

  function takeEntries(takeEntry: () => boolean, end: string): boolean {
    if (takeCharacter(end)) return true;
    do {
      if (!takeEntry()) return false;
    } while (takeCharacter(','));
    return takeCharacter(end);
  }

  if (takeValue()) take(SPACE);
  return at;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** The first name that an object has twice, and where the second one is. The text must be JSON. */
export function secondName(text: string): (JsonPlace & { name: string }) | undefined {
  const objects: Set<string>[] = [];
  for (const { 0: token, 1: quoted, 2: colon, index } of text.matchAll(TEXT_OR_BRACE)) {
    if (token === '{') objects.push(new Set());
    if (token === '}') objects.pop();
    if (quoted === undefined || colon === undefined) continue;
    const name: string = JSON.parse(quoted);
    const names = objects.at(-1)!;
    if (names.has(name)) return { name, ...placeAt(text, index) };
    names.add(name);
  }
  return undefined;
}

// A name is a text with a colon after it. Other texts are matched too: they can contain braces.
const TEXT_OR_BRACE = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g;

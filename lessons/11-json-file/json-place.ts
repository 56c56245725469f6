// Lesson 11 · json-place: where does a text stop being JSON?
//
//   [{"id":1},
//   {"id":2},
//   ]              ──►  { line: 3, column: 1 }    after a comma, a value must come
//
// JSON.parse() knows that a text is wrong, but only some versions of Node, and only for some
// mistakes, say where. So the text is read once more by the few rules of JSON (RFC 8259), up to the
// first place where none of them fits.

export function placeOfMistake(text: string): { line: number; column: number } {
  const lines = text.slice(0, firstMistake(text)).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

// `at` goes forward over what fits, and stays where nothing does.
function firstMistake(text: string): number {
  let at = 0;

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const fits = pattern.test(text);
    if (fits) at = pattern.lastIndex;
    return fits;
  }

  function takeSign(sign: string): boolean {
    take(SPACE);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  }

  function takeValue(): boolean {
    if (takeSign('[')) return takeEntries(takeValue, ']');
    if (takeSign('{')) return takeEntries(takeField, '}');
    return take(TEXT) || take(NUMBER) || take(WORD);
  }

  function takeField(): boolean {
    return take(SPACE) && take(TEXT) && takeSign(':') && takeValue();
  }

  function takeEntries(takeEntry: () => boolean, end: string): boolean {
    if (takeSign(end)) return true;
    do {
      if (!takeEntry()) return false;
    } while (takeSign(','));
    return takeSign(end);
  }

  if (takeValue()) take(SPACE);
  return at;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

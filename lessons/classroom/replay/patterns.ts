// Patterns: the names that one declares.
//
//   { id, name: called = 'nobody', ...rest }  ──►  id, called, rest

import type { Token } from './tokens.ts';

/** The names, and the number of the token behind it. */
export type Pattern = { names: string[]; after: number };

/** Reads the name or pattern that begins at a token. */
export function readPattern(tokens: Token[], at: number): Pattern {
  const token = tokens[at];
  if (!token) return { names: [], after: at };
  if (token.text === '...') return readPattern(tokens, at + 1);
  if (token.kind === 'word') return { names: [token.text], after: at + 1 };
  if (token.text !== '{' && token.text !== '[') return { names: [], after: at + 1 };
  return { names: readList(tokens, at), after: token.partner + 1 };
}

/** The names between two brackets. */
export function readList(tokens: Token[], open: number): string[] {
  const close = tokens[open]!.partner;
  const names: string[] = [];
  let at = open + 1;
  while (at > open && at < close) {
    if (tokens[at]!.text === ',') at += 1;
    else {
      const entry = readPattern(tokens, afterKey(tokens, open, at));
      names.push(...entry.names);
      at = nextEntry(tokens, open, entry.after);
    }
  }
  return names;
}

// In an object an entry may begin with "name:" or "[name]:".
function afterKey(tokens: Token[], open: number, at: number): number {
  if (tokens[open]!.text !== '{') return at;
  const key = tokens[at]!.text === '[' ? tokens[at]!.partner : at;
  return tokens[key + 1]?.text === ':' ? key + 2 : at;
}

// Over "= value", to the comma or to the end of the list.
function nextEntry(tokens: Token[], open: number, from: number): number {
  const close = tokens[open]!.partner;
  let at = from;
  while (at > open && at < close && tokens[at]!.text !== ',') {
    const { partner } = tokens[at]!;
    at = partner > at ? partner + 1 : at + 1;
  }
  return at;
}

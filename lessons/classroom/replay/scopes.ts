// Scopes: which functions a file has, and which names can be seen at a place in it.
//
//   function total(basket) {            at "return":  basket   own: declared by this function
//     const sum = …;                                  sum      own
//     return round(sum * rate);                       rate     module: outside of every function
//   }
//
// The debugger would tell the names as well, but only by stopping, and a stop costs a whole
// millisecond. Read once before the request, they can be asked for in passing.

import { readDeclarations } from './declarations.ts';
import { findFn, readFunctions, type Declared, type Fn } from './functions.ts';
import { readCatches, readLoops, type Loop, type Part } from './loops.ts';
import { readTokens, type Token } from './tokens.ts';

export type Scopes = {
  fns: Fn[];
  declared: Declared[];
  tokens: Token[];
  /** Where a "catch" begins and ends. */
  catches: Part[];
  loops: Loop[];
};

export type Name = {
  text: string;
  /** As it was written, where esbuild calls it otherwise. */
  shown?: string;
  /** The function that declares it, -1 for the module itself, undefined for a field of `this`. */
  owner: number | undefined;
  isParameter?: boolean;
};

export function readScopes(source: string): Scopes {
  const tokens = readTokens(source);
  const { fns, parameters } = readFunctions(tokens);
  return {
    fns,
    declared: [...parameters, ...readDeclarations(tokens, fns)],
    tokens,
    catches: readCatches(tokens),
    loops: readLoops(tokens),
  };
}

/**
 * What can be read at a place: own names, those of functions around it, and those of the module
 * that it uses. At a return the variables of the function are gone, not its parameters.
 */
export function namesAt(scopes: Scopes, at: number, isReturn = false): Name[] {
  const fn = findFn(scopes.fns, at);
  if (!fn) return [];
  const { words, fields } = usedIn(scopes, fn);
  const seen = new Map<string, Declared>();
  for (const one of scopes.declared) {
    const isGone = isReturn && one.fn === fn.number && !one.isParameter;
    if (one.from <= at && at < one.to && !isGone) seen.set(one.name, one);
  }
  const names = [...seen.values()].filter((one) => one.fn === fn.number || words.has(one.name));
  const ofThis = fields.map((text): Name => ({ text, owner: undefined }));
  return [...names.map((one) => nameOf(one, fn)), ...ofThis];
}

function nameOf({ name, fn: owner, isParameter }: Declared, fn: Fn): Name {
  const isOwn = owner === fn.number;
  return { text: name, owner, ...(isParameter && isOwn && { isParameter: true }) };
}

type Used = { words: Set<string>; fields: string[] };
const used = new WeakMap<Fn, Used>();

function usedIn(scopes: Scopes, fn: Fn): Used {
  if (!used.has(fn)) used.set(fn, wordsIn(scopes, fn));
  return used.get(fn)!;
}

// The words that a function uses, and the fields that it reads by "this".
function wordsIn({ tokens }: Scopes, { from, to }: Fn): Used {
  const words = new Set<string>();
  const fields = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || token.from < from || token.to > to) continue;
    const before = tokens[at - 1]?.text;
    if (isField(tokens, at)) fields.add(`this.${token.text}`);
    if (before !== '.' && before !== '?.') words.add(token.text);
  }
  return { words, fields: [...fields] };
}

// "this.#orders", and not "this.#save(".
function isField(tokens: Token[], at: number): boolean {
  const isOfThis = tokens[at - 1]?.text === '.' && tokens[at - 2]?.text === 'this';
  return isOfThis && tokens[at]!.text.startsWith('#') && tokens[at + 1]?.text !== '(';
}

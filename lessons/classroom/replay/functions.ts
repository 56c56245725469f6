// Functions: where each one begins and ends, what it is called, and what it is given.
//
//   const total = (basket) => basket.length;
//     ──►  a function named total, from "(" to "length", that declares basket

import { endOfBlock, endOfExpression } from './ends.ts';
import { readList } from './patterns.ts';
import type { Token } from './tokens.ts';

export type Fn = {
  number: number;
  name: string;
  /** Where it begins (with its parameters) and ends. */
  from: number;
  to: number;
  /** The function around it, or -1. */
  parent: number;
};

/** A name, where it can be seen, and the number of its function (-1: the module). */
export type Declared = { name: string; from: number; to: number; fn: number; isParameter?: true };

/** The first token of a function, and where it ends. */
type Written = { first: number; to: number };

export function readFunctions(tokens: Token[]): { fns: Fn[]; parameters: Declared[] } {
  const written = tokens.flatMap((_token, at) => readFunction(tokens, at) ?? []);
  const fns = written.map(({ first, to }, number): Fn => {
    return { number, name: nameBefore(tokens, first), from: tokens[first]!.from, to, parent: -1 };
  });
  const parameters = fns.flatMap((fn) => readParameters(tokens, written[fn.number]!.first, fn));
  nest(fns);
  return { fns, parameters };
}

/** The innermost function around a place. */
export function findFn(fns: Fn[], at: number): Fn | undefined {
  let found: Fn | undefined;
  for (const fn of fns) {
    if (fn.from <= at && at <= fn.to && (!found || fn.from > found.from)) found = fn;
  }
  return found;
}

const notMethods = new Set([
  'if', 'for', 'while', 'switch', 'catch', 'with', 'function', 'return', 'await',
]);

function readFunction(tokens: Token[], at: number): Written | undefined {
  const token = tokens[at]!;
  if (token.text === '=>' && token.kind === 'sign') return readArrow(tokens, at);
  if (token.text !== '(' || token.partner < 0) return undefined;
  const body = tokens[token.partner + 1];
  if (body?.text !== '{' || !hasFunctionBefore(tokens, at)) return undefined;
  return { first: at, to: endOfBlock(tokens, body) };
}

// "function (", "function total(", "total(" in a class or an object.
function hasFunctionBefore(tokens: Token[], open: number): boolean {
  const before = tokens[open - 1];
  const words = [before?.text, tokens[open - 2]?.text];
  if (words.includes('function') || words.includes('*')) return true;
  if (before?.kind === 'word') return !notMethods.has(before.text);
  return before?.kind === 'value' || before?.text === ']';
}

function readArrow(tokens: Token[], arrow: number): Written | undefined {
  const before = tokens[arrow - 1];
  const body = tokens[arrow + 1];
  if (!before || !body) return undefined;
  const first = before.text === ')' ? before.partner : arrow - 1;
  const isBlock = body.text === '{';
  return { first, to: isBlock ? endOfBlock(tokens, body) : endOfExpression(tokens, arrow + 1) };
}

function readParameters(tokens: Token[], first: number, { number: fn, from, to }: Fn): Declared[] {
  const { text } = tokens[first]!;
  const names = text === '(' ? readList(tokens, first) : [text];
  return names.map((name) => ({ name, from, to, fn, isParameter: true }));
}

// "function total(", "total(basket) {" in a class, "const total = (", "total: (" in an object.
function nameBefore(tokens: Token[], first: number): string {
  const start = tokens[first - 1]?.text === 'async' ? first - 1 : first;
  const sign = tokens[start - 1]?.text;
  const word = sign === '=' || sign === ':' ? tokens[start - 2] : tokens[start - 1];
  const isName = word?.kind === 'word' && !notMethods.has(word.text) && !beforeArrow.has(word.text);
  return isName ? word.text : '';
}

const beforeArrow = new Set([
  'return', 'async', 'await', 'of', 'in', 'yield', 'default', 'typeof', 'case',
]);

function nest(fns: Fn[]): void {
  for (const fn of fns) {
    const around = fns.filter((other) => isAround(other, fn));
    const inmost = around.reduce<Fn | undefined>(inner, undefined);
    fn.parent = inmost?.number ?? -1;
  }
}

function isAround(other: Fn, fn: Fn): boolean {
  return other !== fn && other.from <= fn.from && fn.to <= other.to;
}

function inner(one: Fn | undefined, other: Fn): Fn {
  return one === undefined || other.from > one.from ? other : one;
}

// Loops, and the blocks of "catch": where the way through a function is not straight.
//
//   for (const item of items) add(item);    head "(… of"   names item   body "add(item);"

import { endOfBlock, endOfLoop } from './ends.ts';
import { readPattern } from './patterns.ts';
import type { Token } from './tokens.ts';

export type Part = { from: number; to: number };

/** Where it begins, what it declares, and what is repeated. */
export type Loop = { at: number; head: Part; names: string[]; body: Part };

export function readLoops(tokens: Token[]): Loop[] {
  return tokens.flatMap(({ kind, text }, at) => {
    const isFor = kind === 'word' && text === 'for' && tokens[at - 1]?.text !== '.';
    return isFor ? readLoop(tokens, at) ?? [] : [];
  });
}

// Only those that take one value after the other.
function readLoop(tokens: Token[], word: number): Loop | undefined {
  const number = tokens[word + 1]?.text === 'await' ? word + 2 : word + 1;
  const open = tokens[number];
  if (open?.text !== '(' || open.partner < 0) return undefined;
  const isDeclared = ['const', 'let', 'var'].includes(tokens[number + 1]!.text);
  const { names, after } = readPattern(tokens, isDeclared ? number + 2 : number + 1);
  const between = tokens[after];
  if (between?.kind !== 'word' || !['of', 'in'].includes(between.text)) return undefined;
  const body = tokens[open.partner + 1];
  if (!body) return undefined;
  return {
    at: tokens[word]!.from,
    head: { from: open.from, to: between.to },
    names,
    body: { from: body.from, to: endOfLoop(tokens, open.partner + 1) },
  };
}

/** Where each "catch" begins and ends. */
export function readCatches(tokens: Token[]): Part[] {
  return tokens.flatMap(({ kind, text }, at) => {
    const isCatch = kind === 'word' && text === 'catch' && tokens[at - 1]?.text === '}';
    return isCatch ? blockAfter(tokens, at) : [];
  });
}

function blockAfter(tokens: Token[], word: number): Part[] {
  const next = tokens[word + 1];
  const open = next?.text === '(' ? tokens[next.partner + 1] : next;
  return open?.text === '{' ? [{ from: open.from, to: endOfBlock(tokens, open) }] : [];
}

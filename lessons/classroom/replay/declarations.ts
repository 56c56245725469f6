// Declarations: which names a file declares, and from where to where they can be seen.
//
//   const { id, ...rest } = item;      id and rest, from behind this line to the end of its block
//   catch (error) {                    error, in what is between the braces
//
// A function's parameters are declared as well: functions.ts reads them.

import { afterExpression, endOfBlock, endOfScope } from './ends.ts';
import { findFn, type Declared, type Fn } from './functions.ts';
import { readList, readPattern } from './patterns.ts';
import type { Token } from './tokens.ts';

export function readDeclarations(tokens: Token[], fns: Fn[]): Declared[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'word' || tokens[at - 1]?.text === '.') return [];
    if (token.text === 'catch') return readCatch(tokens, at, findFn(fns, token.from));
    if (!['const', 'let', 'var'].includes(token.text)) return [];
    return readVariables(tokens, at, findFn(fns, token.from));
  });
}

function readCatch(tokens: Token[], at: number, fn: Fn | undefined): Declared[] {
  const open = tokens[at + 1];
  if (open?.text !== '(') return [];
  const block = tokens[open.partner + 1];
  const from = block?.from ?? tokens[at]!.from;
  const to = endOfBlock(tokens, block);
  return readList(tokens, at + 1).map((name) => ({ name, from, to, fn: fn?.number ?? -1 }));
}

function readVariables(tokens: Token[], at: number, fn: Fn | undefined): Declared[] {
  const isVar = tokens[at]!.text === 'var';
  const to = isVar ? fn?.to ?? Infinity : endOfScope(tokens, at);
  const declared: Declared[] = [];
  for (let next = at + 1; next > 0;) {
    const { names, after } = readPattern(tokens, next);
    const end = afterExpression(tokens, after);
    // Before its line has run, a name has no value, and asking for it would be an error.
    const from = tokens[end]?.from ?? Infinity;
    for (const name of names) declared.push({ name, from, to, fn: fn?.number ?? -1 });
    next = tokens[end]?.text === ',' ? end + 1 : 0;
  }
  return declared;
}

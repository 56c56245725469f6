// Ends: where an expression, a loop or a scope is over.
//
//   const size = cup.prices.at(0), more = 2;     the expression ends before ","
//   for (const one of cup) add(one);             the loop ends at ";"

import type { Token } from './tokens.ts';

const endsExpression = new Set([',', ';', ')', ']', '}']);

const beginsStatement = new Set([
  'const', 'let', 'var', 'function', 'class', 'return', 'if', 'for', 'while', 'export', 'import',
  'throw', 'try', 'switch',
]);

/** The number of the token behind an expression; what stands in its brackets is left out. */
export function afterExpression(tokens: Token[], first: number): number {
  for (let at = first; at < tokens.length; at += 1) {
    const { kind, text, partner } = tokens[at]!;
    if (kind === 'word' && beginsStatement.has(text)) return at;
    if (kind !== 'sign') continue;
    if (partner > at) at = partner;
    else if (endsExpression.has(text)) return at;
  }
  return tokens.length;
}

/** Where it ends, in characters from the start of the file. */
export function endOfExpression(tokens: Token[], first: number): number {
  return tokens[afterExpression(tokens, first) - 1]?.to ?? 0;
}

/** Behind the bracket that closes this one. */
export function endOfBlock(tokens: Token[], open: Token | undefined): number {
  return tokens[open?.partner ?? -1]?.to ?? Infinity;
}

/** The end of the block around a declaration; for the head of a loop, of the loop. */
export function endOfScope(tokens: Token[], at: number): number {
  for (let before = at - 1; before >= 0; before -= 1) {
    const { text, kind, partner } = tokens[before]!;
    if (kind !== 'sign') continue;
    if (partner >= 0 && partner < before) before = partner;
    else if (text === '(' && partner > at) return endOfLoop(tokens, partner + 1);
    else if (text === '{' && partner > at) return tokens[partner]!.to;
  }
  return Infinity;
}

/** `body` is the number of the first token that is repeated. */
export function endOfLoop(tokens: Token[], body: number): number {
  const first = tokens[body];
  if (first?.text === '{') return endOfBlock(tokens, first);
  for (let at = body; at < tokens.length; at += 1) {
    const { text, kind, partner } = tokens[at]!;
    if (kind !== 'sign') continue;
    if (partner > at && text === '{' && !isValue(tokens[at - 1])) return tokens[partner]!.to;
    if (partner > at) at = partner;
    else if (text === ';' || text === '}') return tokens[at]!.from;
  }
  return Infinity;
}

// "= {" and "({" begin an object, and no block.
function isValue(before: Token | undefined): boolean {
  return before?.text === '=' || before?.text === '(';
}

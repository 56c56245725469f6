// Scopes: which functions a file has, and which names can be seen at a place in it.
//
//   function total(basket) {            at "return":  basket   own: declared by this function
//     const sum = …;                                  sum      own
//     return round(sum * rate);                       rate     module: declared outside of every function
//   }
//
// The debugger would tell the names as well, but only by stopping, and a stop costs a whole
// millisecond. Read once before the request, they can be asked for in passing.

import { readTokens, type Token } from './tokens.ts';

export type Fn = {
  number: number;
  name: string;
  /** Where it begins (with its parameters) and ends. */
  from: number;
  to: number;
  /** The function around it, or -1. */
  parent: number;
};

export type Declared = { name: string; from: number; to: number; fn: number; isParameter?: true };

export type Scopes = { fns: Fn[]; declared: Declared[]; tokens: Token[]; /** Where a "catch" begins and ends. */ catches: Part[]; loops: Loop[] };

export type Part = { from: number; to: number };

/** "for (const item of items) …": where it begins, what it declares, and what is repeated. */
export type Loop = { at: number; head: Part; names: string[]; body: Part };

/** `shown`: as it was written, where esbuild calls it otherwise. `owner`: the number of the function that declares it, -1 for the module itself, undefined for a field of `this`. */
export type Name = { text: string; shown?: string; owner: number | undefined; isParameter?: boolean };

export function readScopes(source: string): Scopes {
  const tokens = readTokens(source);
  const scopes: Scopes = { fns: [], declared: [], tokens, catches: [], loops: [] };
  for (let at = 0; at < tokens.length; at += 1) readFunction(scopes, at);
  nest(scopes.fns);
  scopes.catches = tokens.flatMap((token, at) => (token.kind === 'word' && token.text === 'catch' && tokens[at - 1]?.text === '}' ? blockAfter(tokens, at) : []));
  scopes.loops = tokens.flatMap((token, at) => (token.kind === 'word' && token.text === 'for' && tokens[at - 1]?.text !== '.' ? readLoop(tokens, at) : []));
  for (let at = 0; at < tokens.length; at += 1) readDeclaration(scopes, at);
    return scopes;
}

// Only those that take one value after the other.
function readLoop(tokens: Token[], word: number): Loop[] {
  const open = tokens[word + 1]?.text === 'await' ? word + 2 : word + 1;
  const close = tokens[open]?.partner ?? -1;
  if (tokens[open]?.text !== '(' || close < 0) return [];
  const isDeclared = ['const', 'let', 'var'].includes(tokens[open + 1]!.text);
  const names: string[] = [];
  const after = readPattern(tokens, isDeclared ? open + 2 : open + 1, names);
  if (tokens[after]?.kind !== 'word' || !['of', 'in'].includes(tokens[after]!.text)) return [];
  const body = tokens[close + 1];
  if (!body) return [];
  return [{ at: tokens[word]!.from, head: { from: tokens[open]!.from, to: tokens[after]!.to }, names, body: { from: body.from, to: endOfLoop(tokens, close + 1) } }];
}

function blockAfter(tokens: Token[], word: number): Part[] {
  const open = tokens[word + 1]?.text === '(' ? tokens[tokens[word + 1]!.partner + 1] : tokens[word + 1];
  return open?.text === '{' ? [{ from: open.from, to: tokens[open.partner]?.to ?? Infinity }] : [];
}

/** The innermost function around a place. */
export function findFn(fns: Fn[], at: number): Fn | undefined {
  let found: Fn | undefined;
  for (const fn of fns) if (fn.from <= at && at <= fn.to && (!found || fn.from > found.from)) found = fn;
  return found;
}

/** What can be read at a place (at a return the variables of the function are gone, not its parameters): own names, those of functions around it, and those of the module that it uses. */
export function namesAt(scopes: Scopes, at: number, isReturn = false): Name[] {
  const { fns, declared } = scopes;
  const fn = findFn(fns, at);
  if (!fn) return [];
  const { words, fields } = usedIn(scopes, fn);
  const seen = new Map<string, Declared>();
  for (const one of declared) if (one.from <= at && at < one.to && !(isReturn && one.fn === fn.number && !one.isParameter)) seen.set(one.name, one);
  const names = [...seen.values()].filter((one) => one.fn === fn.number || words.has(one.name));
  return [...names.map((one): Name => ({ text: one.name, owner: one.fn, ...(one.isParameter && one.fn === fn.number && { isParameter: true }) })), ...[...fields].map((text): Name => ({ text, owner: undefined }))];
}

type Used = { words: Set<string>; fields: Set<string> };
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
    const isField = before === '.' && tokens[at - 2]?.text === 'this' && token.text.startsWith('#') && tokens[at + 1]?.text !== '(';
    if (isField) fields.add(`this.${token.text}`);
    if (before !== '.' && before !== '?.') words.add(token.text);
  }
  return { words, fields };
}

const notMethods = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'function', 'return', 'await']);

function readFunction(scopes: Scopes, at: number): void {
  const { tokens } = scopes;
  const token = tokens[at]!;
  if (token.text === '=>' && token.kind === 'sign') return readArrow(scopes, at);
  if (token.text !== '(' || token.partner < 0 || tokens[token.partner + 1]?.text !== '{') return;
  const before = tokens[at - 1];
  const isFunction = before?.text === 'function' || before?.text === '*' || tokens[at - 2]?.text === 'function' || tokens[at - 2]?.text === '*';
  const isMethod = before !== undefined && (before.text === ']' || before.kind === 'value' || (before.kind === 'word' && !notMethods.has(before.text)));
  if (isFunction || isMethod) addFunction(scopes, at, tokens[token.partner]!.to, tokens[token.partner + 1]!);
}

function readArrow(scopes: Scopes, arrow: number): void {
  const { tokens } = scopes;
  const before = tokens[arrow - 1];
  const body = tokens[arrow + 1];
  if (!before || !body) return;
  const first = before.text === ')' ? before.partner : arrow - 1;
  addFunction(scopes, first, tokens[arrow]!.to, body.text === '{' ? body : undefined, arrow + 1);
}

function addFunction({ fns, declared, tokens }: Scopes, first: number, heads: number, block: Token | undefined, body = 0): void {
  const from = tokens[first]!.from;
  const to = block ? tokens[block.partner]?.to ?? Infinity : endOfExpression(tokens, body);
  const fn: Fn = { number: fns.length, name: nameBefore(tokens, first), from, to, parent: -1 };
  fns.push(fn);
  const names: string[] = [];
  if (tokens[first]!.text === '(') readList(tokens, first, names);
  else names.push(tokens[first]!.text);
  for (const name of names) declared.push({ name, from: Math.min(from, heads), to, fn: fn.number, isParameter: true });
}

// "function total(", "total(basket) {" in a class, "const total = (", "total: (" in an object.
function nameBefore(tokens: Token[], first: number): string {
  const start = tokens[first - 1]?.text === 'async' ? first - 1 : first;
  const sign = tokens[start - 1]?.text;
  const word = sign === '=' || sign === ':' ? tokens[start - 2] : tokens[start - 1];
  return word?.kind === 'word' && !notMethods.has(word.text) && !beforeArrow.has(word.text) ? word.text : '';
}

const beforeArrow = new Set(['return', 'async', 'await', 'of', 'in', 'yield', 'default', 'typeof', 'case']);

const endsExpression = new Set([',', ';', ')', ']', '}']);
const beginsStatement = new Set(['const', 'let', 'var', 'function', 'class', 'return', 'if', 'for', 'while', 'export', 'import', 'throw', 'try', 'switch']);

function endOfExpression(tokens: Token[], first: number): number {
  for (let at = first; at < tokens.length; at += 1) {
    const { text, kind, partner } = tokens[at]!;
    if (kind === 'sign' && partner > at) at = partner;
    else if ((kind === 'sign' && endsExpression.has(text)) || (kind === 'word' && beginsStatement.has(text))) return tokens[at - 1]?.to ?? 0;
  }
  return tokens.at(-1)?.to ?? 0;
}

function nest(fns: Fn[]): void {
  for (const fn of fns) {
    const around = fns.filter((other) => other !== fn && other.from <= fn.from && fn.to <= other.to);
    fn.parent = around.reduce<Fn | undefined>((inner, other) => (!inner || other.from > inner.from ? other : inner), undefined)?.number ?? -1;
  }
}

// "const { id, name: called = 'nobody', ...rest } = item" declares id, called and rest.
function readDeclaration({ declared, tokens, fns }: Scopes, at: number): void {
  const token = tokens[at]!;
  if (token.kind !== 'word' || tokens[at - 1]?.text === '.') return;
  const fn = findFn(fns, token.from)?.number ?? -1;
  if (token.text === 'catch' && tokens[at + 1]?.text === '(') {
    const block = tokens[(tokens[at + 1]!.partner) + 1];
    const names: string[] = [];
    readList(tokens, at + 1, names);
    for (const name of names) declared.push({ name, from: block?.from ?? token.from, to: tokens[block?.partner ?? -1]?.to ?? Infinity, fn });
  }
  if (!['const', 'let', 'var'].includes(token.text)) return;
  const to = token.text === 'var' ? findFn(fns, token.from)?.to ?? Infinity : endOfScope(tokens, at);
  for (let next = at + 1; next > 0;) {
    const names: string[] = [];
    const after = readPattern(tokens, next, names);
    const end = endOfDeclarator(tokens, after);
    // Before its line has run, a name has no value, and asking for it would be an error.
    for (const name of names) declared.push({ name, from: tokens[end]?.from ?? Infinity, to, fn });
    next = tokens[end]?.text === ',' ? end + 1 : 0;
  }
}

// "a = f(1, 2)" ends before the next "," or ";"; "item of items" with the head of its loop.
function endOfDeclarator(tokens: Token[], after: number): number {
  for (let at = after; at < tokens.length; at += 1) {
    const { text, kind, partner } = tokens[at]!;
    if (kind === 'sign' && partner > at) at = partner;
    else if ((kind === 'sign' && endsExpression.has(text)) || (kind === 'word' && beginsStatement.has(text))) return at;
  }
  return tokens.length;
}

// The block around it; for the head of a loop, the loop.
function endOfScope(tokens: Token[], at: number): number {
  for (let before = at - 1; before >= 0; before -= 1) {
    const { text, kind, partner } = tokens[before]!;
    if (kind !== 'sign') continue;
    if (partner >= 0 && partner < before) before = partner;
    else if (text === '(' && partner > at) return endOfLoop(tokens, partner + 1);
    else if (text === '{' && partner > at) return tokens[partner]!.to;
  }
  return Infinity;
}

function endOfLoop(tokens: Token[], body: number): number {
  const first = tokens[body];
  if (first?.text === '{') return tokens[first.partner]?.to ?? Infinity;
  for (let at = body; at < tokens.length; at += 1) {
    const { text, kind, partner } = tokens[at]!;
    if (kind === 'sign' && partner > at) {
      if (text === '{' && tokens[at - 1]?.text !== '=' && tokens[at - 1]?.text !== '(') return tokens[partner]!.to;
      at = partner;
    } else if (kind === 'sign' && (text === ';' || text === '}')) return tokens[at]!.from;
  }
  return Infinity;
}

/** Reads the name or pattern that begins at a token, and returns the number of the token behind it. */
function readPattern(tokens: Token[], at: number, names: string[]): number {
  const token = tokens[at];
  if (!token) return at;
  if (token.text === '...') return readPattern(tokens, at + 1, names);
  if (token.kind === 'word') { names.push(token.text); return at + 1; }
  if (token.text !== '{' && token.text !== '[') return at + 1;
  readList(tokens, at, names);
  return token.partner + 1;
}

// The entries between two brackets, each a pattern, perhaps after "name:", perhaps before "= value".
function readList(tokens: Token[], open: number, names: string[]): void {
  const close = tokens[open]!.partner;
  let at = open + 1;
  while (at > open && at < close) {
    if (tokens[at]!.text === ',') { at += 1; continue; }
    const key = tokens[at]!.text === '[' && tokens[open]!.text === '{' ? tokens[at]!.partner : at;
    const hasKey = tokens[open]!.text === '{' && tokens[key + 1]?.text === ':';
    at = readPattern(tokens, hasKey ? key + 2 : at, names);
    while (at > open && at < close && tokens[at]!.text !== ',') at = tokens[at]!.partner > at ? tokens[at]!.partner + 1 : at + 1;
  }
}

// Tokens: the words and signs of a JavaScript file, without its texts and comments.
//
//   const price = 340; // in cents  ──►  const │ price │ = │ 0 │ ;
//
// Only what is needed to tell which names a function declares: a text, a number and a regular
// expression each count as one value, whatever stands in them. What runs is read, after the types
// were taken out, so there is no TypeScript in it.

export type Token = {
  kind: 'word' | 'value' | 'sign';
  text: string;
  /** Where it begins and ends, in characters from the start of the file. */
  from: number;
  to: number;
  /** For a bracket: the number of the token that closes or opens it. */
  partner: number;
};

const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/|^#![^\n]*)+/y;
const word = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/yu;
const number = /\.?\d(?:[eE][+-]|[\w.])*/y;
const text = /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y;
const regex = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const piece = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y;
const sign = /=>|\.\.\.|\?\.(?!\d)|[^]/y;

export function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const open: number[] = [];
  let at = 0;

  const take = (form: RegExp): string | undefined => {
    form.lastIndex = at;
    return form.exec(source)?.[0];
  };
  const add = (kind: Token['kind'], found: string, name = found) => {
    tokens.push({ kind, text: name, from: at, to: at + found.length, partner: -1 });
    at += found.length;
  };
  // What stands in ${…} is code: it becomes a bracket of its own, and then the text goes on.
  const addTemplate = () => {
    const found = take(piece) ?? '';
    if (!found.endsWith('${')) return add('value', found, '0');
    add('sign', found, '${');
    openBracket(tokens, open);
  };

  while (at < source.length) {
    const skipped = take(blank);
    if (skipped) at += skipped.length;
    if (at >= source.length) break;
    const here = source.charAt(at);
    const found = take(word);
    if (found) add('word', found);
    else if (here === '`') { at += 1; addTemplate(); }
    else if (here === '"' || here === "'") add('value', take(text) ?? here, '0');
    else if (take(number)) add('value', take(number)!, '0');
    else if (here === '/' && mayBeRegex(tokens.at(-1)) && take(regex)) add('value', take(regex)!, '0');
    else {
      add('sign', take(sign)!);
      if (here === '(' || here === '[' || here === '{') openBracket(tokens, open);
      if (here === ')' || here === ']' || here === '}') {
        const isTemplate = closeBracket(tokens, open);
        if (isTemplate) addTemplate();
      }
    }
  }
  return tokens;
}

function openBracket(tokens: Token[], open: number[]): void {
  open.push(tokens.length - 1);
}

/** True when the bracket closes a piece of code within a template. */
function closeBracket(tokens: Token[], open: number[]): boolean {
  const opener = tokens[open.at(-1) ?? -1];
  if (opener === undefined) return false;
  tokens.at(-1)!.partner = open.pop()!;
  opener.partner = tokens.length - 1;
  return opener.text === '${';
}

const beforeValue = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do', 'instanceof', 'yield', 'await']);

// "a / b / c" divides; "return /b/" does not.
function mayBeRegex(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return beforeValue.has(before.text);
  return before.kind === 'sign' && before.text !== ')' && before.text !== ']' && before.text !== '}';
}

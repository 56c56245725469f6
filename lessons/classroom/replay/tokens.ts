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
  return new TokenReader(source).readAll();
}

class TokenReader {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  /** The numbers of the brackets that are not closed yet. */
  readonly #open: number[] = [];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  readAll(): Token[] {
    while (this.#skipBlank()) this.#readNext();
    return this.#tokens;
  }

  /** False at the end of the file. */
  #skipBlank(): boolean {
    this.#at += this.#take(blank)?.length ?? 0;
    return this.#at < this.#source.length;
  }

  #readNext(): void {
    const first = this.#source.charAt(this.#at);
    const name = this.#take(word);
    if (name) return this.#add('word', name);
    if (first === '`') return this.#openTemplate();
    const value = this.#takeValue(first);
    if (value) return this.#add('value', value, '0');
    this.#addSign(this.#take(sign)!);
  }

  #take(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    return form.exec(this.#source)?.[0];
  }

  #takeValue(first: string): string | undefined {
    if (first === '"' || first === "'") return this.#take(text) ?? first;
    const digits = this.#take(number);
    if (digits) return digits;
    return first === '/' && mayBeRegex(this.#tokens.at(-1)) ? this.#take(regex) : undefined;
  }

  #add(kind: Token['kind'], found: string, name = found): void {
    const from = this.#at;
    this.#at += found.length;
    this.#tokens.push({ kind, text: name, from, to: this.#at, partner: -1 });
  }

  #addSign(found: string): void {
    this.#add('sign', found);
    if (found === '(' || found === '[' || found === '{') this.#openBracket();
    if (found !== ')' && found !== ']' && found !== '}') return;
    const opener = this.#closeBracket();
    if (opener?.text === '${') this.#addTemplate();
  }

  #openTemplate(): void {
    this.#at += 1;
    this.#addTemplate();
  }

  // What stands in ${…} is code: it becomes a bracket of its own, and then the text goes on.
  #addTemplate(): void {
    const found = this.#take(piece) ?? '';
    if (!found.endsWith('${')) return this.#add('value', found, '0');
    this.#add('sign', found, '${');
    this.#openBracket();
  }

  #openBracket(): void {
    this.#open.push(this.#tokens.length - 1);
  }

  #closeBracket(): Token | undefined {
    const number = this.#open.pop();
    const opener = this.#tokens[number ?? -1];
    if (opener === undefined) return undefined;
    this.#tokens.at(-1)!.partner = number!;
    opener.partner = this.#tokens.length - 1;
    return opener;
  }
}

const beforeValue = new Set([
  'return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do',
  'instanceof', 'yield', 'await',
]);

// "a / b / c" divides; "return /b/" does not.
function mayBeRegex(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return beforeValue.has(before.text);
  return before.kind === 'sign' && ![')', ']', '}'].includes(before.text);
}

// Own lines: what a server says itself, without its imports and blank lines.
//
//   import { text } from '../02-reply/reply.ts';   ──►  importsIn()  ──►  '02-reply/reply.ts'
//   const menu = [...items];                       ──►  ownLines()   ──►  the line as it is

const imported = /^import\b[^;]*;\r?\n/gm;

export function ownLines(text: string): string[] {
  return text.replace(imported, '').split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** The files that it imports, each with its folder and without '../'. */
export function importsIn(text: string): string[] {
  const imports = text.match(imported) ?? [];
  return imports.flatMap((line) => /from '\.\.\/([^']+)'/.exec(line)?.[1] ?? []);
}

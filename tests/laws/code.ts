// A TypeScript file as its laws see it: lines of code without comments, and imports.
//
//   import { text } from '../02-reply/reply.ts';
//     ──►  { from: 'lessons/03-address/server.ts', line: 1,
//            target: '../02-reply/reply.ts', path: 'lessons/02-reply/reply.ts' }
//
// Read by pattern, not by a compiler, so that nothing has to be installed. It knows a
// comment only where it begins its line; that is the way comments are written here.
import { posix } from 'node:path';
import type { Files } from './files.ts';

export type Import = {
  from: string;
  line: number;
  /** As it is written. */
  target: string;
  /** From the root on; undefined for a package or a module of Node's. */
  path: string | undefined;
};

/** As many lines as before; those that hold nothing but comment are empty. */
export function linesOfCode(text: string): string[] {
  let inside = false;
  return text.split('\n').map((line) => {
    if (!inside && /^\s*\/\*/.test(line)) inside = true;
    const comment = inside || /^\s*\/\//.test(line);
    if (line.includes('*/')) inside = false;
    return comment ? '' : line;
  });
}

const forms = [
  /^\s*(?:import|export)\s+(?:type\s+)?[\w\s{},*$]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
  /^\s*import\s*['"]([^'"\n]+)['"]/gm,
  /\bimport\s*\(\s*['"]([^'"\n]+)['"]/g,
];

export function importsOf(from: string, text: string): Import[] {
  const code = linesOfCode(text).join('\n');
  const found = forms.flatMap((form) => [...code.matchAll(form)]);
  return found.sort((a, b) => a.index! - b.index!).map((match) => {
    const target = match[1]!;
    const line = code.slice(0, match.index! + match[0].length).split('\n').length;
    return { from, line, target, path: resolve(from, target) };
  });
}

function resolve(from: string, target: string): string | undefined {
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : undefined;
}

export function importsIn(files: Files, which: (path: string) => boolean): Import[] {
  return [...files]
    .filter(([path]) => path.endsWith('.ts') && which(path))
    .flatMap(([path, text]) => importsOf(path, text));
}

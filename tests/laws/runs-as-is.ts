// Law: the files run as they are. Node erases types and does nothing else.
//
//   import { text } from '../02-reply/reply';   ──►  Node looks for a file of just that name
//   enum Role { guest, staff }                  ──►  not a type: nothing to erase
//
// The main guard against the second is TypeScript's own, `erasableSyntaxOnly` in
// tsconfig.json, when .ci/run checks the types. The patterns below find the usual slips
// on every Node with nothing installed. (Node's `module.stripTypeScriptTypes` would know
// them all, but Node 20 lacks it and the others print a warning.)
import { importsIn, linesOfCode } from './code.ts';
import type { Files } from './files.ts';

export function importsNameFiles(files: Files): string[] {
  return importsIn(files, () => true).flatMap(({ from, line, target, path }) => {
    if (path === undefined) return [];
    const names = `${from}, line ${line}: imports "${target}"`;
    if (!/\.[jt]s$/.test(target)) {
      return `${names}, which does not end in ".ts". ` +
        "Node adds no ending: write the file's whole name.";
    }
    if (!files.has(path)) return `${names}, but there is no file ${path}. Correct the path.`;
    return [];
  });
}

type Slip = { pattern: RegExp; name: string; instead: string };

const slips: Slip[] = [
  {
    pattern: /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s+\w/,
    name: 'an enum',
    instead: "a union of texts: 'guest' | 'staff'",
  },
  {
    pattern: /^\s*(export\s+)?(namespace|module)\s+[^\s{]+\s*\{/,
    name: 'a namespace',
    instead: 'a module of its own',
  },
  {
    pattern: /^\s*constructor\s*\(([^)]*,)?\s*(private|protected|public|readonly)\s+\w/,
    name: 'a parameter property',
    instead: 'a field, and set it in the constructor',
  },
  {
    pattern: /^\s*(private|protected|public)\s+(readonly\s+)?\w+\s*\??:.*,\s*$/,
    name: 'a parameter property',
    instead: 'a field, and set it in the constructor',
  },
  {
    pattern: /^\s*(export\s+)?import\s+\w+\s*=/,
    name: '"import … ="',
    instead: '"import … from"',
  },
  {
    pattern: /^\s*export\s*=/,
    name: '"export ="',
    instead: '"export default"',
  },
];

export function typesAreErasable(files: Files): string[] {
  return [...files]
    .filter(([path]) => path.endsWith('.ts'))
    .flatMap(([path, text]) => linesOfCode(text).flatMap((line, index) => {
      const slip = slips.find(({ pattern }) => pattern.test(line));
      if (slip === undefined) return [];
      return `${path}, line ${index + 1}: has ${slip.name}, which is more than a type, ` +
        `and Node only erases types. Write ${slip.instead}.`;
    }));
}

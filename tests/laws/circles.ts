// Law: no file imports itself by way of others, not even a type.
//
//   lessons/04-router/router.ts  imports  ./call.ts
//   lessons/04-router/call.ts    imports  ./router.ts     ──►  a circle of two files
//
// In a circle no file can be read first, and which one runs first depends on who asked.
import { importsOf } from './code.ts';
import type { Files } from './files.ts';

/** One sentence a knot: of files that are tied more than once, the shortest circle is named. */
export function importsHaveNoCircle(files: Files): string[] {
  const imports = importsByFile(files);
  const named = new Set<string>();
  return [...imports.keys()].sort().flatMap((file) => {
    const circle = shortestCircle(file, imports);
    if (!circle || circle.some((path) => named.has(path))) return [];
    for (const path of circle) named.add(path);
    const round = [...circle.slice(1), file].join(', which imports ');
    return [`${file}: imports ${round}: a circle. ` +
      'Move what they share into a file of its own, or pass it in as a parameter.'];
  });
}

function importsByFile(files: Files): Map<string, string[]> {
  const code = [...files].filter(([path]) => /\.(ts|js)$/.test(path));
  return new Map(code.map(([path, text]) => [path, targetsOf(path, text)]));
}

function targetsOf(path: string, text: string): string[] {
  return importsOf(path, text).map((one) => one.path).filter((target) => target !== undefined);
}

// Breadth first, so the first way back is the shortest one.
function shortestCircle(start: string, imports: Map<string, string[]>): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const target of imports.get(way.at(-1)!) ?? []) {
      if (target === start) return way;
      if (!seen.has(target)) ways.push([...way, target]);
      seen.add(target);
    }
  }
  return undefined;
}

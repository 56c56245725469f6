// Labels: what a station of a walk is called.
//
//   addItem                                    ──►  addItem
//   a function without a name in answerWith()  ──►  answerWith
//   what `new Refusal(…)` calls                ──►  Refusal
//   a function without a name in server.ts     ──►  server.ts

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Station } from './fold.ts';

const nameless = ['', 'handler', 'constructor'];

/** Reads the files below `at` when they are needed, each once. */
export function labelsIn(at: string): (station: Station) => string {
  const files = new Map<string, string[]>();
  function linesOf(file: string): string[] {
    const path = join(at, file);
    if (!files.has(file)) {
      files.set(file, existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);
    }
    return files.get(file)!;
  }
  return ({ name, file, steps }) => {
    if (!nameless.includes(name)) return name;
    return declaredAround(linesOf(file), steps[0]!.line) ?? basename(file);
  };
}

/** The nearest line above that declares something in column 0. */
function declaredAround(lines: string[], line: number): string | undefined {
  const above = lines.slice(0, line).findLast((text) => declaration.test(text));
  return above && declaration.exec(above)?.[1];
}

const declaration =
  /^(?:export )?(?:default )?(?:async )?(?:function\*?|class|const|let) ([\w$]+)/;

// Scripts: the project's files as the engine has loaded them, and which function stands where.
//
//   stack of Node  [at, <condition>, addItem, router, emit, …]
//     ──►  ['3#1', '1#4']   (file # function)

import { fileURLToPath } from 'node:url';
import { lineStarts } from './places.ts';
import { findFn } from './functions.ts';
import { readScopes, type Scopes } from './scopes.ts';

export type Script = {
  number: number;
  path: string;
  source: string;
  scopes: Scopes;
  starts: number[];
};

type Top = (...args: never[]) => unknown;

export type Scripts = {
  add(url: string, path: string, source: string): Script;
  has(path: string): boolean;
  /** The functions under way, from the outermost to the innermost, without those above `top`. */
  stack(top: Top): string[];
  /** The function in which another one is written. */
  around(fn: string): string | undefined;
};

export const fnKey = (script: Script, fn: number) => `${script.number}#${fn}`;

export function keepScripts(): Scripts {
  const all: Script[] = [];
  const byUrl = new Map<string, Script>();
  const known = new Map<string, string | undefined>();

  function add(url: string, path: string, source: string): Script {
    const scopes = readScopes(source);
    const script = { number: all.length, path, source, scopes, starts: lineStarts(source) };
    all.push(script);
    byUrl.set(url, script);
    return script;
  }

  function has(path: string): boolean {
    return all.some((script) => script.path === path);
  }

  function stack(top: Top): string[] {
    return sitesAbove(top).flatMap((site) => fnAt(site) ?? []).reverse();
  }

  function fnAt(site: NodeJS.CallSite): string | undefined {
    const script = byUrl.get(site.getFileName() ?? '');
    if (!script || (site as { isAsync?(): boolean }).isAsync?.()) return undefined;
    const line = site.getLineNumber() ?? 1;
    const column = site.getColumnNumber() ?? 1;
    const key = `${script.number}:${line}:${column}`;
    const at = (script.starts[line - 1] ?? 0) + column - 1;
    if (!known.has(key)) known.set(key, fnOf(script, at));
    return known.get(key);
  }

  function around(fn: string): string | undefined {
    const [script, number] = fn.split('#').map(Number);
    const parent = all[script ?? -1]?.scopes.fns[number ?? -1]?.parent ?? -1;
    return parent < 0 ? undefined : `${script}#${parent}`;
  }

  return { add, has, stack, around };
}

function fnOf(script: Script, at: number): string | undefined {
  const fn = findFn(script.scopes.fns, at);
  return fn && fnKey(script, fn.number);
}

// A program may have its own way to print a stack: it is put back at once.
function sitesAbove(top: Top): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 200;
  Error.prepareStackTrace = (_error, sites) => sites;
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, top);
  const sites = holder.stack as NodeJS.CallSite[];
  if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
  else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return sites;
}

type Origin = { path: string; line: number };

/** Where an error was made, as its stack says. */
export function originOf(error: Error, isOurs: (path: string) => boolean): Origin | undefined {
  for (const line of String(error.stack).split('\n')) {
    const [, url = '', number] = placeInStack.exec(line) ?? [];
    const path = url.startsWith('file:') ? fileURLToPath(url.split('?', 1)[0]!) : url;
    if (number !== undefined && isOurs(path)) return { path, line: Number(number) };
  }
  return undefined;
}

const placeInStack = /((?:file:\/\/|[A-Za-z]:[\\/]|\/)[^()]*?):(\d+):\d+\)?$/;

// Breakpoints: one at each place of each script of the project, with a condition that never stops
// by itself.
//
//   router.ts, "const parts = split(address.path);"
//     ──►  try { __replay(17, { request, address, trees }) } catch { __replay(17) }
//
// One object with all variables, in one go: to look one up costs more than all the rest.

import { readFileSync } from 'node:fs';
import type { Debugger } from 'node:inspector';
import { choosePlaces, lineFinder, nameFinder, type BreakpointSite } from './places.ts';
import type { Post } from './reading.ts';
import type { Name } from './scopes.ts';
import type { Script, Scripts } from './scripts.ts';

export type Watched = BreakpointSite & {
  script: Script;
  name: string;
  /** How often its returned value was looked at. */
  returns: number;
  givesValue: boolean;
};

type Parsed = Debugger.ScriptParsedEventDataType;

type Found = Debugger.GetPossibleBreakpointsReturnType;
type Source = Debugger.GetScriptSourceReturnType;

type Parts = { post: Post; scripts: Scripts; places: Watched[] };

export function setBreakpoints(parsed: Parsed, path: string, parts: Parts): Script {
  const { scriptId, url, sourceMapURL } = parsed;
  const { post, scripts, places } = parts;
  const { scriptSource } = post<Source>('Debugger.getScriptSource', { scriptId });
  const script = scripts.add(url, path, scriptSource);
  const start = { scriptId, lineNumber: 0, columnNumber: 0 };
  const { locations } = post<Found>('Debugger.getPossibleBreakpoints', { start });
  const toLine = lineFinder(sourceMapURL, scriptSource);
  const toName = sourceMapURL ? nameFinder(readFileSync(path, 'utf8')) : (name: string) => name;
  for (const place of choosePlaces(locations, script.scopes, script.starts, toLine)) {
    nameAsWritten(place.names, toName);
    const condition = conditionOf(place, places.length);
    post('Debugger.setBreakpoint', { location: place.location, condition });
    places.push(watched(place, script));
  }
  return script;
}

function nameAsWritten(names: Name[], toName: (name: string) => string): void {
  for (const name of names) {
    if (!name.text.startsWith('this.')) name.shown = toName(name.text);
  }
}

function watched(place: BreakpointSite, script: Script): Watched {
  const { name } = script.scopes.fns[place.fn]!;
  return { ...place, script, name, returns: 0, givesValue: givesValue(script, place) };
}

function conditionOf({ names }: BreakpointSite, number: number): string {
  const fields = names.map(({ text }) => {
    return text.startsWith('this.') ? `${JSON.stringify(text)}:${text}` : text;
  });
  const self = names.some(({ owner }) => owner === undefined) ? ['this:this'] : [];
  const seen = [...fields, ...self].join(',');
  return `try{__replay(${number},{${seen}})}catch{__replay(${number})}`;
}

// A function without "return" returns nothing; behind "return name" stands what is known already.
function givesValue({ source, scopes, starts }: Script, { fn, location }: BreakpointSite): boolean {
  const { from, to } = scopes.fns[fn]!;
  const { lineNumber, columnNumber = 0 } = location;
  const text = source.slice(from, to);
  const before = source.slice(from, (starts[lineNumber] ?? 0) + columnNumber);
  if (/\breturn\s+[\w$]+;?\s*$/.test(before)) return false;
  return /\breturn\b/.test(text) || !text.endsWith('}');
}

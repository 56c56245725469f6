// Breakpoints: one at each place of each script of the project, with a condition that never stops
// by itself.
//
//   router.ts, "const parts = split(address.path);"
//     ──►  try { __replay(17, { request, address, trees }) } catch { __replay(17) }
//
// One object with all variables, in one go: to look one up costs more than all the rest.

import { readFileSync } from 'node:fs';
import type { Debugger } from 'node:inspector';
import { choosePlaces, lineFinder, nameFinder, type Place } from './places.ts';
import type { Post } from './reading.ts';
import type { Script, Scripts } from './scripts.ts';

/** `returns`: how often its returned value was looked at. */
export type Watched = Place & { script: Script; name: string; returns: number; givesValue: boolean };

type Parsed = Debugger.ScriptParsedEventDataType;

export function setBreakpoints({ scriptId, url, sourceMapURL }: Parsed, path: string, { post, scripts, places }: { post: Post; scripts: Scripts; places: Watched[] }): Script {
  const { scriptSource } = post<Debugger.GetScriptSourceReturnType>('Debugger.getScriptSource', { scriptId });
  const script = scripts.add(url, path, scriptSource);
  const { locations } = post<Debugger.GetPossibleBreakpointsReturnType>('Debugger.getPossibleBreakpoints', { start: { scriptId, lineNumber: 0, columnNumber: 0 } });
  const toName = sourceMapURL ? nameFinder(readFileSync(path, 'utf8')) : (name: string) => name;
  for (const place of choosePlaces(locations, script.scopes, script.starts, lineFinder(sourceMapURL, scriptSource))) {
    for (const name of place.names) if (!name.text.startsWith('this.')) name.shown = toName(name.text);
    post('Debugger.setBreakpoint', { location: place.location, condition: conditionOf(place, places.length) });
    places.push({ ...place, script, name: script.scopes.fns[place.fn]!.name, returns: 0, givesValue: givesValue(script, place) });
  }
  return script;
}

function conditionOf({ names }: Place, number: number): string {
  const fields = names.map(({ text }) => (text.startsWith('this.') ? `${JSON.stringify(text)}:${text}` : text));
  const self = names.some(({ owner }) => owner === undefined) ? ['this:this'] : [];
  return `try{__replay(${number},{${[...fields, ...self].join(',')}})}catch{__replay(${number})}`;
}

// A function without "return" returns nothing; behind "return name" stands what is known already.
function givesValue({ source, scopes, starts }: Script, { fn, location }: Place): boolean {
  const { from, to } = scopes.fns[fn]!;
  const text = source.slice(from, to);
  const before = source.slice(from, (starts[location.lineNumber] ?? 0) + (location.columnNumber ?? 0));
  if (/\breturn\s+[\w$]+;?\s*$/.test(before)) return false;
  return /\breturn\b/.test(text) || !text.endsWith('}');
}

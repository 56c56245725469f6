// Lesson 06 · accept: does the client want a page for a person, or data for a program?
//
//   accept: text/html,*/*;q=0.8    ──►  'page'    what a browser says
//   accept: */*                    ──►  'data'    what curl and fetch() say
//   accept: text/plain             ──►  'text'

import { listIn } from './header-list.ts';

/** Data, unless the client wants another form more: programs often send no `accept` at all. */
export function formFor(accept: string): 'page' | 'text' | 'data' {
  const wanted = rangesIn(accept);
  const page = weightOf('text/html', wanted);
  const text = weightOf('text/plain', wanted);
  const data = Math.max(...DATA.map((type) => weightOf(type, wanted)));
  if (data >= page && data >= text) return 'data';
  return page >= text ? 'page' : 'text';
}

export function wantsPage(accept: string): boolean {
  return formFor(accept) === 'page';
}

const DATA = ['application/problem+json', 'application/json'];

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// 'text/html', 'text/*' or '*/*', with its weight from 0 (not wanted) to 1.
type Ranges = Map<string, number>;

// RFC 9110, 12.5.1: of all ranges that hold a type, the narrowest one counts.
function weightOf(type: string, wanted: Ranges): number {
  const [family] = type.split('/');
  return wanted.get(type) ?? wanted.get(`${family}/*`) ?? wanted.get('*/*') ?? 0;
}

function rangesIn(accept: string): Ranges {
  const ranges: Ranges = new Map();
  for (const entry of listIn(accept.toLowerCase())) {
    const [range = '', ...parameters] = listIn(entry, ';');
    const weight = weightIn(parameters);
    if (weight !== undefined) ranges.set(range, Math.max(weight, ranges.get(range) ?? 0));
  }
  return ranges;
}

// RFC 9110, 12.4.2. Undefined for a wrong weight, such as q=1.5: then the entry does not count.
function weightIn(parameters: string[]): number | undefined {
  const parameter = parameters.find((text) => text.startsWith('q=')) ?? 'q=1';
  const [, weight] = /^q=(0(?:\.\d*)?|1(?:\.0*)?)$/.exec(parameter) ?? [];
  return weight === undefined ? undefined : Number(weight);
}

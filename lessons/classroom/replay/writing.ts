// Writing: from what was seen at a place to a note.
//
//   router.ts 38, in call 7, where parts = ['menu', '2'] is new
//     ──►  { line: 38, file: 3, call: 7, values: [['parts', "['menu', '2']"]], … }

import type { Arrival } from './arrivals.ts';
import type { Watched } from './breakpoints.ts';
import type { Call } from './calls.ts';
import { describe } from './describe.ts';
import type { LineNote, Notes } from './notes.ts';
import { originOf, type Scripts } from './scripts.ts';
import type { Secrets } from './secrets.ts';
import { keepValues } from './values.ts';

/** Where the program stands; unseen: its variables could not be read in one go. */
export type Stopped = { place: Watched; arrival: Arrival; call: Call; isUnseen: boolean };

export function openWriter(notes: Notes, secrets: Secrets, scripts: Scripts) {
  const values = keepValues(secrets);
  const errors = new WeakSet<object>();

  function line({ place, arrival, call }: Stopped, seen: Record<string, unknown>): void {
    for (const value of Object.values(seen)) if (value instanceof Error) error(value, arrival.number);
    notes.write(lineNote(place, arrival.number, call, values.changed({ ...place, call, latest: arrival.calls.latest }, seen)));
  }

  /** Each error once, wherever it turns up first. */
  function error(value: Error, request: number): void {
    if (errors.has(value)) return;
    errors.add(value);
    notes.write({ threw: describe(value, '', secrets), request, ...originOf(value, scripts.has) });
  }

  function returned(call: number, value: unknown): void {
    if (value !== undefined && typeof value !== 'function') notes.write({ returned: call, text: describe(value, '', secrets) });
  }

  return { line, error, returned };
}

function lineNote(place: Watched, request: number, call: Call, changed: LineNote['values']): LineNote {
  const { line, script, name, isReturn, catches, loop, names } = place;
  const shown = (text: string) => names.find((one) => one.text === text)?.shown ?? text;
  return {
    line, file: script.number, request, call: call.number, parent: call.parent?.number ?? 0, name, depth: call.depth, values: changed,
    ...(isReturn && { end: true }),
    ...(catches && { catches: true }),
    ...(loop && { loop: { line: loop.line, names: loop.names.map(shown) } }),
  };
}

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

export type Writer = ReturnType<typeof openWriter>;

export function openWriter(notes: Notes, secrets: Secrets, scripts: Scripts) {
  const values = keepValues(secrets);
  const errors = new WeakSet<object>();

  function line({ place, arrival, call }: Stopped, seen: Record<string, unknown>): void {
    for (const value of Object.values(seen)) {
      if (value instanceof Error) error(value, arrival.number);
    }
    const changed = values.changed({ ...place, call, calls: arrival.calls }, seen);
    notes.write(lineNote(place, arrival.number, call, changed));
  }

  /** Each error once, wherever it turns up first. */
  function error(value: Error, request: number): void {
    if (errors.has(value)) return;
    errors.add(value);
    notes.write({ threw: describe(value, '', secrets), request, ...originOf(value, scripts.has) });
  }

  function returned(call: number, value: unknown): void {
    if (value === undefined || typeof value === 'function') return;
    notes.write({ returned: call, text: describe(value, '', secrets) });
  }

  return { line, error, returned };
}

function lineNote(
  { line, script, name, isReturn, catches, loop, names }: Watched,
  request: number,
  call: Call,
  values: LineNote['values'],
): LineNote {
  const shown = (text: string) => names.find((one) => one.text === text)?.shown ?? text;
  return {
    line,
    file: script.number,
    request,
    call: call.number,
    parent: call.parent?.number ?? 0,
    name,
    depth: call.depth,
    values,
    ...(isReturn && { end: true }),
    ...(catches && { catches: true }),
    ...(loop && { loop: { line: loop.line, names: loop.names.map(shown) } }),
  };
}

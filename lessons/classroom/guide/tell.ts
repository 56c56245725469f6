// Telling: one slip, as one message to the process that started this one.
//
//   tell({ code: 'two-answers', what: 'GET /menu was answered twice.', … }, place, visit)
//     ──►  { guide: { code: 'two-answers', request: 'GET /menu', file: 'server.ts', line: 9, … } }

import { fileName, type SourceLocation } from './place.ts';
import type { Told } from './show.ts';
import type { Visit } from './visit.ts';

export type Slip = Pick<Told, 'code' | 'what' | 'why' | 'try' | 'lesson' | 'near'>;

/** A client that hammers on one slip must not fill the terminal. */
const most = 100;
const counts = new Map<string, number>();

/** Each code once a visit. `sent` is called when the message is out, or need not go. */
export function tell(
  slip: Slip,
  place: SourceLocation | undefined,
  visit: Visit | undefined,
  sent = () => {},
): void {
  const key = `${slip.code} ${place?.file} ${place?.line}`;
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  if (count > most || visit?.told.has(slip.code) || !process.connected) return sent();
  visit?.told.add(slip.code);
  process.send!({ guide: toldOf(slip, place, visit) }, undefined, {}, sent);
}

function toldOf(slip: Slip, place: SourceLocation | undefined, visit: Visit | undefined): Told {
  const { code, what, why, lesson, near } = slip;
  const told: Told = {
    code,
    what,
    request: visit?.name ?? null,
    file: place ? fileName(place.file) : null,
    line: place?.line ?? null,
    why,
    try: slip.try,
    lesson,
  };
  if (near) told.near = near;
  return told;
}

// Lesson 10 · id: which record does the address mean?
//
//   /api/menu/2    ──►  2
//   /api/menu/two  ──►  0    the id of nothing: answered like any number that there is not

import type { Call } from '../04-router/router.ts';

// Anything but a whole number is the id of nothing.
export function idOf({ params }: Call): number {
  return /^[1-9]\d{0,15}$/.test(params.id ?? '') ? Number(params.id) : 0;
}

// Lesson 10 · id: which record does the address mean?
//
//   /api/menu/2    ──►  2
//   /api/menu/two  ──►  0    no record has this id, so the answer is 404

import type { Call } from '../04-router/router.ts';

export function idOf({ params }: Call): number {
  return /^[1-9]\d{0,15}$/.test(params.id ?? '') ? Number(params.id) : 0;
}

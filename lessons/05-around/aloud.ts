// Lesson 05 · aloud: the menu is read aloud, twenty lines a second.
//
//   GET /menu/aloud  ──►  Espresso … (a moment) … Flat white … (a moment) …
//
// A demonstration: with an answer this slow, you can see when the log prints its line.

import { setTimeout as wait } from 'node:timers/promises';
import { stream } from '../02-reply/reply.ts';
import { items, menuLine } from '../03-address/items.ts';
import type { Handler } from '../04-router/router.ts';

const PLAIN = 'text/plain; charset=utf-8';

export const readAloud: Handler = () => stream(200, PLAIN, async (response) => {
  for (const item of items) {
    if (response.destroyed) return;
    response.write(menuLine(item));
    await wait(50);
  }
  response.end();
});

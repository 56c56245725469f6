// Lesson 09 · menu: what the café decides, for a page, a program or a phone.
//
//   basketTotal([{ id: 2, quantity: 2 }], items, 17)
//     ──►  544       two flat whites in the happy hour
//   whyNot([{ id: 18, quantity: 1 }], items)
//     ──►  ['Of "Cheesecake" we have 0 left, and you asked for 1.']
//
// No request, no reply, no clock, no storage: a rule gets what it needs, and returns what it
// decides. So a test is one line. Checking that a price is a number is validation (lesson 08). How
// much a basket costs is business.

import type { Item } from '../03-address/items.ts';

export type Basket = { id: number; quantity: number }[];

const HAPPY_HOURS = { from: 16, to: 18, percent: 20 };

/** In cents, for that hour (0 to 23). An unknown item costs nothing: whyNot() refuses it. */
export function basketTotal(basket: Basket, menu: readonly Item[], hour: number): number {
  let total = 0;
  for (const { id, quantity } of basket) {
    const item = findItem(menu, id);
    if (item) total += quantity * item.price;
  }
  return isHappyHour(hour) ? percentOff(total, HAPPY_HOURS.percent) : total;
}

/** A sentence for each item that the café cannot serve. An empty list: it can serve all. */
export function whyNot(basket: Basket, menu: readonly Item[]): string[] {
  const reasons: string[] = [];
  for (const [id, quantity] of quantities(basket)) {
    const item = findItem(menu, id);
    if (!item) reasons.push(`There is no item ${id} on the menu.`);
    else if (quantity > item.stock) reasons.push(tooFew(item, quantity));
  }
  return reasons;
}

/** "cafe" finds "Café au lait": neither capitals nor accents matter to a guest in a hurry. */
export function matches({ name, category }: Item, search: string): boolean {
  return simple(name).includes(simple(search)) || category === simple(search);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** For the list of a store, which has a limit. This one is longer than any menu. */
export const WHOLE_MENU = { limit: 1_000 };

function findItem(menu: readonly Item[], id: number): Item | undefined {
  return menu.find((item) => item.id === id);
}

function tooFew({ name, stock }: Item, quantity: number): string {
  return `Of "${name}" we have ${stock} left, and you asked for ${quantity}.`;
}

function isHappyHour(hour: number): boolean {
  return HAPPY_HOURS.from <= hour && hour < HAPPY_HOURS.to;
}

// Rounded to whole cents, in favour of the guest. It calculates in whole numbers, so it is exact.
function percentOff(cents: number, percent: number): number {
  return cents - Math.ceil((cents * percent) / 100);
}

// One flat white, and two more further down, are three: the stock must be enough for all.
function quantities(basket: Basket): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { id, quantity } of basket) sums.set(id, (sums.get(id) ?? 0) + quantity);
  return sums;
}

function simple(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replace(/\p{Mark}/gu, '');
}

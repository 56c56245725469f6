// The café that every server of the benchmark runs: the work that is the same for all of them.
//
//   findItem('42')          ──►  { id: 42, name: 'Flat white', price: 340, … }
//   checkItem(body)         ──►  true or false: the plain check of those that bring none
//   saveItem(checked)       ──►  { id: 42, …, version: 1 }
//   routes                  ──►  30 routes: [{ method: 'GET', pattern: '/menu/:id', answer: 'item' }, …]
//
// What is saved always gets the same id, so that all answers have the same bytes.

import { fileURLToPath } from 'node:url';
import { items as menu } from '../../lessons/03-address/items.ts';
import { layout } from '../../lessons/12-pages/layout.ts';
import { menuPage } from '../../lessons/12-pages/menu-page.ts';

export type NewItem = { name: string; price: number; category: string; stock: number; forSale: boolean; description: string };
export type Item = { id: number } & NewItem & { version: number };

export const hello = 'Hello from the backend!';

/** /files/look.css lies in it as files/look.css. */
export const folder = fileURLToPath(new URL('public', import.meta.url));

const flatWhite: NewItem = {
  name: 'Flat white',
  price: 340,
  category: 'coffee',
  stock: 120,
  forSale: true,
  description: 'Two small shots under a thin layer of steamed milk, served in a small warm cup of sixteen centilitres. With oat milk if you ask for it. First made for ada, order 42, and for everyone who comes after her.',
};

const items = new Map<number, Item>();
for (let id = 1; id <= 50; id++) items.set(id, { id, ...flatWhite, version: 1 });

export const categories = ['coffee', 'tea', 'warm', 'cold', 'bakery', 'kitchen'] as const;

export const sent = JSON.stringify(flatWhite);

/** Who is logged in: whoever comes with `sid` in the cookie of that name. */
export const ada = { id: 42, email: 'ada@example.org', name: 'Ada', role: 'customer' } as const;
export const sid = '8Jp4mR0xq2VtY7bKd1sWnE5uLh9cGfZa3oXiPvT6yQk';

export function findItem(id: string | undefined): Item | undefined {
  return items.get(Number(id));
}

export function saveItem(item: NewItem): Item {
  const saved = { id: 42, ...item, version: 1 };
  items.set(42, saved);
  return saved;
}

export function checkItem(value: any): value is NewItem {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 6
    && typeof value.name === 'string' && value.name.length >= 1 && value.name.length <= 60
    && Number.isInteger(value.price) && value.price >= 1 && value.price <= 100_000
    && categories.includes(value.category)
    && Number.isInteger(value.stock) && value.stock >= 0 && value.stock <= 10_000
    && typeof value.forSale === 'boolean'
    && typeof value.description === 'string' && value.description.length <= 300;
}

/** What is around the page of the menu. */
export const look = { nav: [{ name: 'Café', address: '/' }, { name: 'Menu', address: '/menu' }], styles: ['/cafe.css'], scripts: ['/cafe.js'] };

/** The page of the menu. Those that bring no templates of their own make it by this function, at each request. */
export function menuHtml(): string {
  return layout({ ...look, title: 'Menu', here: '/menu', body: menuPage(menu, '') });
}

export type Answer = 'hello' | 'page' | 'item' | 'save';
export type Planned = { method: 'GET' | 'POST'; pattern: string; answer: Answer };

const nouns = ['orders', 'accounts', 'notes', 'reports', 'tables', 'payments', 'customers', 'staff', 'tickets', 'tokens', 'settings', 'shifts', 'suppliers'];

/** 30 routes of which three are asked for; "/menu" is neither first nor last. */
export const routes: Planned[] = [
  { method: 'GET', pattern: '/', answer: 'hello' },
  ...nouns.slice(0, 6).flatMap(listAndOne),
  { method: 'GET', pattern: '/menu', answer: 'page' },
  { method: 'GET', pattern: '/menu/:id', answer: 'item' },
  { method: 'POST', pattern: '/menu', answer: 'save' },
  ...nouns.slice(6).flatMap(listAndOne),
];

function listAndOne(noun: string): Planned[] {
  return [{ method: 'GET', pattern: `/${noun}`, answer: 'hello' }, { method: 'GET', pattern: `/${noun}/:id`, answer: 'item' }];
}

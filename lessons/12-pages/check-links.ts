// Lesson 12 · check-links: does each link of the navigation lead to a page of this server?
//
//   { name: 'Menu', address: '/menu' }        ──►  GET /menu is a route
//   { name: 'Tea', address: '/menu/7' }       ──►  GET /menu/:id fits
//   { name: 'Orders', address: '/orders' }    ──►  no route: the server does not start
//
// A module brings a link and its page, and the wiring takes both. If it forgets the page, guests
// click into a 404. It is better to find that out at the start.

import type { Route } from '../04-router/router.ts';
import type { Link } from './layout.ts';

/** Throws an Error for a link without a page. */
export function checkLinks(links: Link[], routes: Route[]): void {
  const pages = routes.filter(({ method }) => method === 'GET');
  for (const { name, address } of links.filter(isOurs)) {
    const [path = ''] = address.split(/[?#]/);
    if (pages.some(({ pattern }) => fits(pattern, path))) continue;
    throw new Error(
      `The link "${name}" leads to ${path}, but there is no route GET ${path}. ` +
      `Search your files for '${address}': correct the link, or add the route.`,
    );
  }
}

// "https://…" is another site.
function isOurs({ address }: Link): boolean {
  return address.startsWith('/');
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  const isAsLong = wanted.at(-1)?.startsWith('*') || parts.length === wanted.length;
  return isAsLong && wanted.every((part, depth) => {
    return /^[:*]/.test(part) ? parts[depth] : part === parts[depth];
  });
}

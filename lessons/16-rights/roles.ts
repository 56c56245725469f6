// Lesson 16 · roles: does access say of each route who may use it?
//
//   access of the café     { 'GET /menu': 'anyone', 'PUT /api/menu/:id': 'staff', … }
//   a route is missing     ──►  access does not say who may use GET /menu. Add 'GET …
//   a line has no route    ──►  access has a line for GET /menus, but there is no such route. …
//
// We check this once, before the first guest comes. A forgotten route does not stay open: the
// server does not start, and says which line to write in which file.

import type { Route } from '../04-router/router.ts';

/** 'customer' is anybody who is logged in. The handler has to ask whose record it is. */
export type Role = 'anyone' | 'customer' | 'staff';

/** By method and pattern of the route: { 'GET /menu/:id': 'anyone' }. */
export type Access = Record<string, Role>;

/** For the wiring: joins the lines of all modules. No route may be there twice. */
export function joinAccess(...tables: Access[]): Access {
  const joined: Access = {};
  for (const [name, role] of tables.flatMap((table) => Object.entries(table))) {
    if (Object.hasOwn(joined, name)) {
      throw new Error(
        `access says twice who may use ${name}: '${joined[name]}' and '${role}'. ` +
        `Search your files for '${name}', and delete one of the two lines.`,
      );
    }
    joined[name] = role;
  }
  return joined;
}

/** Throws an Error when table and routes do not match. */
export function checkAccess(routes: Route[], access: Access): void {
  const names = routes.map(nameOf);
  const forgotten = names.filter((name) => !Object.hasOwn(access, name));
  const unknown = Object.keys(access).filter((name) => !names.includes(name));
  const misspelt = Object.keys(access).find((name) => !ROLES.includes(access[name]!));
  if (unknown.length > 0) throw new Error(withoutRoute(unknown, forgotten));
  if (forgotten.length > 0) throw new Error(withoutLine(forgotten));
  if (misspelt !== undefined) throw new Error(withoutRole(misspelt, access[misspelt]));
}

export function nameOf({ method, pattern }: Route): string {
  return `${method} ${pattern}`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const ROLES: Role[] = ['anyone', 'customer', 'staff'];

// From lesson 16 on, each module has a table of its own. An exercise has one, too.
const WHERE = "in lessons/16-rights/access.ts (or in your own module's access)";

// One typing mistake causes two problems: a line without a route, and a route without a line.
function withoutRoute(unknown: string[], forgotten: string[]): string {
  const problem = `access has a line for ${unknown.join(', ')}, but there is no such route.`;
  const [meant] = forgotten;
  if (meant === undefined) return `${problem} Add the route, or delete the line ${WHERE}.`;
  return `${problem} If you mean ${meant}, correct the line ${WHERE}.`;
}

function withoutLine(forgotten: string[]): string {
  const lines = forgotten.map((name) => `'${name}': 'anyone',`).join(' ');
  return `access does not say who may use ${forgotten.join(', ')}. Add ${lines} ${WHERE}. ` +
    "If not everybody may, write 'customer' or 'staff' instead of 'anyone'.";
}

function withoutRole(name: string, written: unknown): string {
  return `access lets ${JSON.stringify(written)} use ${name}, but there is no such role. ` +
    `Write 'anyone', 'customer' or 'staff' ${WHERE}.`;
}

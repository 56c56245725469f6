// Lesson 04 · route-tree: the table of routes becomes a tree, once, at the start.
//
//   GET /menu             'menu' ── route
//   GET /menu/:id            │
//                            └── a value, "id" ── route
//
// One tree for each method. With one tree for all methods, a "/menu/new" that only answers POST
// would hide "/menu/:id" from a GET.

import { checkRoute } from './check-route.ts';
import type { Route } from './route.ts';

/** A route in the tree: with the places of its parameters, read from its pattern once. */
export type CompiledRoute = Route & { params: { name: string; depth: number; isRest: boolean }[] };

/** Where a request is after some parts of its path, and which parts can come next. */
export type Node = {
  words: Map<string, Node>;
  value?: Node;
  rest?: CompiledRoute;
  route?: CompiledRoute;
};
export type Trees = Map<string, Node>;

/** Throws, before the server starts, when a route is wrong or two routes answer the same. */
export function buildTrees(routes: Route[]): Trees {
  if (!Array.isArray(routes)) {
    throw new Error(`router() takes a list of routes, but it was given ${String(routes)}.`);
  }
  const trees: Trees = new Map();
  for (const route of routes) {
    checkRoute(route);
    if (!insert(trees, route.method, route)) {
      throw new Error(`Two routes answer ${route.method} ${route.pattern}: keep one of them.`);
    }
  }
  // HEAD is GET without the body (RFC 9110, 9.3.2): `send` leaves the body out.
  for (const route of routes) {
    if (route.method === 'GET') insert(trees, 'HEAD', route);
  }
  return trees;
}

/** "/menu/2" → ['menu', '2']; "/" → [''], so the front page is a word like any other. */
export function split(path: string): string[] {
  return path.slice(1).split('/');
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// False if there already is a route at that place.
function insert(trees: Trees, method: string, route: Route): boolean {
  if (!trees.has(method)) trees.set(method, { words: new Map() });
  const parts = split(route.pattern);
  const params = paramsIn(parts);
  const isRest = params.at(-1)?.isRest ?? false;

  let node = trees.get(method)!;
  for (const part of isRest ? parts.slice(0, -1) : parts) node = childOf(node, part);
  const place = isRest ? 'rest' : 'route';
  if (node[place]) return false;
  node[place] = { ...route, params };
  return true;
}

function paramsIn(parts: string[]): CompiledRoute['params'] {
  const params: CompiledRoute['params'] = [];
  for (const [depth, part] of parts.entries()) {
    if (!isWord(part)) params.push({ name: part.slice(1), depth, isRest: part.startsWith('*') });
  }
  return params;
}

function childOf(node: Node, part: string): Node {
  const found = isWord(part) ? node.words.get(part) : node.value;
  const next: Node = found ?? { words: new Map() };
  if (isWord(part)) node.words.set(part, next);
  else node.value = next;
  return next;
}

function isWord(part: string): boolean {
  return !part.startsWith(':') && !part.startsWith('*');
}

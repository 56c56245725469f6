// Lesson 04 · find-route: which route has this path?
//
//   ['menu', '2'], down the tree  ──►  { pattern: '/menu/:id', … }  ──►  params = { id: '2' }
//
// A request walks down the tree one part at a time, so 300 routes cost no more than three. A word
// wins over a value ("/menu/new" over "/menu/:id"), whichever line comes first in the table.

import type { CompiledRoute, Node, Trees } from './route-tree.ts';

export function findRoute(
  node: Node | undefined,
  parts: string[],
  depth = 0,
): CompiledRoute | undefined {
  const part = parts[depth];
  if (!node || part === undefined) return node?.route;
  const byWord = findRoute(node.words.get(part), parts, depth + 1);
  if (byWord) return byWord;
  const byValue = part === '' ? undefined : findRoute(node.value, parts, depth + 1);
  return byValue ?? node.rest;
}

export function readParams(route: CompiledRoute, parts: string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const { name, depth, isRest } of route.params) {
    params[name] = isRest ? parts.slice(depth).join('/') : parts[depth]!;
  }
  return params;
}

/** The methods that have a route for this path, or, without a path, any route at all. */
export function methodsAt(trees: Trees, parts: string[] | undefined): string[] {
  const known = [...trees.keys()];
  const methods = known.filter((method) => !parts || findRoute(trees.get(method), parts));
  return methods.length > 0 ? [...new Set([...methods, 'OPTIONS'])].sort() : [];
}

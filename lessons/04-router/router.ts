// Lesson 04 · router: which function answers this request?
//
//   GET /menu/2  ──►  { method: 'GET', pattern: '/menu/:id', handler }  ──►  params = { id: '2' }
//
// Routes are data. The table is turned into one tree for each method, once, at the start; a request
// walks down it, one part of its path at a time, so that 300 routes cost no more than three. A
// word wins over a value ("/menu/new" over "/menu/:id"), whichever was written first. One tree for
// all methods would look simpler, and answer "POST only" where GET has its own way.

import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http';
import { empty, redirect, text, type Reply } from '../02-reply/reply.ts';
import type { Report } from '../02-reply/report.ts';
import { send } from '../02-reply/send.ts';
import { readAddress, type Address, type Query } from '../03-address/address.ts';
import { checkPattern } from './pattern.ts';

/** What a handler is given: the request, its address, and the parameters in its path. */
export type Call = { request: IncomingMessage; address: Address; params: Record<string, string> };
export type Handler = (call: Call) => Reply | Promise<Reply>;
/** A pattern is a path with words, one-part values (":id") and, at its end, the rest ("*path"). */
export type Route = { method: string; pattern: string; handler: Handler };

/** What createServer() needs: each request becomes a call, and what the handler returns is sent. */
export function answerWith(handler: Handler, report?: Report) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const reply = handler({ request, address: readAddress(request), params: {} });
    // For speed: an answer that is there is not waited for.
    if (reply instanceof Promise) reply.then((late) => send(response, late, report));
    else send(response, reply, report);
  };
}

export function router(routes: Route[]): Handler {
  const trees = buildTrees(routes);
  return ({ request, address }) => {
    if (address.refused) return address.refused;
    const parts = split(address.path);
    const route = findRoute(trees.get(address.method), parts);
    if (!route) return answerWithoutRoute(trees, address, parts);
    return route.handler({ request, address, params: readParams(route, parts) });
  };
}

function findRoute(node: Node | undefined, parts: string[], depth = 0): CompiledRoute | undefined {
  const part = parts[depth];
  if (!node || part === undefined) return node?.route;
  const byWord = findRoute(node.words.get(part), parts, depth + 1);
  if (byWord) return byWord;
  const byValue = part === '' ? undefined : findRoute(node.value, parts, depth + 1);
  return byValue ?? node.rest;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function readParams(route: CompiledRoute, parts: string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const { name, depth, isRest } of route.params) {
    params[name] = isRest ? parts.slice(depth).join('/') : parts[depth]!;
  }
  return params;
}

/** A route as the tree holds it: with the places of its values, read from its pattern once. */
type CompiledRoute = Route & { params: { name: string; depth: number; isRest: boolean }[] };

type Node = { words: Map<string, Node>; value?: Node; rest?: CompiledRoute; route?: CompiledRoute };
type Trees = Map<string, Node>;

// "/menu/2" → ['menu', '2']; "/" → [''], so the front page is a word like any other.
function split(path: string): string[] {
  return path.slice(1).split('/');
}

/**
 * Throws, before the server starts, when a pattern cannot be read or two routes answer the same.
 */
function buildTrees(routes: Route[]): Trees {
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

// False when there is a route at that place already.
function insert(trees: Trees, method: string, route: Route): boolean {
  if (!trees.has(method)) trees.set(method, { words: new Map() });
  const parts = split(route.pattern);
  const params: CompiledRoute['params'] = [];
  for (const [depth, part] of parts.entries()) {
    if (!isWord(part)) params.push({ name: part.slice(1), depth, isRest: part.startsWith('*') });
  }
  const isRest = params.at(-1)?.isRest ?? false;

  let node = trees.get(method)!;
  for (const part of isRest ? parts.slice(0, -1) : parts) node = childOf(node, part);
  const place = isRest ? 'rest' : 'route';
  if (node[place]) return false;
  node[place] = { ...route, params };
  return true;
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

function checkRoute(route: Partial<Route> | undefined): void {
  const { method, pattern, handler } = route ?? {};
  if (typeof method !== 'string' || typeof pattern !== 'string') {
    throw new Error(
      'A route has a method such as "GET" and a pattern such as "/menu/:id", both as text, ' +
      `but they were ${String(method)} and ${String(pattern)}.`,
    );
  }
  if (!isMethod(method.toUpperCase())) {
    throw new Error(
      `The method of "${pattern}" must be GET, POST, PUT, DELETE or a relative of them, ` +
      `but it was "${method}": no request has that.`,
    );
  }
  if (method !== method.toUpperCase()) {
    throw new Error(
      `The method of "${pattern}" must be written in capitals, "${method.toUpperCase()}", ` +
      `but it was "${method}".`,
    );
  }
  if (typeof handler !== 'function') {
    throw new Error(
      `The handler of ${method} ${pattern} must be a function, but it was ${String(handler)}.`,
    );
  }
  checkPattern(pattern);
}

// A CONNECT never becomes a request.
function isMethod(method: string): boolean {
  return METHODS.includes(method) && method !== 'CONNECT';
}

function answerWithoutRoute(trees: Trees, address: Address, parts: string[]): Reply {
  const allowed = methodsAt(trees, address.path === '*' ? undefined : parts);
  if (address.method === 'OPTIONS' && allowed.length > 0) {
    return empty(204, { allow: allowed.join(', ') });
  }
  if (allowed.length > 0) return refuseMethod(address, allowed);

  const shorter = parts.slice(0, -1);
  if (parts.at(-1) === '' && methodsAt(trees, shorter).length > 0) {
    return redirect(locationOf(shorter, address.query), 308);
  }
  return text(404, `There is nothing at "${address.path}". Check the address, or begin at "/".\n`);
}

// RFC 9110, 15.5.6: a 405 says which methods would do.
function refuseMethod({ method, path }: Address, allowed: string[]): Reply {
  const allow = allowed.join(', ');
  return text(405, `"${path}" does not answer ${method}. It answers ${allow}.\n`, { allow });
}

/** The methods that have a route for this path, or, without a path, any route at all. */
function methodsAt(trees: Trees, parts: string[] | undefined): string[] {
  const known = [...trees.keys()];
  const methods = known.filter((method) => !parts || findRoute(trees.get(method), parts));
  return methods.length > 0 ? [...new Set([...methods, 'OPTIONS'])].sort() : [];
}

// "/menu/?search=tea" has moved to "/menu?search=tea": one page, one address.
function locationOf(parts: string[], query: Query): string {
  const path = `/${parts.map(encodeURIComponent).join('/')}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

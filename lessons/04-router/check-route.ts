// Lesson 04 · check-route: is this a route at all?
//
//   { method: 'get', pattern: '/menu', handler: showMenu }
//     ──►  Error: The method of "/menu" must be written in capitals, "GET", but it was "get".
//
// A wrong route stops the server before the first guest comes, and not when a guest asks for it.

import { METHODS } from 'node:http';
import { checkPattern } from './pattern.ts';
import type { Route } from './route.ts';

/** Throws an error that says what is wrong with the route, and what would be right. */
export function checkRoute(route: Partial<Route> | undefined): void {
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

// Node never turns a CONNECT into a request.
function isMethod(method: string): boolean {
  return METHODS.includes(method) && method !== 'CONNECT';
}

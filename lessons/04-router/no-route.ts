// Lesson 04 · no-route: what a guest gets when no route answers.
//
//   GET /tea        ──►  404, There is nothing at "/tea".
//   DELETE /menu/2  ──►  405, allow: GET, HEAD, OPTIONS
//   GET /menu/      ──►  308, location: /menu
//
// 404 and 405 are different: after a 405, the client knows that the address is right.

import { empty, redirect, text, type Reply } from '../02-reply/reply.ts';
import type { Address, Query } from '../03-address/address.ts';
import { methodsAt } from './find-route.ts';
import type { Trees } from './route-tree.ts';

export function answerWithoutRoute(trees: Trees, address: Address, parts: string[]): Reply {
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

// RFC 9110, 15.5.6: a 405 has to name the methods that the path does answer.
function refuseMethod({ method, path }: Address, allowed: string[]): Reply {
  const allow = allowed.join(', ');
  return text(405, `"${path}" does not answer ${method}. It answers ${allow}.\n`, { allow });
}

// "/menu/?search=tea" has moved to "/menu?search=tea": one page, one address.
function locationOf(parts: string[], query: Query): string {
  const path = `/${parts.map(encodeURIComponent).join('/')}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

// Lesson 04 · router: which function answers this request?
//
//   GET /menu/2  ──►  { method: 'GET', pattern: '/menu/:id', handler }  ──►  params = { id: '2' }
//
// Routes are data: a table that a person can read, and a program can check. Many frameworks try
// their routes from top to bottom instead. Then the order of the lines is part of the program.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Report } from '../02-reply/report.ts';
import { send } from '../02-reply/send.ts';
import { readAddress } from '../03-address/address.ts';
import { findRoute, readParams } from './find-route.ts';
import { answerWithoutRoute } from './no-route.ts';
import { buildTrees, split } from './route-tree.ts';
import type { Handler, Route } from './route.ts';

export type { Call, Handler, Route } from './route.ts';

/** What createServer() needs: each request becomes a call, and what the handler returns is sent. */
export function answerWith(handler: Handler, report?: Report) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const reply = handler({ request, address: readAddress(request), params: {} });
    // For speed: if the reply is ready, we do not wait.
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

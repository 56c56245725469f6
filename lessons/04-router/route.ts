// Lesson 04 · route: one line of the table, and what its handler is given.
//
//   { method: 'GET', pattern: '/menu/:id', handler: showItem }
//
//   showItem({ request, address, params: { id: '2' } })  ──►  a reply
//
// All handlers of the course look like this. A handler takes one object, so a new part of a call
// would not change the others.

import type { IncomingMessage } from 'node:http';
import type { Reply } from '../02-reply/reply.ts';
import type { Address } from '../03-address/address.ts';

/** What a handler is given: the request, its address, and the parameters in its path. */
export type Call = { request: IncomingMessage; address: Address; params: Record<string, string> };
export type Handler = (call: Call) => Reply | Promise<Reply>;
/** A pattern is a path with words, one-part values (":id") and, at its end, the rest ("*path"). */
export type Route = { method: string; pattern: string; handler: Handler };

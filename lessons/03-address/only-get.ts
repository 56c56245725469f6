// Lesson 03 · only-get: this server shows things and changes nothing.
//
//   DELETE /menu/2  ──►  405, allow: GET, HEAD
//
// Scaffolding: from lesson 04 on, the router knows which methods each path answers.

import type { IncomingMessage } from 'node:http';
import { text } from '../02-reply/reply.ts';
import { readAddress, type Address } from './address.ts';

/** The address; with a 405 in `refused` when the method is neither GET nor HEAD. */
export function readGet(request: IncomingMessage): Address {
  const address = readAddress(request);
  const { method, refused } = address;
  if (refused || method === 'GET' || method === 'HEAD') return address;
  const sentence = `This server does not answer ${method} yet.\n`;
  return { ...address, refused: text(405, sentence, { allow: 'GET, HEAD' }) };
}

// Lesson 03 · only-get: this server shows things, and changes none.
//
//   DELETE /menu/2  ──►  405, allow: GET, HEAD
//
// Scaffolding: the router of lesson 04 knows for each path which methods it answers.

import type { IncomingMessage } from 'node:http';
import { text } from '../02-reply/reply.ts';
import { readAddress, type Address } from './address.ts';

/** The address, with a refusal for every method that is not for looking only. */
export function readGet(request: IncomingMessage): Address {
  const address = readAddress(request);
  const { method, refused } = address;
  if (refused || method === 'GET' || method === 'HEAD') return address;
  const sentence = `This server does not answer ${method} yet.\n`;
  return { ...address, refused: text(405, sentence, { allow: 'GET, HEAD' }) };
}

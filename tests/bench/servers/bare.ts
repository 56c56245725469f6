// Bare node:http, with the body read as Node's own pages show it: piece by piece in a loop.

import { bareServer, limit } from '../bare.ts';

bareServer(async (request) => {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += piece;
    if (text.length > limit) return undefined;
  }
  return text;
});

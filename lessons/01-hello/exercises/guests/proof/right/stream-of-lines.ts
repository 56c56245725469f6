// The guests are kept in a list, and the lines flow into the answer by themselves.

import http from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const arrivals: Date[] = [];

function* greet(guest: number) {
  yield 'Hello! ';
  yield `You are guest ${guest}.\n`;
  if (Number.isInteger(guest / 3)) yield 'Your coffee is on the house.\n';
}

http.createServer(async (_, res) => {
  const guest = arrivals.push(new Date());
  await pause(20);
  Readable.from(greet(guest)).pipe(res);
}).listen(0);

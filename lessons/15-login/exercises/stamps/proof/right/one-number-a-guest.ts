// Each guest has at most one session: a login on the laptop ends the one on the telephone. No end cookie either.

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { readCookie } from '../../../../cookie.ts';

type Guest = { name: string; pin: string; stamps: number; number?: string; seen: number };

const guests: Guest[] = [
  { name: 'ada', pin: '4711', stamps: 7, seen: 0 },
  { name: 'ben', pin: '0815', stamps: 2, seen: 0 },
];
let minutes = 0;

const whoIs = (request: IncomingMessage) => {
  const number = readCookie(request, 'sid');
  return guests.find((guest) => number && guest.number === number && minutes < guest.seen + 30);
};

const handlers: Record<string, Handler> = {
  async POST({ request }) {
    const { name, pin } = (await readJson(request)) as Guest;
    const guest = guests.find((one) => one.name === name && one.pin === pin);
    if (!guest) return text(401, 'No.\n');
    guest.number = randomBytes(16).toString('hex');
    guest.seen = minutes;
    return json(200, { name: guest.name }, { 'set-cookie': [`sid=${guest.number}; HttpOnly; SameSite=Lax; Path=/`] });
  },
  GET({ request }) {
    const guest = whoIs(request);
    if (!guest) return text(401, 'No.\n');
    guest.seen = minutes;
    return json(200, { name: guest.name, stamps: guest.stamps });
  },
  DELETE({ request }) {
    delete whoIs(request)?.number;
    return empty();
  },
};

listen(createServer(answerWith(router([
  ...Object.entries(handlers).map(([method, handler]) => ({ method, pattern: '/api/card', handler })),
  { method: 'POST', pattern: '/api/clock', handler: async ({ request }) => {
    minutes += ((await readJson(request)) as { minutes: number }).minutes;
    return json(200, { minutes });
  } },
]))));

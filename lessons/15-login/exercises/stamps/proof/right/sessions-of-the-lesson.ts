// The lesson's own sessions, in a collection, with the café's clock for their time.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json } from '../../../../../02-reply/reply.ts';
import { answerWith, router } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { memoryStorage } from '../../../../../09-logic/memory.ts';
import { cookie, endCookie, readCookie } from '../../../../cookie.ts';
import { makeSessions, sessionOptions, type Session } from '../../../../sessions.ts';

const guests = [
  { id: 1, name: 'ada', pin: '4711', stamps: 7 },
  { id: 2, name: 'ben', pin: '0815', stamps: 2 },
];
let now = 0;
const sessions = makeSessions(memoryStorage().collection<Session>('sessions', sessionOptions), { now: () => now * 60_000 });

listen(createServer(answerWith(withErrors(router([
  { method: 'POST', pattern: '/api/card', handler: async ({ request }) => {
    const { name, pin } = (await readJson(request)) as { name: string; pin: string };
    const guest = guests.find((one) => one.name === name);
    if (guest?.pin !== pin) throw new Refusal(401, 'This does not fit.');
    await sessions.close(readCookie(request, 'card'));
    return json(200, { name }, { 'set-cookie': cookie('card', await sessions.open(guest!.id), { maxAge: sessions.maxAge }) });
  } },
  { method: 'GET', pattern: '/api/card', handler: async ({ request }) => {
    const session = await sessions.find(readCookie(request, 'card'));
    const guest = guests.find(({ id }) => id === session?.account);
    if (!guest) throw new Refusal(401, 'Please log in.');
    return json(200, { name: guest.name, stamps: guest.stamps });
  } },
  { method: 'DELETE', pattern: '/api/card', handler: async ({ request }) => {
    await sessions.close(readCookie(request, 'card'));
    return empty(204, { 'set-cookie': endCookie('card') });
  } },
  { method: 'POST', pattern: '/api/clock', handler: async ({ request }) => {
    now += ((await readJson(request)) as { minutes: number }).minutes;
    return json(200, { now });
  } },
])))));

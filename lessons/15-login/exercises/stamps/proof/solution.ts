import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { empty, json } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../06-errors/errors.ts';
import { readJson } from '../../../../07-body/body.ts';
import { fields, line, validate, wholeNumber } from '../../../../08-validate/validate.ts';
import { cookie, endCookie, readCookie } from '../../../cookie.ts';

const login = fields({ name: line(1, 20), pin: line(4, 4) });

const guests = [
  { name: 'ada', pin: '4711', stamps: 7 },
  { name: 'ben', pin: '0815', stamps: 2 },
];

// The café's clock, in minutes. It only goes on when it is told to, so that nobody has to wait half an hour.
let now = 0;

const wait: Handler = async ({ request }) => {
  now += validate(fields({ minutes: wholeNumber(0, 10_000) }), await readJson(request)).minutes;
  return json(200, { now });
};

type Guest = (typeof guests)[number];
const sessions = new Map<string, { guest: Guest; seen: number }>();

const logIn: Handler = async ({ request }) => {
  const { name, pin } = validate(login, await readJson(request));
  const guest = guests.find((one) => one.name === name && one.pin === pin);
  if (!guest) throw new Refusal(401, 'The name or the PIN is not right.');
  sessions.delete(readCookie(request, 'card') ?? '');
  const token = randomBytes(32).toString('base64url');
  sessions.set(token, { guest, seen: now });
  return json(200, { name: guest.name }, { 'set-cookie': cookie('card', token, { maxAge: 43_200 }) });
};

const showCard: Handler = ({ request }) => {
  const session = sessions.get(readCookie(request, 'card') ?? '');
  if (!session || now - session.seen >= 30) throw new Refusal(401, 'Please log in.');
  session.seen = now;
  return json(200, { name: session.guest.name, stamps: session.guest.stamps });
};

const logOut: Handler = ({ request }) => {
  sessions.delete(readCookie(request, 'card') ?? '');
  return empty(204, { 'set-cookie': endCookie('card') });
};

const routes = [
  { method: 'POST', pattern: '/api/card', handler: logIn },
  { method: 'GET', pattern: '/api/card', handler: showCard },
  { method: 'DELETE', pattern: '/api/card', handler: logOut },
  { method: 'POST', pattern: '/api/clock', handler: wait },
];

listen(createServer(answerWith(withErrors(router(routes)))));

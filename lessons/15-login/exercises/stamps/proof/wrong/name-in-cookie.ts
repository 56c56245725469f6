// S2 the cookie is believed
// The cookie says who it is, and is believed. Anybody can write another name into it: what comes from the
// browser is only a number that the server knows again.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { empty, json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, validate, wholeNumber } from '../../../../../08-validate/validate.ts';
import { cookie, endCookie, readCookie } from '../../../../cookie.ts';

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

const logIn: Handler = async ({ request }) => {
  const { name, pin } = validate(login, await readJson(request));
  const guest = guests.find((one) => one.name === name && one.pin === pin);
  if (!guest) throw new Refusal(401, 'The name or the PIN is not right.');
  return json(200, { name: guest.name }, { 'set-cookie': cookie('card', guest.name, { maxAge: 43_200 }) });
};

const showCard: Handler = ({ request }) => {
  const guest = guests.find(({ name }) => name === readCookie(request, 'card'));
  if (!guest) throw new Refusal(401, 'Please log in.');
  return json(200, { name: guest.name, stamps: guest.stamps });
};

const logOut: Handler = () => empty(204, { 'set-cookie': endCookie('card') });

const routes = [
  { method: 'POST', pattern: '/api/card', handler: logIn },
  { method: 'GET', pattern: '/api/card', handler: showCard },
  { method: 'DELETE', pattern: '/api/card', handler: logOut },
  { method: 'POST', pattern: '/api/clock', handler: wait },
];

listen(createServer(answerWith(withErrors(router(routes)))));

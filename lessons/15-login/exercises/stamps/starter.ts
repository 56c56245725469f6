// Exercise: the stamps of the regular guests. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { empty, json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { Refusal, withErrors } from '../../../06-errors/errors.ts';
import { readJson } from '../../../07-body/body.ts';
import { fields, line, validate, wholeNumber } from '../../../08-validate/validate.ts';

const login = fields({ name: line(1, 20), pin: line(4, 4) });

const guests = [
  { name: 'ada', pin: '4711', stamps: 7 },
  { name: 'ben', pin: '0815', stamps: 2 },
];

// The café's clock, in minutes. Only a request moves it, so that you need not wait half an hour.
let now = 0;

const wait: Handler = async ({ request }) => {
  now += validate(fields({ minutes: wholeNumber(0, 10_000) }), await readJson(request)).minutes;
  return json(200, { now });
};

const logIn: Handler = async ({ request }) => {
  const { name, pin } = validate(login, await readJson(request));
  const guest = guests.find((one) => one.name === name && one.pin === pin);
  if (!guest) throw new Refusal(401, 'The name or the PIN is not right.');
  return json(200, { name: guest.name });
};

// TODO: remember who has logged in, give the browser a cookie, and use it to know the guest again.
const showCard: Handler = () => {
  throw new Refusal(401, 'Please log in.');
};

const logOut: Handler = () => empty(204);

const routes = [
  { method: 'POST', pattern: '/api/card', handler: logIn },
  { method: 'GET', pattern: '/api/card', handler: showCard },
  { method: 'DELETE', pattern: '/api/card', handler: logOut },
  { method: 'POST', pattern: '/api/clock', handler: wait },
];

listen(createServer(answerWith(withErrors(router(routes)))));

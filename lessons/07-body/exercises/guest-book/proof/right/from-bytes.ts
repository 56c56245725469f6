// Only readBytes of the lesson: text, JSON and form are made by hand.

import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { TextDecoder } from 'node:util';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around, withLog } from '../../../../../05-around/around.ts';
import { Refusal, withErrors } from '../../../../../06-errors/errors.ts';
import { readBytes } from '../../../../read-bytes.ts';

const guests: string[] = [];

const addGuest: Handler = async ({ request }) => {
  const type = String(request.headers['content-type']);
  if (!/^application\/(json|x-www-form-urlencoded)\b/.test(type)) return text(415, 'JSON or a form, please.\n');
  const body = new TextDecoder().decode(await readBytes(request, 1000));
  let name: string;
  try {
    name = type.includes('json') ? JSON.parse(body).name : String(parse(body).name);
  } catch (error) {
    throw new Refusal(400, `Sorry: ${(error as Error).message}`);
  }
  return json(201, { name: guests[guests.push(name) - 1] });
};

const showGuests: Handler = () => text(200, guests.map((name) => `${name}\n`).join('') || 'Nobody yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));

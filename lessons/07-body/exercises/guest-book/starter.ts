// Exercise: a guest book that takes names as JSON and as a form. See task.md.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { text } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around, withLog } from '../../../05-around/around.ts';
import { withErrors } from '../../../06-errors/errors.ts';

const guests: string[] = [];

const addGuest: Handler = async () => {
  // TODO: read the name from the body, write it into the book, and answer with it.
  return text(501, 'The book is still closed.\n');
};

const showGuests: Handler = () => {
  const lines = guests.map((name) => `${name}\n`);
  return text(200, lines.join('') || 'Nobody yet.\n');
};

const cafe = router([
  { method: 'GET', pattern: '/guests', handler: showGuests },
  { method: 'POST', pattern: '/guests', handler: addGuest },
]);

listen(createServer(answerWith(around([withLog, withErrors], cafe))));

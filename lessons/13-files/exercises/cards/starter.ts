// Exercise: the cards of the day. See task.md, or: npm run task 13.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { text } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around } from '../../../05-around/around.ts';
import { withErrors } from '../../../06-errors/errors.ts';

// TODO: send the card whose name stands in the query.
const showCard: Handler = () => text(404, 'There are no cards yet.\n');

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));

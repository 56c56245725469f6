import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';

const page = '<!doctype html>\n<title>Menu</title>\n<h1>Menu</h1>\n<p>Flat white</p>\n';

const cafe = router([
  { method: 'GET', pattern: '/menu', handler: () => text(200, page) },
]);

listen(createServer(answerWith(cafe)));

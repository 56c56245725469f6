import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { html } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { markup } from '../../../lessons/12-pages/html.ts';

const nameOf = async (id) => (id === '2' ? 'Flat white' : 'Espresso');

const cafe = router([
  { method: 'GET', pattern: '/menu/:id', handler: ({ params }) => html(200, markup`<h1>${nameOf(params.id)}</h1>`.text) },
]);

listen(createServer(answerWith(cafe)));

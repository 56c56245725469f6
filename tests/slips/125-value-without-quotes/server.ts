import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { html } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { markup } from '../../../lessons/12-pages/html.ts';

const form = (typed) => markup`<form method="post"><input name="what" value=${typed}></form>`;

const cafe = router([
  { method: 'GET', pattern: '/things', handler: ({ address }) => html(200, form(address.query.get('what')).text) },
]);

listen(createServer(answerWith(cafe)));

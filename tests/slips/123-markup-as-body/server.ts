import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { html } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { withErrors } from '../../../lessons/06-errors/errors.ts';
import { markup } from '../../../lessons/12-pages/html.ts';

const showNote = (note) => markup`<p>${note}</p>`;

const cafe = router([
  { method: 'GET', pattern: '/notes', handler: () => html(200, showNote('Order 42, please.')) },
]);

listen(createServer(answerWith(withErrors(cafe))));

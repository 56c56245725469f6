import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { readJson } from '../../../lessons/07-body/body.ts';

const cafe = router([{ method: 'POST', pattern: '/orders', handler: ({ request }) => {
  const order: any = readJson(request);
  return text(201, order.items.join(', '));
} }]);

listen(createServer(answerWith(cafe)));

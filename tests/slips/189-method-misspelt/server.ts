import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';

const cafe = router([
  { method: 'GTE', pattern: '/menu', handler: () => text(200, 'Flat white') },
]);

listen(createServer(answerWith(cafe)));

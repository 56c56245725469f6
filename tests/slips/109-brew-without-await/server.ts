import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { items } from '../../../lessons/03-address/items.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { withErrors } from '../../../lessons/06-errors/errors.ts';

async function brew(id: string | undefined) {
  console.log(`Ready: ${items.find((item) => String(item.id) === id)!.name}`);
}

const cafe = router([{ method: 'GET', pattern: '/brew/:id', handler: ({ params }) => {
  brew(params.id);
  return text(202, 'Your cup is on its way.');
} }]);

listen(createServer(answerWith(withErrors(cafe))));

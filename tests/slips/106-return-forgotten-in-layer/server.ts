import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { around } from '../../../lessons/05-around/around.ts';

const withHello: any = (handler: any) => async (call: any) => {
  console.log('Somebody is here.');
  await handler(call);
};

const cafe = router([{ method: 'GET', pattern: '/', handler: () => text(200, 'Hello') }]);

listen(createServer(answerWith(around([withHello], cafe))));

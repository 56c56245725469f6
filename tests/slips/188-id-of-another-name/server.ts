import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { jsonFileStorage } from '../../../lessons/11-json-file/json-file.ts';

const storage = await jsonFileStorage(fileURLToPath(new URL('cafe.json', import.meta.url)));
const menu = storage.collection('menu', { initial: [{ id: 2, version: 1 }] });

const remove = async ({ params }) => {
  const isGone = await menu.remove(params.id);
  return text(200, isGone ? 'Gone.' : 'There was none.');
};

const routes = [{ method: 'GET', pattern: '/menu/:number', handler: remove }];
listen(createServer(answerWith(router(routes))));

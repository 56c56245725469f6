import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { empty } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { readJson } from '../../../lessons/07-body/body.ts';
import type { Stored } from '../../../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../../../lessons/11-json-file/json-file.ts';

const storage = await jsonFileStorage(fileURLToPath(new URL('cafe.data', import.meta.url)));
const accounts = storage.collection<Stored & { email: string; password: string }>('accounts', { unique: ['email'] });

const cafe = router([{ method: 'POST', pattern: '/accounts', handler: async ({ request }) => {
  const fields: any = await readJson(request);
  await accounts.insert(fields);
  return empty(204);
} }]);

listen(createServer(answerWith(cafe)));

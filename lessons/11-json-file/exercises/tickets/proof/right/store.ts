// The lesson's own store: each ticket is a record, and its id is the number.

import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { jsonFileStorage } from '../../../../json-file.ts';

const storage = await jsonFileStorage(join(process.env.DATA_DIR!, 'tickets.json'));
const tickets = storage.collection('tickets');

const routes = [
  { method: 'POST', pattern: '/tickets', handler: async () => json(201, { number: (await tickets.insert({})).id }) },
  { method: 'GET', pattern: '/tickets', handler: async () => json(200, { last: (await tickets.list({ before: Infinity, limit: 1 })).records[0]?.id ?? 0 }) },
];

listen(createServer(answerWith(withErrors(router(routes)))));

import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { json } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { rights, type Access } from '../../../lessons/16-rights/rights.ts';

const routes = [
  { method: 'GET', pattern: '/api/menu', handler: () => json(200, []) },
  { method: 'GET', pattern: '/api/menu/cheapest', handler: () => json(200, {}) },
];

const access: Access = {
  'GET /api/menu': 'anyone',
  'GET /api/menu/cheepest': 'anyone',
};

const whoIs = async () => undefined;

listen(createServer(answerWith(router(rights(routes, access, whoIs)))));

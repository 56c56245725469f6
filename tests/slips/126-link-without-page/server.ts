import { createServer } from 'node:http';
import { listen } from '../../../lessons/02-reply/listen.ts';
import { html } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router } from '../../../lessons/04-router/router.ts';
import { checkLinks } from '../../../lessons/12-pages/check-links.ts';

const nav = [
  { name: 'Menu', address: '/menu' },
  { name: 'Cheapest', address: '/cheepest' },
];

const routes = [
  { method: 'GET', pattern: '/menu', handler: () => html(200, '<h1>Menu</h1>') },
  { method: 'GET', pattern: '/cheapest', handler: () => html(200, '<h1>Cheapest</h1>') },
];

checkLinks(nav, routes);
listen(createServer(answerWith(router(routes))));

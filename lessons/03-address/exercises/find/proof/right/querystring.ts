// Another module of Node's for the query, and the conditions in a table.

import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { listen } from '../../../../../02-reply/listen.ts';
import { text, type Reply } from '../../../../../02-reply/reply.ts';
import { send } from '../../../../../02-reply/send.ts';
import { items, menuLine, type Item } from '../../../../items.ts';

const small = (word: string) => word.toLocaleLowerCase('en');

const conditions: Record<string, (item: Item, wanted: string) => boolean> = {
  price: ({ price }, wanted) => price - Number(wanted) === 0,
  name: ({ name }, wanted) => small(name).split(small(wanted)).length > 1,
};

function find(query: string): string {
  const asked = Object.entries(parse(query)).filter(([key]) => key in conditions);
  const fits = (item: Item) => asked.every(([key, wanted]) => conditions[key]!(item, String(wanted)));
  return items.filter(fits).map(menuLine).join('');
}

async function answer(method: string, [path, query = '']: string[]): Promise<Reply> {
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'No.', { allow: 'HEAD, GET' });
  if (/%(?![\da-f]{2})/i.test(query)) return text(400, 'What is that % for?');
  if (path === '/menu') return text(200, find(''));
  if (path !== '/find') return text(404, 'Not here.');
  const found = find(query);
  return found === '' ? text(200, 'None.') : text(200, found);
}

listen(createServer(async ({ method = 'GET', url = '/' }, response) => {
  send(response, await answer(method, url.split('?', 2)));
}));

// The list gets shorter, query by query.

import http from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { html, type Reply } from '../../../../../02-reply/reply.ts';
import { send } from '../../../../../02-reply/send.ts';
import { readAddress } from '../../../../address.ts';
import { items, menuLine, type Item } from '../../../../items.ts';

function show(wanted: Item[]): Reply {
  if (wanted.length === 0) return html(404, '<p>Sorry, we have nothing of that kind.</p>');
  return html(200, `<pre>${wanted.map(menuLine).join('')}</pre>`);
}

listen(http.createServer((request, response) => {
  const address = readAddress(request);
  const price = address.query.get('price');
  const letters = address.query.get('name');
  let reply = html(404, '<p>No such page.</p>');
  if (address.path === '/menu') reply = show(items);
  if (address.path === '/find') {
    let wanted = items;
    if (price) wanted = wanted.filter((item) => String(item.price) === price);
    if (letters) wanted = wanted.filter((item) => item.name.toUpperCase().includes(letters.toUpperCase()));
    reply = show(wanted);
  }
  if (address.method !== 'GET' && address.method !== 'HEAD') reply = html(405, '<p>Look, do not touch.</p>', { allow: 'GET, HEAD' });
  send(response, address.refused ?? reply);
}));

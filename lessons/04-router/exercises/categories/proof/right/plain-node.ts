// Without the router and without reply: Node's own modules only.

import http from 'node:http';
import { items, menuLine } from '../../../../../03-address/items.ts';

http.createServer((req, res) => {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  const [, first, second] = pathname.split('/').map(decodeURIComponent);
  let wanted = items;
  if (first === 'categories') wanted = items.filter((item) => item.category === second);
  else if (second !== undefined) wanted = items.filter((item) => item.id === Number(second));
  res.writeHead(wanted.length > 0 ? 200 : 404, { 'Content-Type': 'text/plain; charset=UTF-8' });
  for (const item of wanted) res.write(menuLine(item));
  res.end(wanted.length > 0 ? '' : `There is nothing called ${second}.`);
}).listen(3000);

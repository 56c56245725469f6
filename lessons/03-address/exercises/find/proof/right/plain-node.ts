// Without address and reply: URL takes the address apart, and an address that it cannot read is caught.

import { createServer, type IncomingMessage } from 'node:http';
import { items, menuLine } from '../../../../items.ts';

createServer((req, res) => {
  const [status, body] = work(req);
  if (status === 405) res.setHeader('Allow', 'GET,HEAD');
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  res.end(req.method === 'HEAD' ? undefined : body);
}).listen(3000);

function work(req: IncomingMessage): [number, string] {
  if (!['GET', 'HEAD'].includes(req.method ?? '')) return [405, 'Only GET and HEAD.'];
  const target = req.url ?? '/';
  try {
    decodeURIComponent(target);
  } catch {
    return [400, `This address cannot be read: ${target}`];
  }
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  switch (pathname) {
    case '/menu':
      return [200, items.map(menuLine).join('')];
    case '/find': {
      const pattern = new RegExp((searchParams.get('name') ?? '').replace(/[^\p{L}\p{N}]/gu, '\\$&'), 'i');
      const cents = searchParams.has('price') ? parseInt(searchParams.get('price')!, 10) : undefined;
      const lines = items.filter(({ name, price }) => pattern.test(name) && price === (cents ?? price)).map(menuLine);
      return [200, lines.length > 0 ? lines.join('') : 'Nothing found.'];
    }
    default:
      return [404, 'Nothing here.'];
  }
}

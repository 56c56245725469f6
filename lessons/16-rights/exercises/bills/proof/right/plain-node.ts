// Plain node:http, with a table of its own from path to role.

import { createServer, type ServerResponse } from 'node:http';

const bills = [
  { id: 41, guest: 'ben', cents: 220, paid: false },
  { id: 42, guest: 'ada', cents: 340, paid: false },
  { id: 43, guest: 'ben', cents: 290, paid: false },
];
const names: Record<string, string> = { '8Jp4': 'ada', kQ0v: 'ben', Zx71: 'grace' };
const staff = ['grace'];

function answer(res: ServerResponse, status: number, body: unknown) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

createServer((req, res) => {
  const { pathname } = new URL(req.url ?? '/', 'http://cafe');
  const sid = /(?:^|; )sid=([^;]*)/.exec(req.headers.cookie ?? '')?.[1] ?? '';
  const name = Object.hasOwn(names, sid) ? names[sid] : undefined;
  if (pathname === '/api/prices') return answer(res, 200, { 'Flat white': 340 });
  if (!name) return answer(res, 401, 'Log in first.');
  const isStaff = staff.includes(name);
  const [, , , id, paid] = pathname.split('/');
  if (!isStaff && (id === undefined || paid)) return answer(res, 403, 'Staff only.');
  if (id === undefined) return answer(res, 200, bills);
  const bill = bills.find((one) => one.id === Number(id) && (isStaff || one.guest === name));
  if (!bill) return answer(res, 404, 'Not here.');
  if (paid && req.method === 'POST') bill.paid = true;
  return answer(res, 200, bill);
}).listen(3000);

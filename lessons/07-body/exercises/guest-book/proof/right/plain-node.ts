// Without router, reply and body: plain Node. The request turns its bytes into text by itself.

import http from 'node:http';

const book = new Set<string>();

http.createServer((req, res) => {
  const answer = (status: number, body: string, type = 'text/plain; charset=utf-8') => {
    if (!res.headersSent) res.writeHead(status, { 'Content-Type': type }).end(body);
  };
  if (req.method === 'GET') return answer(200, [...book].join('\n'));

  const type = req.headers['content-type'] ?? '';
  let body = '';
  req.setEncoding('utf8'); // keeps half an "é" back until its other half has come
  req.on('data', (part: string) => {
    body += part;
    if (Buffer.byteLength(body) > 1000) { body = ''; answer(413, 'Too long.'); }
  });
  req.on('end', () => {
    if (res.headersSent) return;
    let name: string | null;
    try {
      if (type.startsWith('application/x-www-form-urlencoded')) name = new URLSearchParams(body).get('name');
      else if (type.startsWith('application/json')) name = JSON.parse(body).name;
      else return answer(415, 'Of which kind is this?');
    } catch {
      return answer(400, 'This cannot be read.');
    }
    book.add(name!);
    answer(201, JSON.stringify({ name }, null, 2), 'application/json; charset=utf-8');
  });
}).listen({ port: 3000 });

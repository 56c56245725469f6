import http from 'node:http';

const kitchen = http.createServer((req, res) => { setTimeout(() => res.end('soup'), 4_000); });
kitchen.listen(0, '127.0.0.1');

http.createServer((req, res) => {
  const { port } = kitchen.address() as { port: number };
  http.get({ host: '127.0.0.1', port }, (answer) => answer.pipe(res));
}).listen(3000);

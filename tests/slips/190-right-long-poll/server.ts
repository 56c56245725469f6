import http from 'node:http';

http.createServer((req, res) => {
  const timer = setTimeout(() => { res.writeHead(204); res.end(); }, 4_000);
  res.on('close', () => clearTimeout(timer));
}).listen(3000);

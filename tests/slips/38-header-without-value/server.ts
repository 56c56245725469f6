import http from 'node:http';

http.createServer((req, res) => {
  const next: any = undefined;
  res.setHeader('Location', next);
  res.end();
}).listen(3000);

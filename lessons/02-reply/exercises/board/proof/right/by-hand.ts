// Without reply.ts: headers set one by one, and the page itself says which charset it is in.

import http from 'node:http';

http.createServer((req, res) => {
  switch (req.url) {
    case '/board':
      res.setHeader('Content-Type', 'text/html');
      res.write('<html><head><meta charset="UTF-8"></head>');
      res.write('<body><h1>Crème brûlée</h1><p>today for €4.90</p></body></html>');
      break;
    case '/board.txt': {
      const body = Buffer.from('Crème brûlée, €4.90');
      res.writeHead(200, { 'Content-Type': 'Text/Plain; Charset="UTF-8"', 'Content-Length': body.length });
      res.write(body);
      break;
    }
    case '/kitchen':
      res.statusCode = 503;
      res.setHeader('Retry-After', 30 * 60);
      res.write('Closed.');
      break;
    default:
      res.statusCode = 404;
      res.write('Not here.');
  }
  res.end();
}).listen(3000);

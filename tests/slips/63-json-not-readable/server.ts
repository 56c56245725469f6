import http from 'node:http';

http.createServer(async (req, res) => {
  let body = '';
  for await (const piece of req) body += piece;
  const order = JSON.parse(body);
  res.end('One ' + order.name);
}).listen(3000);

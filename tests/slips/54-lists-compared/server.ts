import http from 'node:http';

http.createServer((req, res) => {
  const parts = req.url!.slice(1).split('/');
  if (parts === ['menu', '2']) {
    return res.end('Flat white');
  }
  res.statusCode = 404;
  res.end('There is nothing here.');
}).listen(3000);

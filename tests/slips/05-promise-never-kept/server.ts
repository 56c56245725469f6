import http from 'node:http';

http.createServer(async (req, res) => {
  const item = await new Promise((resolve) => {
    const found = { name: 'Flat white' };
  });
  res.end(String(item));
}).listen(3000);

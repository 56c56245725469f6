import http from 'node:http';

http.createServer((req, res) => {
  const items = [{ id: 1, name: 'Espresso' }];
  const item = items.find(({ id }) => id === 2);
  res.end(JSON.stringify(item));
}).listen(3000);

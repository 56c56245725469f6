import http from 'node:http';

const items = [{ id: 1, name: 'Espresso' }, { id: 2, name: 'Flat white' }];

http.createServer((req, res) => {
  const item = items.find(({ id }) => id === 99);
  res.end(item.name);
}).listen(3000);

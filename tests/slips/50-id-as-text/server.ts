import http from 'node:http';

const items = [{ id: 1, name: 'Espresso' }, { id: 2, name: 'Flat white' }];

http.createServer((req, res) => {
  const id: any = req.url!.split('/')[2];
  const item = items.find((item) => item.id === id);
  if (!item) {
    res.statusCode = 404;
    return res.end('No such item');
  }
  res.end(item.name);
}).listen(3000);

import http from 'node:http';

http.createServer((req, res) => {
  const item: any = { name: 'Flat white', price: 340 };
  res.end(item.name + ' costs ' + item.prise);
}).listen(3000);

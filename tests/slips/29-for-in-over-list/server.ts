import http from 'node:http';

http.createServer((req, res) => {
  const items: any = [{ name: 'Espresso' }, { name: 'Flat white' }];
  for (const item in items) {
    res.write((item as any).name + ' ');
  }
  res.end();
}).listen(3000);

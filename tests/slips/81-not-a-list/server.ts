import http from 'node:http';

http.createServer((req, res) => {
  const menu: any = { espresso: 220 };
  for (const item of menu) res.write(item);
  res.end();
}).listen(3000);

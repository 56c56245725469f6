import http from 'node:http';

http.createServer((req, res) => {
  const prices: Record<string, string> = { espresso: '2.20' };
  res.write(prices.mocha);
  res.end();
}).listen(3000);

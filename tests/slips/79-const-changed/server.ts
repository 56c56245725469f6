import http from 'node:http';

const cups = { sold: 0 };

http.createServer((req, res) => {
  cups = { sold: cups.sold + 1 };
  res.end('Sold: ' + cups.sold);
}).listen(3000);

import http from 'node:http';

http.createServer((req, res) => {
  const names = ['Espresso', 'Flat white'];
  res.end(names);
}).listen(3000);

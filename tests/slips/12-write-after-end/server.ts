import http from 'node:http';

http.createServer((req, res) => {
  res.write('Flat white');
  res.end();
  res.write(', 3.40');
}).listen(3000);

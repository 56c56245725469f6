import http from 'node:http';

async function findName() {
  return 'Flat white';
}

http.createServer((req, res) => {
  res.end(findName());
}).listen(3000);

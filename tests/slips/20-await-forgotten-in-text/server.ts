import http from 'node:http';

async function findName() {
  return 'Flat white';
}

http.createServer((req, res) => {
  const name = findName();
  res.end('One ' + name);
}).listen(3000);

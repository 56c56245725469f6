import http from 'node:http';

async function findName() {
  return 'Flat white';
}

http.createServer((req, res) => {
  res.end(JSON.stringify({ id: 2, name: findName() }));
}).listen(3000);

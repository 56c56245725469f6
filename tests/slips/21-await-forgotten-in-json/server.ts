import http from 'node:http';

async function findItem() {
  return { name: 'Flat white' };
}

http.createServer((req, res) => {
  const item = findItem();
  res.end(JSON.stringify(item));
}).listen(3000);

import http from 'node:http';

function findItem(id: number, done: (name: string) => void) {
  const item = { id, name: 'Flat white' };
}

http.createServer((req, res) => {
  findItem(2, (name) => {
    res.end(name);
  });
}).listen(3000);

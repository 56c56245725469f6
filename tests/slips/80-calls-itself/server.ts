import http from 'node:http';

function nameOf(id: number): string {
  return nameOf(id);
}

http.createServer((req, res) => {
  res.end(nameOf(2));
}).listen(3000);

import http from 'node:http';

async function brew() {
  throw new Error('No milk.');
}

http.createServer((req, res) => {
  brew();
  res.end('Your cup is on its way.');
}).listen(3000);

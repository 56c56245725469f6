import http from 'node:http';

http.createServer((req, res) => {
  setTimeout(() => {
    throw new Error('The till is jammed.');
  }, 5);
}).listen(3000);

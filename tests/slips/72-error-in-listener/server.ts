import http from 'node:http';

http.createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    throw new Error('The till is jammed.');
  });
}).listen(3000);

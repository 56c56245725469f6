import http from 'node:http';

let visits = 0;

http.createServer((req, res) => {
  visits += 1;
  res.end(`You are guest number ${visits}.`);
}).listen(3000);

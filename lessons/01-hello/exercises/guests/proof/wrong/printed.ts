// H14 printed, not sent
// The greeting stands in the terminal, and the guest got none of it: console.log() writes for you, and
// not for whoever asked.

import http from 'node:http';

let guests = 0;

http.createServer((req, res) => {
  guests = guests + 1;
  console.log(`Hello! You are guest ${guests}.`);
  if (guests % 3 === 0) {
    console.log('Your coffee is on the house.');
  }
  res.end();
}).listen(3000);

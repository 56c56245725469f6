// Without node:http: the answer is written by hand, byte by byte, onto the connection.

import net from 'node:net';

let visitors = 0;
let untilFree = 3;

net.createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.once('data', () => {
    visitors += 1;
    untilFree -= 1;
    let body = `Hello! You are guest ${visitors}.\r\n`;
    if (untilFree === 0) {
      body += 'Your coffee is on the house.\r\n';
      untilFree = 3;
    }
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
  });
}).listen(3000);

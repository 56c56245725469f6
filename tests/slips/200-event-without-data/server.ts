import http from 'node:http';

http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  res.write('order 42 is ready\n\n');
  res.end();
}).listen(3000);

const http = require('node:http');

http.createServer((req: any, res: any) => {
  res.end('Hello');
}).listen(3000);

export {};

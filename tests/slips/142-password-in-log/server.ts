import http from 'node:http';

http.createServer(async (req, res) => {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece);
  const { email, password } = JSON.parse(Buffer.concat(pieces).toString());
  console.log('login', { email, password });
  res.end('Hello, ada');
}).listen(3000);

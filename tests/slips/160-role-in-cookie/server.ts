import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/login') {
    res.setHeader('Set-Cookie', 'role=customer; Path=/; HttpOnly');
    return res.end('Hello, ada');
  }
  const isStaff = req.headers.cookie?.includes('role=staff');
  res.statusCode = isStaff ? 200 : 403;
  res.end(isStaff ? 'All orders' : 'For the staff alone');
}).listen(3000);

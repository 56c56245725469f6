import http from 'node:http';

http.createServer((req, res) => {
  if (req.url === '/account/login') {
    res.setHeader('Set-Cookie', 'sid=42; HttpOnly');
    res.end('Hello, ada');
  } else if (req.headers.cookie === 'sid=42') {
    res.end('Your orders');
  } else {
    res.statusCode = 401;
    res.end('Please log in');
  }
}).listen(3000);

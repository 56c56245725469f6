import http from 'node:http';

const sessions = new Map([['8Jp4Zx71kQ0v', 'ada']]);

http.createServer((req, res) => {
  const name = sessions.get(req.headers.cookie?.split('=')[1] ?? '');
  if (req.url === '/logout') {
    res.setHeader('Set-Cookie', 'sid=; Path=/; Max-Age=0');
    return res.end('Goodbye');
  }
  if (!name) {
    res.statusCode = 401;
    return res.end('Please log in');
  }
  res.end('Your orders, ' + name);
}).listen(3000);

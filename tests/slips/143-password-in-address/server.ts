import http from 'node:http';

const form = `<!doctype html><meta charset="utf-8">
<form action="/login">
<input name="email"><input name="password" type="password"><button>Log in</button>
</form>`;

http.createServer((req, res) => {
  const url = new URL(req.url!, 'http://localhost');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(url.pathname === '/login' ? 'Hello, ada' : form);
}).listen(3000);

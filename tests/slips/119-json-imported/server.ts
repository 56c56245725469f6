import http from 'node:http';
import menu from './menu.json';

http.createServer((req, res) => {
  res.end(JSON.stringify(menu));
}).listen(3000);

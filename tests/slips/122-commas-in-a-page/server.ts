import http from 'node:http';

const names = ['Espresso', 'Flat white', 'Cappuccino'];

http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  res.end(`<ul>${names.map((name) => `<li>${name}</li>`)}</ul>`);
}).listen(3000);

// One text at once, as a page; the counter is known to one function only.

import { createServer } from 'node:http';

function guestBook() {
  let count = 0;
  return () => ++count;
}

const nextGuest = guestBook();

const server = createServer();
server.on('request', (_request, response) => {
  const number = nextGuest();
  const gift = number % 3 ? '' : '<p>Your coffee is <b>free</b>: it is on the house.</p>';
  response.setHeader('Content-Type', 'text/html');
  response.end(`<h1>Hello!</h1><p>You are guest <b>${number}</b>.</p>${gift}`);
});
server.listen({ port: 3000, host: '127.0.0.1' });

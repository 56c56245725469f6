import http from 'node:http';

async function readOrder() {
  return { items: ['Flat white'] };
}

http.createServer((req, res) => {
  const order = readOrder();
  res.end(order.items.join(', '));
}).listen(3000);

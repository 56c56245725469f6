import http from 'node:http';
import { Worker } from 'node:worker_threads';

const code = `
  const { parentPort } = require('node:worker_threads');
  const end = Date.now() + 4000;
  while (Date.now() < end);
  parentPort.postMessage('done');
`;

http.createServer((req, res) => {
  const worker = new Worker(code, { eval: true });
  worker.once('message', (text) => { res.end(text); });
}).listen(3000);

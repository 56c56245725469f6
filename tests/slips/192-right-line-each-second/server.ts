import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

http.createServer(async (req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  for (let n = 1; n <= 4; n += 1) {
    res.write(JSON.stringify({ n }) + '\n');
    await pause(1000);
  }
  res.end();
}).listen(3000);

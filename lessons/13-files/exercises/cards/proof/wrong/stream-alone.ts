// F7 a missing card ends the server
// The stream of a file that is not there failed with an event "error" that nobody listened to, and that ended
// the server for all guests.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const folder = join(process.env.DATA_DIR!, 'cards');

createServer((request, response) => {
  const name = new URL(request.url!, 'http://localhost').searchParams.get('file') ?? '';
  if (name.includes('/') || name.startsWith('.')) return response.writeHead(404).end();
  response.setHeader('Content-Type', extname(name) === '.svg' ? 'image/svg+xml' : 'text/plain; charset=utf-8');
  createReadStream(join(folder, name)).pipe(response);
}).listen(3000);

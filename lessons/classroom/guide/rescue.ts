// The rescue: whatever went wrong, the client gets an answer.
//
//   a handler threw before its answer began  ──►  500, "The server made a slip …"
//   … or after                               ──►  the answer ends there, and the connection closes
//
// The header "guide" tells the guide's answer from the server's own.

import type { Visit } from './visit.ts';

export function rescue(visit: Visit, code: string): void {
  const { response } = visit;
  if (visit.rescued || response.writableEnded || response.destroyed) return;
  visit.rescued = true;
  visit.inside = true;
  if (response.headersSent) cutShort(visit);
  else answer(visit, code);
  visit.inside = false;
}

function answer({ name, response }: Visit, code: string): void {
  for (const header of response.getHeaderNames()) response.removeHeader(header);
  response.writeHead(500, 'Internal Server Error', {
    'content-type': 'text/plain; charset=utf-8',
    guide: code,
    connection: 'close',
  });
  response.end(`The server made a slip in ${name}; its terminal says which one.\n`);
}

// Half an answer cannot become a good one any more; what came so far is sent.
function cutShort({ request, response }: Visit): void {
  response.once('finish', () => request.socket.end());
  response.end();
}

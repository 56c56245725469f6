// The replies in a table, made anew for each request; the kitchen opens at a time of day.

import { createServer } from 'node:http';
import { listen } from '../../../../listen.ts';
import { html, text, type Reply } from '../../../../reply.ts';
import { send } from '../../../../send.ts';

const halfAnHour = 30 * 60 * 1000;

const map: Record<string, () => Reply> = {
  '/board': () => html(200, '<h1 class="board">Cr&egrave;me br&#251;l&#xE9;e, &euro;4.90</h1>'),
  '/board.txt': () => text(200, 'Crème brûlée, €4.90'),
  '/kitchen': () => {
    const opens = new Date(Date.now() + halfAnHour);
    return html(503, `<p>We open again at ${opens.toLocaleTimeString()}.`, { 'retry-after': opens.toUTCString() });
  },
};

listen(createServer((request, response) => {
  const make = map[request.url ?? ''] ?? (() => html(404, '<p>Nobody here.'));
  send(response, make());
}));

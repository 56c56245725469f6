// F1 wrong type of a drawing
// The drawing came, but not as image/svg+xml, so a browser shows its source, or saves it, and draws nothing.

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';

const folder = join(process.env.DATA_DIR!, 'cards');

const showCard: Handler = async ({ address }) => {
  const name = address.query.get('file') ?? '';
  if (!(await readdir(folder)).includes(name) || name.startsWith('.')) return text(404, 'There is no such card.\n');
  return { status: 200, headers: {}, body: await readFile(join(folder, name)) };
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));

// F16 kept for ever
// A card that was changed came as it had been: it was read once and kept.

import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { bytes, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { typeOf } from '../../../../facts.ts';

const folder = join(process.env.DATA_DIR!, 'cards');
const kept = new Map<string, Buffer>();

const showCard: Handler = async ({ address }) => {
  const name = address.query.get('file') ?? '';
  if (!(await readdir(folder)).includes(name) || name.startsWith('.')) return text(404, 'There is no such card.\n');
  if (!kept.has(name)) kept.set(name, await readFile(join(folder, name)));
  return bytes(200, typeOf(name), kept.get(name)!);
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));

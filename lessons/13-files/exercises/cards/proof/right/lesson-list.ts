// The lesson's own list of names, made each time.

import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../../02-reply/listen.ts';
import { bytes, text } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { typeOf } from '../../../../file-info.ts';
import { openFolder } from '../../../../folder.ts';

const find = openFolder(join(process.env.DATA_DIR!, 'cards'), 0);

const showCard: Handler = async ({ address }) => {
  const card = await find(address.query.get('file') ?? '');
  return card?.bytes ? bytes(200, typeOf(card.path), card.bytes) : text(404, 'There is no such card.\n');
};

const cafe = router([
  { method: 'GET', pattern: '/card', handler: showCard },
]);

listen(createServer(answerWith(around([withErrors], cafe))));

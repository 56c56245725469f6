// Exercise: the lockers of the café. See task.md, or: npm run task 14.

import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../../../02-reply/listen.ts';
import { json } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { readJson } from '../../../../07-body/body.ts';
import { fields, line, validate } from '../../../../08-validate/validate.ts';
import type { Stored } from '../../../../09-logic/storage.ts';
import { idOf } from '../../../../10-api/id.ts';
import { jsonFileStorage } from '../../../../11-json-file/json-file.ts';
import { secret } from '../../../rules.ts';

type Locker = Stored & { owner: string; kept: string };

const storage = await jsonFileStorage(join(process.env.DATA_DIR ?? '.', 'lockers.json'));
const lockers = storage.collection<Locker>('lockers');

const newLocker = fields({ owner: line(1, 60), secret: secret(4, 100) });
const attempt = fields({ secret: secret(4, 100) });

async function keep(secret: string): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  const hash = scryptSync(secret, salt, 32).toString('hex');
  return `${salt}:${hash}`;
}

async function fits(secret: string, kept: string): Promise<boolean> {
  const [salt = '', hash = ''] = kept.split(':');
  return timingSafeEqual(scryptSync(secret, salt, 32), Buffer.from(hash, 'hex'));
}

const takeLocker: Handler = async ({ request }) => {
  const { owner, secret } = validate(newLocker, await readJson(request));
  const locker = await lockers.insert({ owner, kept: await keep(secret) });
  return json(201, { id: locker.id, owner: locker.owner });
};

const openLocker: Handler = async (call) => {
  const { secret } = validate(attempt, await readJson(call.request));
  const locker = await lockers.get(idOf(call));
  const isRight = locker !== undefined && await fits(secret, locker.kept);
  return isRight ? json(200, { opened: locker.id }) : json(403, { error: 'That is not the secret of this locker.' });
};

const cafe = router([
  { method: 'POST', pattern: '/lockers', handler: takeLocker },
  { method: 'POST', pattern: '/lockers/:id/open', handler: openLocker },
]);

listen(createServer(answerWith(around([withErrors], cafe))));

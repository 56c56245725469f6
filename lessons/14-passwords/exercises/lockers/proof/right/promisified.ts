// Without waiting on the spot; salt and hash as JSON.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listen } from '../../../../../02-reply/listen.ts';
import { json } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { readJson } from '../../../../../07-body/body.ts';
import { fields, line, validate } from '../../../../../08-validate/validate.ts';
import type { Stored } from '../../../../../09-logic/storage.ts';
import { idOf } from '../../../../../10-api/id.ts';
import { jsonFileStorage } from '../../../../../11-json-file/json-file.ts';
import { secret } from '../../../../rules.ts';

type Locker = Stored & { owner: string; kept: string };

const storage = await jsonFileStorage(join(process.env.DATA_DIR ?? '.', 'lockers.json'));
const lockers = storage.collection<Locker>('lockers');

const newLocker = fields({ owner: line(1, 60), secret: secret(4, 100) });
const attempt = fields({ secret: secret(4, 100) });

const slowHash = promisify<string, Buffer, number, Buffer>(scrypt);

async function keep(secret: string): Promise<string> {
  const salt = randomBytes(24);
  const hash = await slowHash(secret, salt, 64);
  return JSON.stringify({ salt: salt.toString('base64url'), hash: hash.toString('base64url') });
}

async function fits(secret: string, kept: string): Promise<boolean> {
  const { salt, hash } = JSON.parse(kept);
  const again = await slowHash(secret, Buffer.from(salt, 'base64url'), 64);
  return timingSafeEqual(again, Buffer.from(hash, 'base64url'));
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

import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { Ask, Cafe, Came, Check } from '../../../../classroom/check/format.ts';

const SECRET = 'blue umbrella';

const take = (owner: string, secret = SECRET): Ask => ({ target: '/lockers', json: { owner, secret } });
const open = (id: number, secret = SECRET): Ask => ({ target: `/lockers/${id}/open`, json: { secret } });

/** All that lies in the data folder, as one text. */
const stored = (cafe: Cafe) => cafe.files().map((name) => cafe.file(name) ?? '').join('\n');

/** What may be a salt or a hash: '"kept":"9f2c…:77ab…"' → ['9f2c…', '77ab…'] */
const tokensIn = (text: string) => [...new Set(text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [])];

const isIn = (text: string, ...wanted: string[]) => wanted.some((one) => text.includes(one));
const inClear = (cafe: Cafe) => isIn(stored(cafe), SECRET);

const codes = ['hex', 'base64', 'base64url', 'latin1'] as const;
const written = (bytes: Buffer) => [bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
const encoded = [...written(Buffer.from(SECRET)), [...SECRET].reverse().join(''), encodeURIComponent(SECRET), SECRET.replaceAll(' ', '')];

const METHODS = ['md5', 'sha1', 'sha256', 'sha512'];

/** What a thief would try: the fast hashes, of the secret alone, or together with what is next to it. */
function hasFastHash(cafe: Cafe, withSalt: boolean): boolean {
  const file = stored(cafe);
  const salts = withSalt ? ['Ada', '1', ...tokensIn(file)].flatMap((token) => [token, ...codes.map((code) => Buffer.from(token, code))]) : [''];
  return METHODS.some((method) => salts.some((salt) => hashesOf(method, salt).some((hash) => isIn(file, ...written(hash)))));
}

function hashesOf(method: string, salt: string | Buffer): Buffer[] {
  const joined = [[salt, SECRET], [SECRET, salt], [salt, ':', SECRET]];
  const plain = joined.map((parts) => parts.reduce((hash, part) => hash.update(part), createHash(method)).digest());
  if (salt.length === 0) return plain;
  const rounds = [1, 1_000].flatMap((count) => [32, 64].map((length) => pbkdf2Sync(SECRET, salt, count, length, method)));
  return [...plain, createHmac(method, salt).update(SECRET).digest(), createHmac(method, SECRET).update(salt).digest(), ...rounds];
}

/** A hash, or a part of it, that is in the file twice. */
function twiceIn(cafe: Cafe): string | undefined {
  const file = stored(cafe);
  return tokensIn(file).find((token) => file.split(token).length > 2);
}

export const check: Check = {
  steps: [
    {
      story: 'Ada takes a locker. Her secret is "blue umbrella".',
      ask: take('Ada'),
      want: {
        status: 201,
        holds: ({ text, printed }, cafe) => {
          if (stored(cafe) === '') return 'Something should be in the data folder, but there is no file.';
          if (inClear(cafe) || isIn(stored(cafe), ...encoded) || hasFastHash(cafe, false) || hasFastHash(cafe, true)) return 'The secret should not be found from what is in the file.';
          if (isIn(text, SECRET, ...tokensIn(stored(cafe)))) return 'The answer should show neither the secret nor what is kept of it.';
          return isIn(printed, SECRET) ? 'The secret should not be printed.' : undefined;
        },
      },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (_came, cafe) => inClear(cafe),
          says: 'The secret is in the file just as Ada said it: a thief who reads the file can open her locker, and every other door where she uses it.',
          tryThis: 'Begin with keep(): make a salt with randomBytes(16), and hash the secret with it by scryptSync(secret, salt, 32).',
        },
        {
          code: 'K1',
          name: 'written, not hashed',
          fits: (_came, cafe) => isIn(stored(cafe), ...encoded),
          says: 'The secret is in the file in other characters, and any thief can read them back: hex and base64 are alphabets, and hide nothing.',
          tryThis: 'Hash it, with scryptSync(secret, salt, 32). Only the salt and the hash are then written as hex or base64.',
        },
        {
          code: 'K2',
          name: 'hash without salt',
          fits: (_came, cafe) => hasFastHash(cafe, false),
          says: 'The check has found "blue umbrella" by its hash alone: without a salt, one secret has the same hash everywhere, and there are lists of them to look it up in.',
          tryThis: 'Make a salt for each locker, with randomBytes(16), hash secret and salt together by scryptSync(), and keep both.',
        },
        {
          code: 'K3',
          name: 'too fast a hash',
          fits: (_came, cafe) => hasFastHash(cafe, true),
          says: 'There is a salt, but the hash is a fast one: it lets a thief try some hundred thousand secrets a second, and that is how the check found "blue umbrella".',
          tryThis: 'Use scryptSync(secret, salt, 32), which is slow and needs memory for just this purpose.',
        },
        {
          code: 'K4',
          name: 'secret in the answer',
          fits: ({ text }) => text.includes(SECRET),
          says: 'The answer shows the secret. It goes through other machines and into caches, and the client who sent it knows it already.',
          tryThis: 'Pick what the answer shows: json(201, { id: locker.id, owner: locker.owner }).',
        },
        {
          code: 'K5',
          name: 'hash in the answer',
          fits: ({ text }, cafe) => isIn(text, ...tokensIn(stored(cafe))),
          says: 'The answer shows what is kept of the secret. With that, an attacker can try guesses at home, as fast as they like, and unseen.',
          tryThis: 'Pick what the answer shows: json(201, { id: locker.id, owner: locker.owner }).',
        },
        {
          code: 'K6',
          name: 'secret in the log',
          fits: ({ printed }) => printed.includes(SECRET),
          says: 'The secret was printed. What is printed becomes a log, which is kept for long and read by many.',
          tryThis: 'Take out the console.log(), or let it print the owner alone.',
        },
      ],
    },
    {
      story: 'Ada comes back for her bag.',
      ask: open(1),
      want: { status: 200, json: { opened: 1 } },
      mistakes: [
        {
          code: 'K7',
          name: 'fresh salt each time',
          fits: ({ status }) => status === 403,
          says: 'The right secret does not open the locker. A hash comes out the same only with the same salt, in the same form: a new salt, or its bytes in place of its text, gives another one.',
          tryThis: 'In fits(), take the salt out of what was kept, hash with it exactly as in keep(), and compare the two hashes in one form.',
        },
      ],
    },
    {
      story: 'Somebody else tries it with "grey umbrella".',
      ask: open(1, 'grey umbrella'),
      want: { status: 403 },
      mistakes: [
        {
          code: 'K8',
          name: 'any secret opens',
          fits: ({ status }) => status === 200,
          says: 'The locker opened for a wrong secret: what is compared does not depend on it, or a promise was taken for a yes.',
          tryThis: 'Print both sides just before they are compared, for the right secret and for a wrong one; and put "await" before what gives a promise.',
        },
      ],
    },
    {
      story: 'Somebody tries it with the capital letters of a title.',
      ask: open(1, 'Blue Umbrella'),
      want: { status: 403 },
      mistakes: [
        {
          code: 'K9',
          name: 'secret tidied up',
          fits: ({ status }) => status === 200,
          says: 'The locker opened for another secret, with other letters or spaces: the secret is changed before it is hashed, and each change makes it easier to guess.',
          tryThis: 'Hash the secret as it came, without trim() and toLowerCase().',
        },
      ],
    },
    {
      story: 'Somebody tries it with a space after the right words.',
      ask: open(1, `${SECRET} `),
      want: { status: 403 },
      mistakes: [
        {
          code: 'K9',
          name: 'secret tidied up',
          fits: ({ status }) => status === 200,
          says: 'The locker opened for another secret, with other letters or spaces: the secret is changed before it is hashed, and each change makes it easier to guess.',
          tryThis: 'Hash the secret as it came, without trim() and toLowerCase().',
        },
      ],
    },
    {
      story: 'Somebody looks for a locker that is not there.',
      ask: open(99),
      want: { status: 403 },
    },
    {
      story: 'The café opens again the next morning, and Ada comes for her bag.',
      before: 'restart',
      ask: open(1),
      want: { status: 200, json: { opened: 1 } },
      mistakes: [
        {
          code: 'K10',
          name: 'salt only in memory',
          fits: ({ status }) => status === 403,
          says: 'Before the restart the secret opened the locker, and after it no longer: the salt was only in the memory of the program, and is gone.',
          tryThis: 'Keep the salt in the record, next to the hash. It need not be secret, only different each time.',
        },
      ],
    },
    {
      story: 'Ada takes a second locker, with the same secret.',
      ask: take('Ada'),
      want: { status: 201, holds: (_came, cafe) => (twiceIn(cafe) === undefined ? undefined : `Nothing in the file should show that both have the same secret, but ${twiceIn(cafe)} is there twice.`) },
      mistakes: [
        {
          code: 'K11',
          name: 'one salt for all',
          fits: (_came, cafe) => twiceIn(cafe) !== undefined,
          says: 'Two lockers with the same secret look the same in the file, since their salt is the same. An attacker who guesses one has both, and one list of hashes works for all.',
          tryThis: 'Make a new salt in each call of keep(), with randomBytes(16): no constant, no name, nothing of the secret itself.',
        },
      ],
    },
    {
      story: 'Both of her lockers open.',
      ask: open(2),
      want: { status: 200, json: { opened: 2 }, holds: async (_came, cafe) => whyShut(await cafe.ask(open(1))) },
    },
  ],
};

function whyShut({ status }: Came): string | undefined {
  return status === 200 ? undefined : `Her first locker should open too, but its status is ${status}.`;
}

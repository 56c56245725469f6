// Lesson 14 · password: what do we keep of a password?
//
//   hash('flat white, no sugar')
//     ──►  $scrypt$ln=17,r=8,p=1$m0pq5dOOi9kEv3RZ8b3w9A$Yj8n1v…
//            │      │              │                      └ hash: 32 bytes, and no way leads back
//            │      │              └ salt: 16 random bytes, so that no two people share a hash
//            │      └ cost: 2^17 rounds and 128 MB of memory for each guess
//            └ method
//   check('flat white, no sugar', that text)  ──►  true
//
// We need not know a password, only know it again. Whoever steals the file has to guess, and each
// guess is slow. A fast hash such as SHA-256 lets them try half a million a second on one core (see
// the lab). OWASP names argon2id first and scrypt second, with this cost; every Node that we run on
// has scrypt.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fewAtATime } from './queue.ts';

export type Passwords = {
  /** What may be stored: another text each time. Refuses (503) when too many want one. */
  hash(password: string): Promise<string>;
  /** Without `stored`, because nobody has that name, it takes as long, and the answer is no. */
  check(password: string, stored: string | undefined): Promise<boolean>;
  /** Was it made at another cost than that of today? */
  isOutdated(stored: string): boolean;
};

/** `cost`: a power of two; each doubling takes twice the time and twice the memory. */
export function makePasswords({ cost = 2 ** 17, atOnce = AT_ONCE, waiting = 20 } = {}): Passwords {
  const settings = settingsFor(cost);
  const inQueue = fewAtATime(atOnce, waiting);
  const nobody = write({ settings, salt: randomBytes(16), hash: randomBytes(32) });
  return {
    async hash(password) {
      if (!isExact(password)) throw new TypeError(NOT_EXACT);
      const salt = randomBytes(16);
      const hash = await inQueue(() => slowHash(password, salt, settings));
      return write({ settings, salt, hash });
    },
    async check(password, stored = nobody) {
      const { settings, salt, hash } = read(stored);
      const again = await inQueue(() => slowHash(password, salt, settings));
      // Not "===", which is faster the earlier two texts differ: that tells a patient thief where.
      return timingSafeEqual(again, hash) && isExact(password);
    },
    isOutdated: (stored) => !stored.startsWith(writeSettings(settings)),
  };
}

function slowHash(password: string, salt: Buffer, { ln, r, p }: ScryptSettings): Promise<Buffer> {
  const cost = { N: 2 ** ln, r, p, maxmem: 2 * memoryOf({ ln, r, p }) };
  return new Promise((resolve, reject) => {
    scrypt(normal(password), salt, 32, cost, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Each keeps a core busy: one core is left for everybody else, if there is more than one.
const AT_ONCE = availableParallelism() > 2 ? 2 : 1;

/** As scrypt calls them: the logarithm of the cost N, the block size and the parallelism. */
type ScryptSettings = { ln: number; r: number; p: number };
type StoredHash = { settings: ScryptSettings; salt: Buffer; hash: Buffer };

function settingsFor(cost: number): ScryptSettings {
  const ln = Math.log2(cost);
  if (!Number.isInteger(ln) || ln < 10 || ln > 20) {
    throw new Error(
      `The cost of a password must be a power of two from ${2 ** 10} to ${2 ** 20}, ` +
      `such as ${2 ** 17}, but it was ${cost}.`,
    );
  }
  return { ln, r: 8, p: 1 };
}

/** In bytes (RFC 7914, 2 and 5). Node allows no more than 32 MB unless it is told to. */
function memoryOf({ ln, r, p }: ScryptSettings): number {
  return 128 * r * (2 ** ln + p);
}

/**
 * As it is hashed. "é" may be sent as one character or as two, depending on the keyboard (RFC 8265,
 * 4.2.2; NIST SP 800-63B-4, 3.1.1.2). Nothing else is changed, and spaces at the ends belong to the
 * password.
 */
export function normal(password: string): string {
  return password.normalize('NFC');
}

/**
 * False for what hashes like another text: scrypt fills a short password up with zero bytes, so
 * "tea" and "tea\0" are one to it; and all halves of a pair of surrogates become the same "�".
 */
export function isExact(password: string): boolean {
  return !/\0|\p{Surrogate}/u.test(password);
}

const NOT_EXACT = 'A password must have no character U+0000, and no half of a character.';

// The "PHC string format", which other languages and frameworks read and write too.
function write({ settings, salt, hash }: StoredHash): string {
  return `${writeSettings(settings)}${base64(salt)}$${base64(hash)}`;
}

function writeSettings({ ln, r, p }: ScryptSettings): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$`;
}

const SETTINGS = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})/;
const SALT_AND_HASH = /\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;
const FORM = new RegExp(SETTINGS.source + SALT_AND_HASH.source);
const MAX_MEMORY = 2 ** 30 + 2 ** 20;

// The hash has its full length: of an empty one, every password would be right.
function read(stored: string): StoredHash {
  const [, ln, r, p, salt = '', hash = ''] = FORM.exec(stored) ?? [];
  const settings = { ln: Number(ln), r: Number(r), p: Number(p) };
  // No value in the message: it would stand in the log.
  if (!(memoryOf(settings) <= MAX_MEMORY)) {
    throw new Error(
      'What is stored of a password must be a text such as "$scrypt$ln=17,r=8,p=1$…$…", ' +
      'but it is not, or its cost is too high. Was the file changed by hand?',
    );
  }
  return { settings, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

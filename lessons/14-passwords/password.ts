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
// We need not know a password, only know it again. A thief who has the file has to guess, and each
// guess is slow. A fast hash such as SHA-256 allows half a million guesses a second on one core
// (see the lab). OWASP names argon2id first and scrypt second, with this cost; every Node that we
// run on has scrypt.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isExact, normalizePassword, NOT_EXACT } from './password-text.ts';
import { fewAtATime } from './queue.ts';
import {
  formatHash, formatSettings, memoryOf, parseHash, settingsFor, type ScryptSettings,
} from './stored-hash.ts';

export type Passwords = {
  /** What may be stored: another text each time. Refuses (503) when the queue is full. */
  hash(password: string): Promise<string>;
  /** With `stored` undefined (no such account) it takes as long, and the answer is false. */
  check(password: string, stored: string | undefined): Promise<boolean>;
  /** True if it was made at another cost than today's. */
  isOutdated(stored: string): boolean;
};

/** `cost`: a power of two; each doubling takes twice the time and twice the memory. */
export function makePasswords({ cost = 2 ** 17, atOnce = AT_ONCE, waiting = 20 } = {}): Passwords {
  const settings = settingsFor(cost);
  const inQueue = fewAtATime(atOnce, waiting);
  const nobody = formatHash({ settings, salt: randomBytes(16), hash: randomBytes(32) });
  return {
    async hash(password) {
      if (!isExact(password)) throw new TypeError(NOT_EXACT);
      const salt = randomBytes(16);
      const hash = await inQueue(() => slowHash(password, salt, settings));
      return formatHash({ settings, salt, hash });
    },
    async check(password, stored = nobody) {
      const { settings, salt, hash } = parseHash(stored);
      const again = await inQueue(() => slowHash(password, salt, settings));
      // Not "===", which is faster the earlier two texts differ: that tells a patient thief where.
      return timingSafeEqual(again, hash) && isExact(password);
    },
    isOutdated: (stored) => !stored.startsWith(formatSettings(settings)),
  };
}

function slowHash(password: string, salt: Buffer, { ln, r, p }: ScryptSettings): Promise<Buffer> {
  const cost = { N: 2 ** ln, r, p, maxmem: 2 * memoryOf({ ln, r, p }) };
  return new Promise((resolve, reject) => {
    scrypt(normalizePassword(password), salt, 32, cost, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// Each hash keeps a core busy. Leave one core for everything else, if there is one.
const AT_ONCE = availableParallelism() > 2 ? 2 : 1;

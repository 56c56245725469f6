// Lesson 14 · stored-hash: method, cost, salt and hash in one text, and out of it again.
//
//   formatHash({ settings: { ln: 17, r: 8, p: 1 }, salt, hash })
//     ──►  '$scrypt$ln=17,r=8,p=1$m0pq5dOOi9kEv3RZ8b3w9A$Yj8n1v…'
//   parseHash(that text)  ──►  { settings: { ln: 17, r: 8, p: 1 }, salt, hash }
//
// This is the "PHC string format", which other languages and frameworks read and write too. Each
// text says its own cost, so the cost can go up one day, and the old hashes can still be checked.

/** As scrypt calls them: the logarithm of the cost N, the block size and the parallelism. */
export type ScryptSettings = { ln: number; r: number; p: number };
type StoredHash = { settings: ScryptSettings; salt: Buffer; hash: Buffer };

export function settingsFor(cost: number): ScryptSettings {
  const ln = Math.log2(cost);
  if (!Number.isInteger(ln) || ln < 10 || ln > 20) {
    throw new Error(
      `The cost of a password must be a power of two from ${2 ** 10} to ${2 ** 20}, ` +
      `such as ${2 ** 17}, but it was ${cost}.`,
    );
  }
  return { ln, r: 8, p: 1 };
}

/** In bytes (RFC 7914, 2 and 5). Without `maxmem`, Node allows no more than 32 MB. */
export function memoryOf({ ln, r, p }: ScryptSettings): number {
  return 128 * r * (2 ** ln + p);
}

export function formatHash({ settings, salt, hash }: StoredHash): string {
  return `${formatSettings(settings)}${base64(salt)}$${base64(hash)}`;
}

export function formatSettings({ ln, r, p }: ScryptSettings): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$`;
}

const SETTINGS = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})/;
const SALT_AND_HASH = /\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/;
const FORM = new RegExp(SETTINGS.source + SALT_AND_HASH.source);
const MAX_MEMORY = 2 ** 30 + 2 ** 20;

// The pattern asks for a hash of full length: every password would match an empty one.
export function parseHash(stored: string): StoredHash {
  const [, ln, r, p, salt = '', hash = ''] = FORM.exec(stored) ?? [];
  const settings = { ln: Number(ln), r: Number(r), p: Number(p) };
  // The message does not show the value, because messages go into the log.
  if (!(memoryOf(settings) <= MAX_MEMORY)) {
    throw new Error(
      'The stored hash of a password must be a text such as "$scrypt$ln=17,r=8,p=1$…$…", ' +
      'but this one is not, or its cost is too high. Was the file changed by hand?',
    );
  }
  return { settings, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

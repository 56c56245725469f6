// Lab · stolen: a thief has the file with the accounts. How fast can passwords be guessed?
//
//   npm run lab 14 stolen
//
// The thief has a list of popular passwords, and 1,000 accounts. We try each way of keeping a
// password for a moment, on one core of this machine, and calculate the rest.

import { createHash, randomBytes, scryptSync } from 'node:crypto';

type Variant = { name: string; guess(password: string): void; timesOver: number };

const LIST = 100_000;
const ACCOUNTS = 1_000;
const salt = randomBytes(16);

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const saltedSha256 = (text: string) => createHash('sha256').update(salt).update(text).digest();
const scryptAt = (ln: number) => (text: string) => {
  return scryptSync(text, salt, 32, { N: 2 ** ln, r: 8, p: 1, maxmem: 2 ** (ln + 11) });
};

function variantsUpTo(ln: number): Variant[] {
  return [
    // Without a salt, one guess is compared with all accounts at once.
    { name: 'SHA-256', guess: sha256, timesOver: 1 },
    { name: 'SHA-256 and a salt', guess: saltedSha256, timesOver: ACCOUNTS },
    { name: 'scrypt, cost 2^10', guess: scryptAt(10), timesOver: ACCOUNTS },
    { name: `scrypt, cost 2^${ln}`, guess: scryptAt(ln), timesOver: ACCOUNTS },
  ];
}

function guessesPerSecond(guess: Variant['guess'], milliseconds: number): number {
  guess('warm up');
  const begun = performance.now();
  let guesses = 0;
  while (performance.now() - begun < milliseconds) guess(`sunshine${guesses += 1}`);
  return (guesses * 1_000) / (performance.now() - begun);
}

const UNITS: [name: string, seconds: number][] = [
  ['years', 31_557_600],
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
];

function inWords(seconds: number): string {
  const [name, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? UNITS.at(-1)!;
  return `${(seconds / length).toLocaleString('en', { maximumSignificantDigits: 2 })} ${name}`;
}

function row(...columns: string[]): string {
  return columns.map((text, index) => (index === 0 ? text.padEnd(20) : text.padStart(20))).join('');
}

const quick = process.argv[2] === 'quick';
const [list, accounts] = [LIST, ACCOUNTS].map((number) => number.toLocaleString('en'));
console.log(`A thief tries ${list} passwords on ${accounts} accounts.\n`);
console.log(row('', 'Guesses a second', 'All of them take'));
for (const { name, guess, timesOver } of variantsUpTo(quick ? 11 : 17)) {
  const speed = guessesPerSecond(guess, quick ? 20 : 1_000);
  const shown = speed.toLocaleString('en', { maximumFractionDigits: speed < 10 ? 1 : 0 });
  console.log(row(name, shown, inWords((LIST * timesOver) / speed)));
}

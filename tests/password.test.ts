// What is kept of a password: hashed, known again, and never more than a few at a time.
//
//   hash('flat white, no sugar')  ──►  '$scrypt$ln=10,r=8,p=1$…$…'    another one each time

import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { Refusal } from '../lessons/06-errors/errors.ts';
import { makePasswords } from '../lessons/14-passwords/password.ts';
import { fewAtATime } from '../lessons/14-passwords/queue.ts';

const password = 'flat white, no sugar';
/** As cheap as can be: the tests ask whether it is right, not whether it is slow. */
const cheap = { cost: 2 ** 10 };
const busy = 'The server is busy. Please try again in a few seconds.';

async function countHashes(work: () => Promise<unknown>): Promise<number> {
  let hashes = 0;
  const hook = createHook({ init: (_id, type) => { if (type === 'SCRYPTREQUEST') hashes += 1; } }).enable();
  await work();
  hook.disable();
  return hashes;
}

// ── hash and check ────────────────────────────────────────────────────────────────────────────

test('hash() gives the standard text form, and another one each time', async () => {
  const { hash } = makePasswords(cheap);
  const [one, two] = [await hash(password), await hash(password)];
  assert.match(one, /^\$scrypt\$ln=10,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(one.split('$')[3], two.split('$')[3], 'the salt');
  assert.notEqual(one.split('$')[4], two.split('$')[4], 'the hash');
});

test('makePasswords() takes the cost that OWASP names, unless it is told another', async () => {
  assert.match(await makePasswords().hash(password), /^\$scrypt\$ln=17,r=8,p=1\$/);
});

for (const [what, kept, given, right] of [
  ['the same', password, password, true],
  ['another', password, 'flat white, one sugar', false],
  ['capital letters', password, 'Flat white, no sugar', false],
  ['a space at the end', password, `${password} `, false],
  ['the beginning alone', 'x'.repeat(200), 'x'.repeat(199), false],
  ['nothing', password, '', false],
  ['é as one character and as two', 'caf\u00e9 au lait', 'cafe\u0301 au lait', true],
  ['é and e', 'caf\u00e9 au lait', 'cafe au lait', false],
  ['what only looks alike', 'office hours', 'o\ufb03ce hours', false],
  ['signs of all kinds', '🥐\x01"\'; DROP\n', '🥐\x01"\'; DROP\n', true],
  ['the same with a zero byte behind it', password, `${password}\0`, false],
  ['the same with many zero bytes behind it', password, password.padEnd(200, '\0'), false],
  ['a zero byte in the place of nothing', 'x', 'x\0', false],
  ['half of a character in the place of another half', 'flat white \ufffd', 'flat white \ud83d', false],
  ['Hangul as it is typed on a Mac', '플랫화이트', '플랫화이트'.normalize('NFD'), true],
  ['half a kilobyte', '☕'.repeat(200), '☕'.repeat(200), true],
] as const) {
  test(`check() says ${right ? 'yes' : 'no'} to ${what}`, async () => {
    const { hash, check } = makePasswords(cheap);
    assert.equal(await check(given, await hash(kept)), right);
  });
}

for (const [what, right, stored] of [
  ['RFC 7914, 12', 'pleaseletmein', `$scrypt$ln=14,r=8,p=1$${Buffer.from('SodiumChloride').toString('base64').replace(/=+$/, '')}$${Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString('base64').replace('=', '')}`],
  ['Python\'s passlib', 'password', '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E'],
] as const) {
  test(`check() reads what others have written, at their cost: ${what}`, async () => {
    const { check } = makePasswords(cheap);
    assert.deepEqual([await check(right, stored), await check(`${right}!`, stored)], [true, false]);
  });
}

for (const text of ['tea\0', '\0', 'flat\0white', 'tea \ud83d', '\udd50 tea']) {
  test(`hash() refuses ${JSON.stringify(text)}, and check() says no to it, after a hash`, async () => {
    const { hash, check } = makePasswords(cheap);
    await assert.rejects(hash(text), new TypeError(
      'A password must not contain the character U+0000 or half of a character.',
    ));
    const stored = await hash('tea');
    assert.equal(await countHashes(async () => assert.equal(await check(text, stored), false)), 1);
  });
}

test('check() without a stored text hashes once, as with one, and says no', async () => {
  const { hash, check } = makePasswords(cheap);
  const stored = await hash(password);
  const answers: boolean[] = [];
  const counts = [];
  for (const text of [stored, undefined]) counts.push(await countHashes(async () => answers.push(await check(password, text))));
  assert.deepEqual([answers, counts], [[true, false], [1, 1]]);
});

for (const stored of ['', 'flat white', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy', '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$', '$scrypt$ln=10,r=8,p=1$$', '$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$c2hvcnQ', `$scrypt$ln=31,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$${'A'.repeat(43)}`, `$scrypt$ln=20,r=99,p=1$c2FsdHNhbHRzYWx0c2FsdA$${'A'.repeat(43)}`, `$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$${'A'.repeat(43)}\n`]) {
  test(`check() lets nobody in with ${JSON.stringify(stored.slice(0, 60))} as stored text, and does not show it`, async () => {
    await assert.rejects(makePasswords(cheap).check('', stored), new Error('The stored hash of a password must be a text such as "$scrypt$ln=17,r=8,p=1$…$…", but this one is not, or its cost is too high. Was the file changed by hand?'));
  });
}

test('isOutdated() knows a text of another cost, higher or lower', async () => {
  const stored = await makePasswords({ cost: 2 ** 11 }).hash(password);
  assert.deepEqual([2 ** 10, 2 ** 11, 2 ** 12].map((cost) => makePasswords({ cost }).isOutdated(stored)), [true, false, true]);
  assert.equal(makePasswords({ cost: 2 ** 11 }).isOutdated(stored.replace('r=8', 'r=16')), true);
});

for (const cost of [0, 1, -1024, 2 ** 9, 1000, 2 ** 21, NaN, Infinity]) {
  test(`makePasswords() refuses the cost ${cost}`, () => {
    assert.throws(() => makePasswords({ cost }), new Error(`The cost of a password must be a power of two from 1024 to 1048576, such as 131072, but it was ${cost}.`));
  });
}

// ── the queue ─────────────────────────────────────────────────────────────────────────────────

/** Jobs that begin and end when the test says so. */
function makeJobs() {
  const begun: number[] = [];
  const ends = new Map<number, { resolve(value: string): void; reject(error: Error): void }>();
  const job = (number: number) => () => new Promise<string>((resolve, reject) => {
    begun.push(number);
    ends.set(number, { resolve, reject });
  });
  return { begun, job, end: (number: number) => ends.get(number)!.resolve(`job ${number}`), fail: (number: number) => ends.get(number)!.reject(new Error(`job ${number} failed`)) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('fewAtATime() runs two, lets three wait in their order, and refuses the sixth', async () => {
  const inQueue = fewAtATime(2, 3);
  const { begun, job, end } = makeJobs();
  const results = [1, 2, 3, 4, 5].map((number) => inQueue(job(number)));
  await assert.rejects(inQueue(job(6)), (error) => error instanceof Refusal && error.status === 503 && error.message === busy && JSON.stringify(error.details) === '{"headers":{"retry-after":"5"}}');
  await settle();
  assert.deepEqual(begun, [1, 2]);
  end(2);
  await settle();
  assert.deepEqual(begun, [1, 2, 3]);
  end(1);
  await settle();
  end(3);
  await settle();
  assert.deepEqual(begun, [1, 2, 3, 4, 5]);
  end(4);
  end(5);
  assert.deepEqual(await Promise.all(results), ['job 1', 'job 2', 'job 3', 'job 4', 'job 5']);
});

test('fewAtATime() gives the place of a failed job to the next one, and tells only whoever asked', async () => {
  const inQueue = fewAtATime(1, 1);
  const { begun, job, end, fail } = makeJobs();
  const first = assert.rejects(inQueue(job(1)), new Error('job 1 failed'));
  const second = inQueue(job(2));
  await settle();
  fail(1);
  await first;
  await settle();
  assert.deepEqual(begun, [1, 2]);
  end(2);
  assert.equal(await second, 'job 2');
});

test('fewAtATime() counts right when all are gone, and when somebody comes just as a place is left', async () => {
  const inQueue = fewAtATime(1, 1);
  for (let round = 0; round < 3; round += 1) {
    const { begun, job, end } = makeJobs();
    const first = inQueue(job(1)).then(() => inQueue(job(3)));
    const second = inQueue(job(2));
    await settle();
    end(1);
    await settle();
    assert.deepEqual(begun, [1, 2], 'one at a time');
    end(2);
    await settle();
    end(3);
    await Promise.all([first, second]);
  }
});

test('makePasswords() leaves a core free, if there is more than one', async () => {
  const { hash } = makePasswords(cheap);
  const asked = await Promise.allSettled(Array.from({ length: 30 }, () => hash(password)));
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, Math.min(2, Math.max(1, availableParallelism() - 1)) + 20);
});

test('makePasswords() hashes two at a time, lets twenty wait, refuses the next one, and goes on', async () => {
  const { hash, check } = makePasswords({ ...cheap, atOnce: 2 });
  const stored = await hash(password);
  const asked = [...Array.from({ length: 11 }, () => hash(password)), ...Array.from({ length: 11 }, () => check(password, stored))];
  for (const late of [hash(password), check(password, stored), check(password, undefined)]) await assert.rejects(late, new Refusal(503, busy, { headers: { 'retry-after': '5' } }));
  assert.deepEqual((await Promise.all(asked)).slice(11), Array.from({ length: 11 }, () => true));
  assert.equal(await check(password, stored), true);
});

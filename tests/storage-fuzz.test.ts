// All stores, asked for nonsense: 1,000 rounds each, the same for the same seed.
//
//   menu.update('2', 1, { text: 10n })  ──►  refused with a sentence, and nothing has changed
//   menu.insert({ text: new Date(0) })  ──►  kept, and the same after a restart
//
// A failure says its seed. To see it again: SEED=7 npm test storage-fuzz

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase, type Database } from '../db/database.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import type { Collection, Storage, Stored } from '../lessons/09-logic/storage.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { journalStorage } from '../lessons/17-journal/journal-storage.ts';
import { randomFrom, type Random } from './db/disk.ts';

const ROUNDS = 1_000;
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

type Any = Stored & Record<string, unknown>;
type Pick = <Value>(...choices: Value[]) => Value;

const report = (sentence: string) => assert.fail(sentence);

const stores: [name: string, open: (folder: string) => Promise<Storage>, forgets?: true][] = [
  ['memoryStorage()', async () => memoryStorage(), true],
  ['jsonFileStorage()', (folder) => jsonFileStorage(join(folder, 'cafe.json'))],
  ['journalStorage()', (folder) => journalStorage(folder, report)],
  ['openDatabase()', (folder) => openDatabase(folder, { report })],
  ['openDatabase(), with snapshots,', (folder) =>
    openDatabase(folder, { snapshotAfter: 2_000, report })],
];

for (const [name, open, forgets] of stores) {
  test(`${name} refuses nonsense or keeps it, in ${ROUNDS} rounds (seed ${seed})`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
    const random = randomFrom(seed);
    let storage = await open(folder);
    t.after(async () => {
      await storage.close().catch(() => {});
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    for (let round = 0; round < ROUNDS; round += 1) {
      const at = `seed ${seed}, round ${round}`;
      if (!forgets && round % 25 === 24) storage = await reopened(storage, () => open(folder), at);
      await playRound(storage, pickFrom(random), at);
    }
    if (!forgets) storage = await reopened(storage, () => open(folder), `seed ${seed}, the end`);
  });
}

async function playRound(storage: Storage, pick: Pick, at: string): Promise<void> {
  const before = await recordsIn(storage);
  try {
    await askForNonsense(storage, pick);
  } catch (error) {
    assert.ok(error instanceof Error, at);
    assert.ok(isSentence(error.message), `${at}: ${error.message}`);
    const after = await recordsIn(storage);
    // Records are frozen, so the same objects are the same content.
    const isSame = before.length === after.length && before.every((one, n) => one === after[n]);
    assert.ok(isSame, `${at}: refused, but something has changed`);
  }
}

/** Every way in which nonsense is refused. */
const sentences = [
  /^The (id|version) in ".*" must be a number, but it is .+\. What comes from .+: write Number\(/s,
  /^A record in ".*" must be an object, such as { name: 'Flat white' }, but it is .+\.$/s,
  /^".*" cannot keep this record: [^.]+\.$/s,
  /^".+" in ".*" has an index, so its value must be .+ true or false, but it is .+\.$/s,
  /^".*" has no index on .+: declare it in "unique" or "indexes"\.$/s,
  /^list\(\) in ".*" takes an object, such as { after: 20, limit: 10 }, but it is .+\.$/s,
  /^"(after|before|limit)" for list\(\) in ".*" must be a number, but it is .+\. What comes from /s,
  /^The last (id|version) in ".*" is 9007199254740991, and no higher number is exact, .+ there\.$/s,
  /^The name of a collection must be a text, but it is .+\.$/s,
  /^The options of ".*" must be an object, such as { unique: \['name'] }, but they are .+\.$/s,
  /^".*" has the option ".*", but only unique, indexes, initial are known\.$/s,
  /^"(unique|indexes|first)" of ".*" must be a list, such as \[.+], but it is .+\.$/s,
  /^transaction\(\) takes a function, such as \(draft\) => …, but it is .+\.$/s,
  /^There is no collection .+ in this transaction: call storage\.collection\(.+ once before\.$/s,
  /^A transaction must not wait, but this one returned a promise, .+ before it begins\.$/s,
  /^There is no \S+ in ".*"\.$/s,
  /^Somebody else has changed it: version \S+ was expected, and it is version \d+ by now\.$/s,
  /^The \w+ .+ is already taken\.$/s,
  /^The till is jammed\.$/,
  /^Class constructors cannot be invoked without 'new'$/,
];

function isSentence(message: string): boolean {
  return sentences.some((form) => form.test(message));
}

/** What can be read must be what a restart reads. */
async function reopened(
  storage: Storage,
  open: () => Promise<Storage>,
  at: string,
): Promise<Storage> {
  const before = await contentOf(storage);
  await storage.close();
  const again = await open().catch((error) => assert.fail(`${at}: ${error.message}`));
  assert.equal(await contentOf(again), before, `${at}: something else is there after a restart`);
  return again;
}

const names = ['menu', '', '__proto__', 'two\nlines "and" \ud83d'];
const first = [{ id: 1, version: 1, tag: 'first' }, { id: 2, version: 3, text: ['first'] }];
const options = { unique: ['tag'], indexes: ['text', 'constructor'], initial: first };

const openIn = (storage: Storage, name: string) => storage.collection<Any>(name, options);

async function recordsIn(storage: Storage): Promise<Any[]> {
  const lists = names.map((name) => openIn(storage, name).list({ limit: Infinity }));
  return (await Promise.all(lists)).flatMap(({ records }) => records);
}

async function contentOf(storage: Storage): Promise<string> {
  for (const name of names) await lookUpAll(openIn(storage, name));
  return JSON.stringify(await recordsIn(storage));
}

/** Each record is found by its id and by its unique field. */
async function lookUpAll(collection: Collection<Any>): Promise<void> {
  for (const record of (await collection.list({ limit: Infinity })).records) {
    assert.equal(await collection.get(record.id), record);
    if (typeof record.tag !== 'string') continue;
    assert.deepEqual(await collection.find('tag', record.tag), [record]);
  }
}

async function askForNonsense(storage: Storage, pick: Pick): Promise<unknown> {
  const collection = openIn(storage, pick(...names));
  const id = pick(1, 2, 3, 4, 5, nonsense(pick)) as number;
  const version = pick((await known(collection, id))?.version ?? 1, nonsense(pick)) as number;
  const fields = someFields(pick) as Any;
  const field = pick('tag', 'text', 'constructor', 'toString', nonsense(pick)) as 'tag';
  const wanted = pick(nonsense(pick), someWanted(pick)) as object;
  return pick<() => unknown>(
    () => collection.insert(fields),
    () => collection.update(id, version, fields),
    () => collection.remove(id, pick(undefined, version)),
    () => collection.get(id),
    () => collection.list(wanted),
    () => collection.find(field, nonsense(pick)),
    () => openNonsense(storage, pick),
    () => changeTogether(storage, pick, [id, version, fields]),
  )();
}

async function known(collection: Collection<Any>, id: number): Promise<Any | undefined> {
  return typeof id === 'number' ? collection.get(id) : undefined;
}

/** Only a new name has its options looked at; one that is refused stays new. */
function openNonsense(storage: Storage, pick: Pick): void {
  const option = pick('unique', 'indexes', 'first', 'toString', 'uniqe');
  const given = pick<unknown>(nonsense(pick), [nonsense(pick)], [{ id: nonsense(pick) }]);
  const name = pick<unknown>('odd', nonsense(pick)) as string;
  storage.collection(name, pick<unknown>(nonsense(pick), { [option]: given }) as object);
}

async function changeTogether(
  storage: Storage,
  pick: Pick,
  [id, version, fields]: [number, number, Any],
): Promise<void> {
  if (!('transaction' in storage)) return;
  const { transaction } = storage as Database;
  if (pick(true, false)) return transaction(nonsense(pick) as () => void);
  const name = pick<unknown>('menu', nonsense(pick)) as string;
  await transaction((draft) => {
    draft.in<Any>('menu').insert({ text: 'goes, if the rest does' } as unknown as Any);
    draft.in<Any>(name).insert(fields);
    draft.in<Any>('menu').update(id, version, fields);
    draft.in<Any>('menu').remove(id);
    if (pick(true, false)) throw new Error('The till is jammed.');
  });
}

function someWanted(pick: Pick): unknown {
  const wanted: Record<string, unknown> = {};
  for (const name of ['after', 'before', 'limit']) {
    if (pick(true, false)) wanted[name] = pick<unknown>(0, 1, 2, 100, nonsense(pick));
  }
  return wanted;
}

function someFields(pick: Pick): unknown {
  const fields: Record<string, unknown> = {};
  for (const name of ['tag', 'text', 'id', 'version', 'toJSON', 'constructor', '__proto__', '0']) {
    if (pick(true, false, false)) define(fields, name, nonsense(pick));
  }
  if (pick(true, false, false, false)) fields[''] = { '': [nonsense(pick)] };
  return pick<unknown>(fields, fields, fields, nonsense(pick));
}

// As JSON.parse() does: "__proto__" is a field like any other.
function define(fields: object, name: string, value: unknown): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
}

class Cup {
  #secret = 1;
  readonly text = 'flat white';
  get size(): number { return this.#secret; }
}

const nonsensical: unknown[] = [
  '2', '', 'find', 'length', 'constructor', '__proto__', 'toJSON', '1e3', '\ud83d', '\0',
  'x'.repeat(20_000), 'two\nlines\u2028', '"],"removed":1', '</script>',
  NaN, 0, -0, -1, 1.5, Infinity, -Infinity, 2 ** 53, -1e15, 5e-324, 7,
  undefined, null, true, false, 7n, -1n, Symbol('x'), Symbol.iterator,
  {}, [], [2], { id: 2 }, [[[]]], [undefined], [NaN], new Array(3),
  new Number(2), new String('x'), new Boolean(false), Object(7n),
  new Map([[1, 2]]), new Set([1]), new WeakMap(), /x/, new Error('x.'),
  new Date(0), new Date(NaN), new Uint8Array(3), Buffer.from('x'),
  () => 1, class {}, async () => 1, function named() {}, Promise.resolve(1), Math,
  new Cup(), Object.create(null), Object.create({ text: 'above' }),
  { toJSON: () => 'x' }, { toJSON: () => ({ id: 9 }) }, { toJSON() {} }, { toJSON: 'text' },
  { toJSON() { throw new Error('No JSON.'); } }, { toJSON: () => [] },
  { get text() { throw new Error('Jammed.'); } }, { get text() { return 1; } },
  { [Symbol.toPrimitive]: () => 2 }, { valueOf: () => 2 }, { then() {} },
  circle(), levels(50), levels(990), levels(3_000), levels(200_000),
  new Proxy({ text: 'x' }, {}), new Proxy([], {}),
  JSON.parse('{"__proto__":{"id":5}}'), JSON.parse('[{"__proto__":1}]'),
];

const nonsense = (pick: Pick) => pick(...nonsensical);

function circle(): object {
  const one: { text: string; self?: unknown } = { text: 'x' };
  one.self = [one];
  return one;
}

function levels(count: number): unknown {
  let value: unknown = 'tea';
  for (let level = 0; level < count; level += 1) value = level % 2 ? [value] : { in: value };
  return value;
}

function pickFrom(random: Random): Pick {
  return (...choices) => choices[Math.floor(random() * choices.length)]!;
}

// What every store must keep, whatever it keeps things in: the promise of lesson 09's storage.ts as tests.
//
//   storageContract('memoryStorage()', async () => ({ storage: memoryStorage() }));
//
// A store that remembers also gives `reopen`: it closes the store and opens another one on the same
// data. Then whatever was kept is looked at twice, before and after.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { items, type Item } from '../lessons/03-address/items.ts';
import { Conflict, type Collection, type CollectionOptions, type FieldsOf, type Storage, type Stored } from '../lessons/09-logic/storage.ts';

export type Opened = { storage: Storage; reopen?: () => Promise<Storage> };

/** A record with fields of all kinds; `tag` is unique. */
type Note = Stored & { tag?: unknown; text?: unknown };

const options: CollectionOptions<Item> = { unique: ['name'], indexes: ['category'] };
const menuOf = (storage: Storage) => storage.collection<Item>('menu', options);
const notesOf = (storage: Storage) => storage.collection<Note>('notes', { unique: ['tag'], indexes: ['text'] });

const flatWhite = { name: 'Flat white', price: 340, category: 'coffee', stock: 120 };
const named = (name: string, category = 'coffee') => ({ ...flatWhite, name, category });
const all = async <Any extends Stored>(collection: Collection<Any>) => (await collection.list({ limit: 10_000 })).records;
const idsOf = (records: Stored[]) => records.map(({ id }) => id);
const conflict = (reason: Conflict['reason'], message: string) => ({ constructor: Conflict, reason, message });

/** The store as it is, and, where it remembers, as it is after it was opened again. */
async function* nowAndLater({ storage, reopen }: Opened): AsyncGenerator<Storage> {
  yield storage;
  if (reopen) yield await reopen();
}

const aPromise = 'a promise: write "await" before the call that gives it';

/** How a sentence shows it, and the value. */
const wrongIds: [string, unknown][] = [
  ['"2"', '2'],
  ['""', ''],
  ['"find"', 'find'],
  ['"length"', 'length'],
  ['"constructor"', 'constructor'],
  ['"__proto__"', '__proto__'],
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['{}', {}],
  ['{ id: 2 }', { id: 2 }],
  ['[ 2 ]', [2]],
  ['2n', 2n],
  ['[Number: 2]', new Number(2)],
  ['Symbol(2)', Symbol('2')],
  [aPromise, Promise.resolve(2)],
  ['[Function: two]', function two() { return 2; }],
  ['{ valueOf: [Function: valueOf] }', { valueOf() { return 2; } }],
  [`"${'2'.repeat(60)}…"`, '2'.repeat(100_000)],
];

function wrongNumber(what: string, value: string): string {
  return `The ${what} in "menu" must be a number, but it is ${value}. ` +
    `What comes from an address or a form is text: write Number(params.${what}).`;
}

const wrongFields: [what: string, fields: unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['"flat white"', 'flat white'],
  ['7', 7],
  ['7n', 7n],
  ['true', true],
  ['Symbol(text)', Symbol('text')],
  ["[ 'flat white' ]", ['flat white']],
  ['[Function: order]', function order() {}],
  ["Map(1) { 'text' => 'x' }", new Map([['text', 'x']])],
  ["Set(1) { 'x' }", new Set(['x'])],
  ['1970-01-01T00:00:00.000Z', new Date(0)],
  ['[Number: 7]', new Number(7)],
  [aPromise, Promise.resolve({ text: 'x' })],
];

function levels(count: number): unknown {
  let value: unknown = 'tea';
  for (let level = 0; level < count; level += 1) value = level % 2 ? [value] : { in: value };
  return value;
}

function circle(): object {
  const one: { self?: unknown } = {};
  one.self = one;
  return one;
}

const tooDeep = 'it is nested more than 1,000 levels deep';

/** `fields` gives a new one each time. */
const unkeepable: [what: string, fields: () => unknown, reason: string][] = [
  ['a BigInt', () => ({ text: 10n }), 'Do not know how to serialize a BigInt'],
  ['a circle', () => ({ text: circle() }), 'Converting circular structure to JSON'],
  ['itself in it', circle, 'Converting circular structure to JSON'],
  ['1,100 levels', () => ({ text: levels(1_100) }), tooDeep],
  ['a million levels', () => ({ text: levels(1_000_000) }), tooDeep],
  ['a field that throws', () => ({ get text() { throw new Error('The till is jammed.'); } }),
    'The till is jammed'],
  ['a field that throws below', () => ({ text: { get x() { throw 'no error'; } } }), '"no error"'],
  ['a toJSON() that throws', () => ({ toJSON() { throw new Error('No JSON today'); } }),
    'No JSON today'],
  ['a toJSON() that gives text', () => ({ toJSON: () => 'tea' }),
    'its toJSON() gives "tea", which is no object'],
  ['a toJSON() that gives nothing', () => ({ toJSON() {} }),
    'its toJSON() gives null, which is no object'],
];

const firstOf = (...first: unknown[]) => ({ initial: first });
const optionsProblem = (shown: string) =>
  `The options of "odd" must be an object, such as { unique: ['name'] }, but they are ${shown}.`;
const optionProblem = (option: string, example: string, shown: string) =>
  `"${option}" of "odd" must be a list, such as ${example}, but it is ${shown}.`;
const uniqueProblem = (shown: string) => optionProblem('unique', "['name']", shown);
const firstProblem = (shown: string) =>
  optionProblem('initial', "[{ id: 1, version: 1, name: 'Espresso' }]", shown);

const wrongCollections: [what: string, name: unknown, options: unknown, problem: string][] = [
  ...[undefined, null, 7, true, Symbol('menu'), 7n].map((name) => [
    `the name ${String(name)}`, name, undefined,
    `The name of a collection must be a text, but it is ${inspect(name)}.`,
  ] as [string, unknown, unknown, string]),
  ['a list as name', ['menu'], {},
    "The name of a collection must be a text, but it is [ 'menu' ]."],
  ['null as options', 'odd', null, optionsProblem('null')],
  ['text as options', 'odd', 'name', optionsProblem('"name"')],
  ['a list as options', 'odd', ['name'], optionsProblem("[ 'name' ]")],
  ['a misspelt option', 'odd', { uniqe: ['name'] },
    '"odd" has the option "uniqe", but only unique, indexes, initial are known.'],
  ['text as unique', 'odd', { unique: 'name' }, uniqueProblem('"name"')],
  ['null as unique', 'odd', { unique: null }, uniqueProblem('null')],
  ['a number in unique', 'odd', { unique: ['name', 7] }, uniqueProblem("[ 'name', 7 ]")],
  ['undefined in unique', 'odd', { unique: [undefined] }, uniqueProblem('[ undefined ]')],
  ['a hole in unique', 'odd', { unique: new Array(1) }, uniqueProblem('[ <1 empty item> ]')],
  ['a Set as indexes', 'odd', { indexes: new Set(['name']) },
    optionProblem('indexes', "['category']", "Set(1) { 'name' }")],
  ['an object as initial', 'odd', { initial: {} }, firstProblem('{}')],
  ['null in first', 'odd', firstOf(null), firstProblem('[ null ]')],
  ['a first record without id', 'odd', firstOf({ version: 1 }), firstProblem('[ { version: 1 } ]')],
  ['a first record without version', 'odd', firstOf({ id: 1 }), firstProblem('[ { id: 1 } ]')],
  ['a first record with text as id', 'odd', firstOf({ id: '1', version: 1 }),
    firstProblem("[ { id: '1', version: 1 } ]")],
  ['a first record with the id 0', 'odd', firstOf({ id: 0, version: 1 }),
    firstProblem('[ { id: 0, version: 1 } ]')],
  ['a first record with the version NaN', 'odd', firstOf({ id: 1, version: NaN }),
    firstProblem('[ { id: 1, version: NaN } ]')],
  ['a first record that JSON cannot hold', 'odd', firstOf({ id: 1, version: 1, price: 340n }),
    '"odd" cannot keep this record: Do not know how to serialize a BigInt.'],
];

const pageProblem = (what: string, shown: string) =>
  `"${what}" for list() in "menu" must be a number, but it is ${shown}. ` +
  `What comes from an address is text: write Number(query.get('${what}')).`;
const wantedProblem = (shown: string) =>
  `list() in "menu" takes an object, such as { after: 20, limit: 10 }, but it is ${shown}.`;

const wrongPages: [what: string, wanted: unknown, problem: string][] = [
  ['after text', { after: '1' }, pageProblem('after', '"1"')],
  ['after null', { after: null }, pageProblem('after', 'null')],
  ['after NaN', { after: NaN }, pageProblem('after', 'NaN')],
  ['before text', { before: '3' }, pageProblem('before', '"3"')],
  ['before an object', { before: {} }, pageProblem('before', '{}')],
  ['as many as "2"', { limit: '2' }, pageProblem('limit', '"2"')],
  ['as many as NaN', { limit: NaN }, pageProblem('limit', 'NaN')],
  ['as many as 10n', { limit: 10n }, pageProblem('limit', '10n')],
  ['for null', null, wantedProblem('null')],
  ['for a number', 10, wantedProblem('10')],
  ['for a list', [10], wantedProblem('[ 10 ]')],
];

/** `open` gives a new, empty store, and uses `t.after` to tidy up. */
export function storageContract(name: string, open: (t: TestContext) => Promise<Opened>): void {
  test(`${name} numbers what is inserted, from 1 on, and gives it back`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    assert.deepEqual(await menu.insert(flatWhite), { ...flatWhite, id: 1, version: 1 });
    assert.deepEqual(await menu.insert(named('Mint tea', 'tea')), { ...flatWhite, name: 'Mint tea', category: 'tea', id: 2, version: 1 });
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await menuOf(storage).get(1), { ...flatWhite, id: 1, version: 1 });
      assert.deepEqual(idsOf(await all(menuOf(storage))), [1, 2]);
    }
  });

  test(`${name} gives undefined for an id that nothing has`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    await menu.insert(flatWhite);
    for (const id of [0, 2, -1, 1.5, NaN, Infinity, 2 ** 53]) assert.equal(await menu.get(id), undefined, String(id));
  });

  test(`${name} does not let a handed-in record choose its id and version`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    const given: Item = { ...flatWhite, id: 77, version: 7 };
    assert.deepEqual(await menu.insert(given), { ...flatWhite, id: 1, version: 1 });
    assert.deepEqual(await menu.update(1, 1, given), { ...flatWhite, id: 1, version: 2 });
  });

  test(`${name} begins a new collection with its first records, once`, async (t) => {
    const opened = await open(t);
    const first = structuredClone(items);
    const open22 = (storage: Storage) => storage.collection<Item>('menu', { ...options, initial: first });
    const menu = open22(opened.storage);
    assert.deepEqual(await all(menu), items);
    assert.deepEqual(await menu.find('name', 'Flat white'), [items[1]]);
    first[0]!.price = 1;
    assert.deepEqual(await menu.get(1), items[0]);
    assert.ok(Object.isFrozen(await menu.get(1)));
    assert.equal(await menu.remove(22), true);
    assert.equal((await menu.insert(named('Iced tea', 'tea'))).id, 23);
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(idsOf(await all(open22(storage))), [...idsOf(items.slice(0, 21)), 23]);
    }
  });

  test(`${name} lists by id, in pages`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    assert.deepEqual(await menu.list(), { records: [], next: undefined });
    for (const letter of 'abcdefgh') await menu.insert(named(letter));
    await menu.update(3, 1, named('c, changed'));
    for (const id of [1, 4, 5, 8]) await menu.remove(id);
    for await (const storage of nowAndLater(opened)) {
      for (const [page, ids, next] of [
        [undefined, [2, 3, 6, 7], undefined],
        [{}, [2, 3, 6, 7], undefined],
        [{ after: undefined, limit: undefined }, [2, 3, 6, 7], undefined],
        [{ limit: 1 }, [2], 2],
        [{ limit: 2 }, [2, 3], 3],
        [{ limit: 3 }, [2, 3, 6], 6],
        [{ limit: 4 }, [2, 3, 6, 7], undefined],
        [{ limit: 5 }, [2, 3, 6, 7], undefined],
        [{ after: 1, limit: 2 }, [2, 3], 3],
        [{ after: 3, limit: 2 }, [6, 7], undefined],
        [{ after: 4, limit: 1 }, [6], 6],
        [{ after: 6, limit: 1 }, [7], undefined],
        [{ after: 7 }, [], undefined],
        [{ after: 8 }, [], undefined],
        [{ after: Number.MAX_SAFE_INTEGER }, [], undefined],
        [{ before: Infinity }, [7, 6, 3, 2], undefined],
        [{ before: Infinity, limit: 2 }, [7, 6], 6],
        [{ before: 6, limit: 2 }, [3, 2], undefined],
        [{ before: 3, limit: 1 }, [2], undefined],
        [{ before: 2 }, [], undefined],
        [{ before: 0 }, [], undefined],
      ] as const) {
        const listed = await menuOf(storage).list(page);
        assert.deepEqual({ page, ids: idsOf(listed.records), next: listed.next }, { page, ids, next });
      }
    }
  });

  test(`${name} lists at most 100 unless it is told how many, and gives 101 inserts at once 101 ids`, async (t) => {
    const opened = await open(t);
    const ids = Array.from({ length: 101 }, (_, n) => n + 1);
    const inserted = await Promise.all(ids.map((n) => menuOf(opened.storage).insert(named(`cup ${n}`))));
    assert.deepEqual(idsOf(inserted).sort((a, b) => a - b), ids);
    for await (const storage of nowAndLater(opened)) {
      const { records, next } = await menuOf(storage).list();
      assert.deepEqual({ ids: idsOf(records), next }, { ids: ids.slice(0, 100), next: 100 });
      assert.deepEqual(idsOf(await all(menuOf(storage))), ids);
    }
  });

  test(`${name} finds by unique and by plain index, also what was changed and removed`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    assert.deepEqual(await menu.find('category', 'tea'), []);
    for (const [drink, category] of [['Espresso', 'coffee'], ['Earl Grey', 'tea'], ['Flat white', 'coffee'], ['Mint tea', 'tea'], ['Chai', 'tea']]) {
      await menu.insert(named(drink!, category));
    }
    assert.deepEqual(idsOf(await menu.find('category', 'tea')), [2, 4, 5]);
    assert.deepEqual(idsOf(await menu.find('name', 'Chai')), [5]);
    await menu.update(1, 1, named('Ristretto', 'tea'));
    await menu.update(2, 1, named('Earl Grey', 'cold'));
    await menu.remove(4);
    await menu.update(5, 1, { ...named('Chai', 'tea'), price: 1 });
    for await (const storage of nowAndLater(opened)) {
      for (const [field, value, ids] of [
        ['category', 'tea', [1, 5]],
        ['category', 'coffee', [3]],
        ['category', 'cold', [2]],
        ['category', 'bakery', []],
        ['name', 'Ristretto', [1]],
        ['name', 'Espresso', []],
        ['name', 'Mint tea', []],
        ['name', 'flat white', []],
        ['name', '__proto__', []],
      ] as const) {
        assert.deepEqual({ value, ids: idsOf(await menuOf(storage).find(field, value)) }, { value, ids });
      }
      assert.equal((await menuOf(storage).find('name', 'Chai'))[0]!.price, 1);
    }
  });

  test(`${name} tells 1 from "1" when it looks things up`, async (t) => {
    const notes = notesOf((await open(t)).storage);
    await notes.insert({ tag: 1 });
    await notes.insert({ tag: '1' });
    assert.deepEqual(idsOf(await notes.find('tag', '1')), [2]);
    assert.deepEqual(idsOf(await notes.find('tag', 1)), [1]);
  });

  test(`${name} does not find by a field that was not declared`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    await assert.rejects(menu.find('price', 340), { message: '"menu" has no index on "price": declare it in "unique" or "indexes".' });
  });

  test(`${name} never gives an id twice, even when the last record is gone`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    await menu.insert(named('a'));
    await menu.insert(named('b'));
    await menu.remove(2);
    let id = 2;
    for await (const storage of nowAndLater(opened)) {
      id += 1;
      assert.equal((await menuOf(storage).insert(named('c'))).id, id);
      await menuOf(storage).remove(id);
    }
  });

  test(`${name} replaces all fields by update(), and counts the version`, async (t) => {
    const opened = await open(t);
    const notes = notesOf(opened.storage);
    await notes.insert({ tag: 'ada', text: 'two flat whites' });
    const other = await notes.insert({ tag: 'bob', text: 'nothing' });
    assert.deepEqual(await notes.update(1, 1, { text: 'three' }), { id: 1, version: 2, text: 'three' });
    assert.deepEqual(await notes.update(1, 2, { tag: 'eve' }), { id: 1, version: 3, tag: 'eve' });
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(notesOf(storage)), [{ id: 1, version: 3, tag: 'eve' }, other]);
      assert.deepEqual(await notesOf(storage).find('tag', 'ada'), []);
      assert.deepEqual(await notesOf(storage).find('text', 'three'), []);
    }
  });

  for (const [what, change, reason, sentence] of [
    ['an update of nothing', (menu) => menu.update(99, 1, named('Tonic')), 'missing', 'There is no 99 in "menu".'],
    ['an update of something removed', (menu) => menu.update(3, 1, named('Tonic')), 'missing', 'There is no 3 in "menu".'],
    ['an update of an old version', (menu) => menu.update(2, 1, named('Tonic')), 'changed', 'Somebody else has changed it: version 1 was expected, and it is version 2 by now.'],
    ['an update of a version to come', (menu) => menu.update(2, 3, named('Tonic')), 'changed', 'Somebody else has changed it: version 3 was expected, and it is version 2 by now.'],
    ['an update to a name that another one has', (menu) => menu.update(2, 2, named('Espresso')), 'taken', 'The name "Espresso" is already taken.'],
    ['a second one of a name', (menu) => menu.insert(named('Flat "white"\n☕')), 'taken', 'The name "Flat \\"white\\"\\n☕" is already taken.'],
    ['a removal of an old version', (menu) => menu.remove(2, 1), 'changed', 'Somebody else has changed it: version 1 was expected, and it is version 2 by now.'],
  ] as [string, (menu: Collection<Item>) => Promise<unknown>, Conflict['reason'], string][]) {
    test(`${name} refuses ${what} as a Conflict ("${reason}"), and changes nothing`, async (t) => {
      const opened = await open(t);
      const menu = menuOf(opened.storage);
      await menu.insert(named('Espresso'));
      await menu.insert(flatWhite);
      await menu.insert(named('Lemonade', 'cold'));
      await menu.update(2, 1, named('Flat "white"\n☕'));
      await menu.remove(3);
      const before = await all(menu);
      await assert.rejects(change(menu), conflict(reason, sentence));
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(menuOf(storage)), before);
        assert.deepEqual(idsOf(await menuOf(storage).find('category', 'coffee')), [1, 2]);
        assert.deepEqual(await menuOf(storage).find('name', 'Tonic'), []);
      }
    });
  }

  for (const [what, id] of wrongIds) {
    test(`${name} refuses the id ${what}, and says how to make a number of it`, async (t) => {
      const opened = await open(t);
      const menu = menuOf(opened.storage);
      await menu.insert(flatWhite);
      await menu.insert(named('Mint tea', 'tea'));
      const before = await all(menu);
      const refused = { name: 'TypeError', message: wrongNumber('id', what) };
      const wrong = id as number;
      await assert.rejects(menu.get(wrong), refused);
      await assert.rejects(menu.update(wrong, 1, named('Tonic')), refused);
      await assert.rejects(menu.remove(wrong), refused);
      await assert.rejects(menu.remove(wrong, 1), refused);
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(menuOf(storage)), before);
        const { id: next } = await menuOf(storage).insert(named('Tonic'));
        assert.equal(await menuOf(storage).remove(next), true);
      }
    });
  }

  test(`${name} takes a number that no record can have for the id of nothing`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    const before = await menu.insert(flatWhite);
    for (const id of [NaN, 0, -0, -1, 1.5, Infinity, -Infinity, 2 ** 53, 5e-324]) {
      assert.equal(await menu.get(id), undefined, String(id));
      assert.equal(await menu.remove(id), false, String(id));
      const missing = conflict('missing', `There is no ${id} in "menu".`);
      await assert.rejects(menu.update(id, 1, named('Tonic')), missing);
    }
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(menuOf(storage)), [before]);
    }
  });

  test(`${name} takes no version but the record's own, whatever else it is given`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    const before = await menu.insert(flatWhite);
    for (const version of [NaN, 0, -1, 1.5, 2, Infinity, 2 ** 53]) {
      await assert.rejects(menu.update(1, version, named('Tonic')), { reason: 'changed' });
      await assert.rejects(menu.remove(1, version), { reason: 'changed' });
    }
    for (const [what, version] of wrongIds) {
      const refused = { name: 'TypeError', message: wrongNumber('version', what) };
      await assert.rejects(menu.update(1, version as number, named('Tonic')), refused);
      if (version === undefined) continue;
      await assert.rejects(menu.remove(1, version as number), refused);
    }
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(menuOf(storage)), [before]);
    }
  });

  for (const [what, fields] of wrongFields) {
    test(`${name} refuses ${what} in the place of a record`, async (t) => {
      const opened = await open(t);
      const notes = notesOf(opened.storage);
      const before = await notes.insert({ text: 'x' });
      const sentence = 'A record in "notes" must be an object, such as { name: \'Flat white\' }, ' +
        `but it is ${what}.`;
      const refused = { name: 'TypeError', message: sentence };
      await assert.rejects(notes.insert(fields as Note), refused);
      await assert.rejects(notes.update(1, 1, fields as Note), refused);
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(notesOf(storage)), [before]);
      }
    });
  }

  for (const [what, fields, reason] of unkeepable) {
    test(`${name} refuses a record with ${what}, and goes on`, async (t) => {
      const opened = await open(t);
      const notes = notesOf(opened.storage);
      const before = await notes.insert({ text: 'x' });
      const sentence = `"notes" cannot keep this record: ${reason}.`;
      const refused = { name: 'TypeError', message: sentence };
      await assert.rejects(notes.insert(fields() as Note), refused);
      await assert.rejects(notes.update(1, 1, fields() as Note), refused);
      const records = [before, await notes.insert({ text: 'y' })];
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(notesOf(storage)), records);
      }
    });
  }

  test(`${name} keeps the id of a record that has its own toJSON()`, async (t) => {
    const opened = await open(t);
    const notes = notesOf(opened.storage);
    class Cup {
      readonly text = 'flat white';
      toJSON() { return { tag: 'from toJSON()', id: 77, version: 7 }; }
    }
    await notes.insert({ text: 'x', toJSON: () => ({ tag: 'own' }) } as object as Note);
    await notes.insert(new Cup() as object as Note);
    await notes.update(1, 1, { text: 'x', toJSON: () => ({ tag: 'changed' }) } as object as Note);
    const kept = [
      { id: 1, tag: 'changed', version: 2 },
      { id: 2, tag: 'from toJSON()', version: 1 },
    ];
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(notesOf(storage)), kept);
      assert.deepEqual(idsOf(await notesOf(storage).find('tag', 'changed')), [1]);
    }
  });

  test(`${name} keeps an object of a class as its fields, without the class`, async (t) => {
    const opened = await open(t);
    class Cup { readonly text = 'flat white'; }
    await notesOf(opened.storage).insert(new Cup());
    await notesOf(opened.storage).insert(Object.assign(Object.create(null), { text: 'tea' }));
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(notesOf(storage)), [
        { id: 1, text: 'flat white', version: 1 },
        { id: 2, text: 'tea', version: 1 },
      ]);
    }
  });

  test(`${name} keeps 900 levels, one in the other, also after a restart`, async (t) => {
    const opened = await open(t);
    await notesOf(opened.storage).insert({ text: levels(900) });
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(notesOf(storage)), [{ id: 1, text: levels(900), version: 1 }]);
    }
  });

  for (const [what, called, given, problem] of wrongCollections) {
    test(`${name} refuses a collection with ${what}, and keeps nothing of it`, async (t) => {
      const opened = await open(t);
      const before = await menuOf(opened.storage).insert(flatWhite);
      const options = given as CollectionOptions<Item>;
      const ask = () => opened.storage.collection<Item>(called as string, options);
      assert.throws(ask, { name: 'TypeError', message: problem });
      assert.throws(ask, { name: 'TypeError', message: problem });
      await menuOf(opened.storage).update(1, 1, flatWhite);
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(menuOf(storage)), [{ ...before, version: 2 }]);
      }
    });
  }

  for (const [what, second, problem] of [
    ['the same id', { id: 1, version: 1, name: 'Mocha' }, 'The id 1 is already taken.'],
    ['the same name', { id: 2, version: 1, name: 'Tea' },
      'The name "Tea" is already taken.'],
  ] as [string, Item, string][]) {
    test(`${name} refuses first records of which two have ${what}`, async (t) => {
      const opened = await open(t);
      const first = [{ ...flatWhite, id: 1, version: 1, name: 'Tea' }, second];
      const ask = () => opened.storage.collection<Item>('menu', { ...options, initial: first });
      assert.throws(ask, conflict('taken', problem));
      for await (const storage of nowAndLater(opened)) {
        assert.deepEqual(await all(menuOf(storage)), []);
      }
    });
  }

  for (const [what, wanted, problem] of wrongPages) {
    test(`${name} refuses to list ${what}`, async (t) => {
      const menu = menuOf((await open(t)).storage);
      await menu.insert(flatWhite);
      const refused = { name: 'TypeError', message: problem };
      await assert.rejects(menu.list(wanted as object), refused);
      assert.deepEqual(idsOf((await menu.list()).records), [1]);
    });
  }

  test(`${name} lists from any number on, at once`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    for (const letter of 'abc') await menu.insert(named(letter));
    for (const [wanted, ids] of [
      [{ after: -Infinity }, [1, 2, 3]],
      [{ after: -1e15 }, [1, 2, 3]],
      [{ after: -0.5 }, [1, 2, 3]],
      [{ after: 1.5 }, [2, 3]],
      [{ after: Infinity }, []],
      [{ before: 2.5 }, [2, 1]],
      [{ before: 1e300 }, [3, 2, 1]],
      [{ before: -Infinity }, []],
      [{ limit: Infinity }, [1, 2, 3]],
      [{ limit: 1.5 }, [1]],
    ] as const) {
      const { records } = await menu.list(wanted);
      assert.deepEqual({ wanted, ids: idsOf(records) }, { wanted, ids });
    }
  });

  for (const [what, value] of [
    ['[ \'tea\' ]', ['tea']],
    ['{ id: 1 }', { id: 1 }],
    ['2026-03-01T09:00:00.000Z', new Date('2026-03-01T09:00:00.000Z')],
    [aPromise, Promise.resolve('tea')],
    ['[Function (anonymous)]', () => 'tea'],
    ['7n', 7n],
    ['Symbol(tea)', Symbol('tea')],
  ] as [string, unknown][]) {
    test(`${name} refuses to find by ${what}, which equals no other value`, async (t) => {
      const opened = await open(t);
      const notes = notesOf(opened.storage);
      await notes.insert({ text: ['tea'], tag: 'ada' });
      const sentence = (field: string) => `"${field}" in "notes" has an index, ` +
        `so its value must be a text, a number, true or false, but it is ${what}.`;
      const refused = { name: 'TypeError', message: sentence('text') };
      await assert.rejects(notes.find('text', value), refused);
    });
  }

  test(`${name} refuses an object in a unique field, where it would equal no other`, async (t) => {
    const opened = await open(t);
    const notes = notesOf(opened.storage);
    const before = await notes.insert({ tag: 'ada' });
    const message = '"tag" in "notes" has an index, so its value must be ' +
      "a text, a number, true or false, but it is [ 'ada' ].";
    await assert.rejects(notes.insert({ tag: ['ada'] }), { name: 'TypeError', message });
    await assert.rejects(notes.update(1, 1, { tag: ['ada'] }), { name: 'TypeError', message });
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(notesOf(storage)), [before]);
    }
  });

  for (const field of [undefined, Symbol('name'), 7, null] as unknown as 'name'[]) {
    test(`${name} refuses to find by the field ${String(field)}`, async (t) => {
      const menu = menuOf((await open(t)).storage);
      await assert.rejects(menu.find(field, 'x'), {
        message: `"menu" has no index on ${String(field)}: declare it in "unique" or "indexes".`,
      });
    });
  }

  test(`${name} counts up to the largest exact number, and refuses the next one`, async (t) => {
    const opened = await open(t);
    const last = Number.MAX_SAFE_INTEGER;
    const first = [{ id: last, version: 1, text: 'a' }, { id: 7, version: last, text: 'b' }];
    const countedOf = (storage: Storage) => storage.collection<Note>('counted', { initial: first });
    assert.equal((await countedOf(opened.storage).update(last, 1, { text: 'c' })).id, last);
    const kept = await all(countedOf(opened.storage));
    const refused = (what: string) => ({
      name: 'RangeError',
      message: `The last ${what} in "counted" is ${last}, and no higher number is exact, ` +
        `so nothing is stored. If a file was edited by hand, correct the ${what} there.`,
    });
    for await (const storage of nowAndLater(opened)) {
      const counted = countedOf(storage);
      await assert.rejects(counted.insert({ text: 'd' }), refused('id'));
      await assert.rejects(counted.update(7, last, { text: 'd' }), refused('version'));
      assert.deepEqual(await all(counted), kept);
    }
  });

  test(`${name} lets a record keep its own unique value, and others have one that is free again`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    await menu.insert(flatWhite);
    assert.equal((await menu.update(1, 1, { ...flatWhite, price: 360 })).price, 360);
    await menu.update(1, 2, named('Cortado'));
    assert.equal((await menu.insert(flatWhite)).id, 2);
    await menu.remove(2);
    for await (const storage of nowAndLater(opened)) {
      const { id } = await menuOf(storage).insert(flatWhite);
      await menuOf(storage).remove(id);
    }
  });

  for (const field of ['tag', 'constructor', 'toString', '__proto__']) {
    test(`${name} takes records without the unique field "${field}" for no doubles`, async (t) => {
      const { storage } = await open(t);
      type Any = Stored & Record<string, unknown>;
      const notes = storage.collection<Any>('notes', { unique: [field] });
      const one = (value: unknown) => JSON.parse(`{"text":"x","${field}":${JSON.stringify(value)}}`) as FieldsOf<Any>;
      for (const fields of [{ text: 'x' }, { text: 'x' }, one(null), one(null)]) await notes.insert(fields);
      await notes.update(2, 1, { text: 'y' });
      await notes.insert(one('ada'));
      await assert.rejects(notes.insert(one('ada')), conflict('taken', `The ${field} "ada" is already taken.`));
      assert.deepEqual(idsOf(await notes.find(field, 'ada')), [5]);
      assert.deepEqual(idsOf(await all(notes)), [1, 2, 3, 4, 5]);
    });
  }

  test(`${name} compares unique values as they are kept`, async (t) => {
    const notes = notesOf((await open(t)).storage);
    await notes.insert({ tag: new Date(0) });
    assert.deepEqual(idsOf(await notes.find('tag', '1970-01-01T00:00:00.000Z')), [1]);
    await assert.rejects(notes.insert({ tag: new Date(0) }), conflict('taken', 'The tag "1970-01-01T00:00:00.000Z" is already taken.'));
  });

  test(`${name} removes, once`, async (t) => {
    const opened = await open(t);
    const menu = menuOf(opened.storage);
    await menu.insert(named('a'));
    await menu.insert(named('b'));
    assert.equal(await menu.remove(99), false);
    assert.equal(await menu.remove(99, 1), false);
    assert.equal(await menu.remove(1), true);
    assert.equal(await menu.remove(1), false);
    assert.equal(await menu.remove(2, 1), true);
    assert.equal(await menu.remove(2, 1), false);
    for await (const storage of nowAndLater(opened)) {
      assert.deepEqual(await all(menuOf(storage)), []);
      assert.equal(await menuOf(storage).get(1), undefined);
    }
  });

  test(`${name} gives frozen records, to the bottom`, async (t) => {
    const opened = await open(t);
    const notes = notesOf(opened.storage);
    const text = () => ({ lines: [{ quantity: 2 }] });
    const given = [await notes.insert({ tag: 'a', text: text() }), await notes.insert({ tag: 'b' }), await notes.update(2, 1, { tag: 'b', text: text() })];
    for await (const storage of nowAndLater(opened)) {
      const kept = notesOf(storage);
      given.push((await kept.get(1))!, ...(await kept.list()).records, ...await kept.find('tag', 'b'));
    }
    for (const note of given) {
      assert.throws(() => { note.tag = 'eve'; }, TypeError);
      if (note.text) assert.throws(() => { (note.text as ReturnType<typeof text>).lines[0]!.quantity = 99; }, TypeError);
      if (note.text) assert.throws(() => { (note.text as ReturnType<typeof text>).lines.push({ quantity: 1 }); }, TypeError);
    }
  });

  test(`${name} keeps a copy: what the caller does later to its own does not matter`, async (t) => {
    const notes = notesOf((await open(t)).storage);
    const mine = { tag: 'ada', text: { lines: ['flat white'] } };
    await notes.insert(mine);
    mine.text.lines.push('cheesecake');
    assert.deepEqual(await notes.get(1), { id: 1, version: 1, tag: 'ada', text: { lines: ['flat white'] } });
    await notes.update(1, 1, mine);
    mine.text.lines.push('soup');
    assert.deepEqual(await notes.get(1), { id: 1, version: 2, tag: 'ada', text: { lines: ['flat white', 'cheesecake'] } });
    const { records } = await notes.list();
    records.pop();
    assert.equal((await notes.list()).records.length, 1);
  });

  test(`${name} keeps what JSON can hold, as JSON holds it`, async (t) => {
    const opened = await open(t);
    const given = await notesOf(opened.storage).insert({ tag: undefined, text: { none: undefined, list: [undefined, NaN], at: new Date(0), run: () => 1 } });
    const kept = { id: 1, version: 1, text: { list: [null, null], at: '1970-01-01T00:00:00.000Z' } };
    assert.deepEqual(given, kept);
    for await (const storage of nowAndLater(opened)) assert.deepEqual(await notesOf(storage).get(1), kept);
  });

  test(`${name} keeps every text and name as it is`, async (t) => {
    const opened = await open(t);
    const texts = [
      '', ' ', 'two\nlines\r\nand a third\u2028and a fourth', '\u0000\u0007\u001b[31m', '☕ 👩‍👩‍👧‍👦 é e\u0301 \ufeff', '\ud83d', 'a\udc00b',
      '"quotes" \\ and {"json":1}', '__proto__', 'constructor', 'toString', '</script>', 'x'.repeat(100_000),
      0, -1.5, 1e21, Number.MAX_SAFE_INTEGER, 5e-324, true, false, null, [], {}, [[[]]],
      JSON.parse('{"__proto__":{"role":"staff"},"constructor":{"prototype":1},"toString":"x","":{"toJSON":"y"},"hasOwnProperty":null,"0":1}'),
    ];
    for (const text of texts) await notesOf(opened.storage).insert({ text });
    for await (const storage of nowAndLater(opened)) {
      const records = await all(notesOf(storage));
      assert.deepEqual(records.map(({ text }) => text), texts);
      assert.deepEqual(records.map(({ text }) => JSON.stringify(text)), texts.map((text) => JSON.stringify(text)));
      for (const [n, text] of texts.entries()) {
        if (typeof text !== 'object') assert.deepEqual(idsOf(await notesOf(storage).find('text', text)), [n + 1]);
      }
    }
    assert.equal(({} as { role?: string }).role, undefined);
  });

  test(`${name} keeps a record whose own fields are called __proto__, constructor and toString`, async (t) => {
    const opened = await open(t);
    const json = '{"__proto__":{"role":"staff"},"constructor":"c","toString":"t"}';
    await notesOf(opened.storage).insert(JSON.parse(json));
    await notesOf(opened.storage).insert({});
    await notesOf(opened.storage).update(2, 1, JSON.parse(json));
    for await (const storage of nowAndLater(opened)) {
      const [first, second] = await all(notesOf(storage));
      assert.deepEqual(first, { ...JSON.parse(json), id: 1, version: 1 });
      assert.deepEqual(second, { ...JSON.parse(json), id: 2, version: 2 });
    }
  });

  test(`${name} refuses what JSON cannot hold at all, and goes on`, async (t) => {
    const opened = await open(t);
    const notes = notesOf(opened.storage);
    const kept = await notes.insert({ text: 'x' });
    const circle: { self?: unknown } = {};
    circle.self = circle;
    for (const text of [10n, circle]) {
      await assert.rejects(notes.insert({ text }), TypeError);
      await assert.rejects(notes.update(1, 1, { text }), TypeError);
    }
    const records = [kept, await notes.insert({ text: 'y' })];
    for await (const storage of nowAndLater(opened)) assert.deepEqual(await all(notesOf(storage)), records);
  });

  test(`${name} keeps collections apart, and knows each by its name`, async (t) => {
    const opened = await open(t);
    const names = ['menu', 'Menu', '', 'constructor', '__proto__', 'toString', '../menu', 'a b/ç☕\n'];
    for (const [n, called] of names.entries()) {
      const collection = opened.storage.collection<Note>(called, { unique: ['tag'] });
      assert.deepEqual(await collection.insert({ tag: 'ada', text: n }), { id: 1, version: 1, tag: 'ada', text: n });
    }
    for await (const storage of nowAndLater(opened)) {
      for (const [n, called] of names.entries()) {
        assert.deepEqual(await storage.collection<Note>(called, { unique: ['tag'] }).find('tag', 'ada'), [{ id: 1, version: 1, tag: 'ada', text: n }]);
        const same = storage.collection<Note>(called);
        assert.deepEqual(await same.find('tag', 'ada'), [{ id: 1, version: 1, tag: 'ada', text: n }]);
        await assert.rejects(same.insert({ tag: 'ada' }), { reason: 'taken' });
      }
    }
  });

  test(`${name} keeps two stores apart`, async (t) => {
    const [one, other] = [await open(t), await open(t)];
    await menuOf(one.storage).insert(flatWhite);
    assert.deepEqual(await all(menuOf(other.storage)), []);
  });

  for (const [what, changes, reason] of [
    ['50 updates of one version', (menu) => Array.from({ length: 50 }, (_, n) => menu.update(1, 1, named(`cup ${n}`))), 'changed'],
    ['50 updates and removals of one version', (menu) => Array.from({ length: 50 }, (_, n) => (n % 2 ? menu.update(1, 1, named(`cup ${n}`)) : menu.remove(1, 1).then((was) => assert.ok(was, 'nothing to remove')))), undefined],
    ['50 inserts of one name', (menu) => Array.from({ length: 50 }, () => menu.insert(flatWhite)), 'taken'],
  ] as [string, (menu: Collection<Item>) => Promise<unknown>[], Conflict['reason'] | undefined][]) {
    test(`${name} lets exactly one of ${what} win`, async (t) => {
      const opened = await open(t);
      await menuOf(opened.storage).insert(named('Espresso'));
      const results = await Promise.allSettled(changes(menuOf(opened.storage)));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      const lost = results.filter((result) => result.status === 'rejected');
      if (reason) assert.deepEqual(lost.map((result) => result.reason.reason), Array(49).fill(reason));
      const kept = await all(menuOf(opened.storage));
      for await (const storage of nowAndLater(opened)) assert.deepEqual(await all(menuOf(storage)), kept);
      if (reason === 'changed') assert.deepEqual(kept.map(({ version }) => version), [2]);
      if (reason === 'taken') assert.deepEqual(kept.map(({ name: drink }) => drink), ['Espresso', 'Flat white']);
    });
  }

  test(`${name} removes once when 50 ask at once`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    await menu.insert(flatWhite);
    const removed = await Promise.all(Array.from({ length: 50 }, () => menu.remove(1)));
    assert.equal(removed.filter(Boolean).length, 1);
  });

  test(`${name} answers with promises, and throws nothing at once, whatever it is asked`, async (t) => {
    const { storage } = await open(t);
    const menu = menuOf(storage);
    const nonsense = [undefined, null, 'x', {}, 10n, Symbol('x')] as never[];
    const calls = nonsense.flatMap((x) => [
      () => menu.get(x), () => menu.list(x), () => menu.list({ after: x, limit: x }), () => menu.find(x, x),
      () => menu.insert(x), () => menu.update(x, x, x), () => menu.remove(x), () => menu.remove(x, x),
    ]);
    for (const call of calls) {
      const promise = call();
      assert.ok(promise instanceof Promise);
      await promise.catch(() => {});
    }
    assert.ok(storage.close() instanceof Promise);
  });

  test(`${name} finishes what is under way before it closes`, async (t) => {
    const opened = await open(t);
    const writes = Array.from({ length: 20 }, (_, n) => menuOf(opened.storage).insert(named(`cup ${n}`)));
    let done = 0;
    for (const write of writes) write.then(() => { done += 1; });
    if (!opened.reopen) {
      await opened.storage.close();
      assert.equal(done, 20);
      return;
    }
    const storage = await opened.reopen();
    assert.equal(done, 20);
    assert.deepEqual(await all(menuOf(storage)), await Promise.all(writes));
  });

  test(`${name} does in 400 random steps what a plain list does`, async (t) => {
    const opened = await open(t);
    const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
    const { pick, chance } = dice(seed);
    const model = modelOf();
    let { storage } = opened;
    for (let step = 0; step < 400; step += 1) {
      const [id, version] = chance(0.8) ? model.some(pick) : [pick(30), 1 + pick(4)];
      const fields = { ...named(`cup ${pick(25)}`, ['tea', 'coffee', 'cold'][pick(3)]), price: 1 + pick(1_000) };
      const after = pick(40);
      const limit = 1 + pick(12);
      const deed = pick(12);
      const asked = deed < 4 ? { insert: fields } : deed < 7 ? { update: id, version, fields }
        : deed < 8 ? { remove: id, version } : deed < 9 ? { remove: id }
        : deed < 10 ? { get: id } : deed < 11 ? { after, limit } : { name: fields.name, category: fields.category };
      if (opened.reopen && step % 100 === 50) storage = await opened.reopen();
      const given = await play(menuOf(storage), asked);
      // The seed stands in what is compared, so that a failure says how to see it again: SEED=… npm test
      assert.deepEqual({ seed, step, asked, given }, { seed, step, asked, given: model.play(asked) });
    }
    for await (const last of nowAndLater({ ...opened, storage })) assert.deepEqual(await all(menuOf(last)), model.records());
  });
}

type Asked =
  | { insert: FieldsOf<Item> }
  | { update: number; version: number; fields: FieldsOf<Item> }
  | { remove: number; version?: number }
  | { get: number }
  | { after: number; limit: number }
  | { name: string; category: string };

async function play(menu: Collection<Item>, asked: Asked): Promise<unknown> {
  const reason = (error: unknown) => {
    if (error instanceof Conflict) return error.reason;
    throw error;
  };
  if ('insert' in asked) return menu.insert(asked.insert).catch(reason);
  if ('update' in asked) return menu.update(asked.update, asked.version, asked.fields).catch(reason);
  if ('remove' in asked) return menu.remove(asked.remove, asked.version).catch(reason);
  if ('get' in asked) return menu.get(asked.get);
  if ('limit' in asked) return menu.list(asked);
  return [await menu.find('name', asked.name), await menu.find('category', asked.category)];
}

/** The same, by a list that is searched from its beginning each time: slow, and too plain to be wrong. */
function modelOf() {
  let list: Item[] = [];
  let lastId = 0;
  const taken = (id: number, { name }: FieldsOf<Item>) => list.some((item) => item.name === name && item.id !== id);
  const model = {
    records: () => list,
    some(pick: (below: number) => number): [id: number, version: number] {
      const item = list[pick(list.length)];
      return item ? [item.id, item.version] : [1, 1];
    },
    play(asked: Asked): unknown {
      if ('insert' in asked) {
        if (taken(0, asked.insert)) return 'taken';
        list = [...list, { ...asked.insert, id: lastId += 1, version: 1 }];
        return list.at(-1);
      }
      if ('update' in asked) {
        const item = list.find(({ id }) => id === asked.update);
        if (!item) return 'missing';
        if (item.version !== asked.version) return 'changed';
        if (taken(item.id, asked.fields)) return 'taken';
        const changed = { ...asked.fields, id: item.id, version: item.version + 1 };
        list = list.map((other) => (other === item ? changed : other));
        return changed;
      }
      if ('remove' in asked) {
        const item = list.find(({ id }) => id === asked.remove);
        if (item && asked.version !== undefined && item.version !== asked.version) return 'changed';
        list = list.filter((other) => other !== item);
        return item !== undefined;
      }
      if ('get' in asked) return list.find(({ id }) => id === asked.get);
      if ('limit' in asked) {
        const behind = list.filter(({ id }) => id > asked.after);
        const records = behind.slice(0, asked.limit);
        return { records, next: behind.length > asked.limit ? records.at(-1)!.id : undefined };
      }
      return [list.filter(({ name }) => name === asked.name), list.filter(({ category }) => category === asked.category)];
    },
  };
  return model;
}

/** Random numbers that come in the same order for the same seed (mulberry32). */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { pick: (below: number) => Math.floor(next() * below), chance: (part: number) => next() < part };
}

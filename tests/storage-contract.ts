// What every store must keep, whatever it keeps things in: the promise of lesson 09's storage.ts as tests.
//
//   storageContract('memoryStorage()', async () => ({ storage: memoryStorage() }));
//
// A store that remembers also gives `reopen`: it closes the store and opens another one on the same
// data. Then whatever was kept is looked at twice, before and after.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test, type TestContext } from 'node:test';
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
    const open22 = (storage: Storage) => storage.collection<Item>('menu', { ...options, first });
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
    ['an update to a name that another one has', (menu) => menu.update(2, 2, named('Espresso')), 'taken', 'There is one with the name "Espresso" already.'],
    ['a second one of a name', (menu) => menu.insert(named('Flat "white"\n☕')), 'taken', 'There is one with the name "Flat \\"white\\"\\n☕" already.'],
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

  test(`${name} does not take a missing version for "any version"`, async (t) => {
    const menu = menuOf((await open(t)).storage);
    await menu.insert(flatWhite);
    for (const version of [undefined, null, NaN, '1'] as unknown as number[]) {
      await assert.rejects(menu.update(1, version, named('Tonic')), { reason: 'changed' });
    }
    assert.deepEqual(await menu.get(1), { ...flatWhite, id: 1, version: 1 });
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
      await assert.rejects(notes.insert(one('ada')), conflict('taken', `There is one with the ${field} "ada" already.`));
      assert.deepEqual(idsOf(await notes.find(field, 'ada')), [5]);
      assert.deepEqual(idsOf(await all(notes)), [1, 2, 3, 4, 5]);
    });
  }

  test(`${name} compares unique values as they are kept`, async (t) => {
    const notes = notesOf((await open(t)).storage);
    await notes.insert({ tag: new Date(0) });
    assert.deepEqual(idsOf(await notes.find('tag', '1970-01-01T00:00:00.000Z')), [1]);
    await assert.rejects(notes.insert({ tag: new Date(0) }), conflict('taken', 'There is one with the tag "1970-01-01T00:00:00.000Z" already.'));
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

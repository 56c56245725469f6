import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { Table, type Change } from '../lessons/09-logic/table.ts';

// What every store promises is in storage-contract.ts. Here is what a store with a disk needs besides:
// time between the plan and its applying.

const flatWhite = { name: 'Flat white', price: 340, category: 'coffee', stock: 120 };
const named = (name: string) => ({ ...flatWhite, name });
const menuTable = (first: readonly Item[] = items.slice(0, 3)) => new Table<Item>('menu', { unique: ['name'], indexes: ['category'], initial: first });

function look(table: Table<Item>) {
  const byName = items.flatMap(({ name }) => table.find('name', name));
  return { size: table.size, lastId: table.lastId, values: [...table.values()], listed: table.list(), byName, coffee: table.find('category', 'coffee') };
}

for (const [what, plan, change] of [
  ['planInsert()', (table) => table.planInsert(named('Cortado')), { id: 4, after: { ...flatWhite, name: 'Cortado', id: 4, version: 1 } }],
  ['planUpdate()', (table) => table.planUpdate(2, 1, { ...flatWhite, price: 360 }), { id: 2, after: { ...flatWhite, price: 360, id: 2, version: 2 } }],
  ['planRemove()', (table) => table.planRemove(2, 1), { id: 2 }],
] as [string, (table: Table<Item>) => Change<Item> | undefined, Change<Item>][]) {
  test(`${what} says what would change, and changes nothing before apply()`, () => {
    const table = menuTable();
    const before = look(table);
    const planned = plan(table);
    assert.deepEqual(planned, change);
    assert.deepEqual(look(table), before);
    table.apply(planned!);
    assert.deepEqual(table.get(change.id), change.after);
  });
}

test('planRemove() is undefined when there is nothing to remove', () => {
  assert.equal(menuTable().planRemove(4), undefined);
  assert.equal(menuTable().planRemove(4, 1), undefined);
});

test('apply() does the same when it is done twice, as after a crash', () => {
  const once = menuTable();
  const changes = [once.planInsert(named('Cortado')), once.planUpdate(2, 1, { ...flatWhite, category: 'warm' }), once.planRemove(1)!];
  for (const change of changes) once.apply(change);
  const twice = menuTable();
  for (const change of [...changes, ...changes]) twice.apply(change);
  assert.deepEqual(look(twice), look(once));
});

test('apply() keeps the look-ups right, whether they were built before or are built after', () => {
  const before = menuTable();
  const after = menuTable();
  look(before);
  for (const table of [before, after]) {
    table.apply(table.planInsert({ ...flatWhite, name: 'Mint tea', category: 'tea' }));
    table.apply(table.planUpdate(1, 1, named('Americano')));
    table.apply(table.planUpdate(3, 1, { ...flatWhite, name: 'Cold brew', category: 'cold' }));
    table.apply(table.planRemove(2)!);
  }
  assert.deepEqual(look(before), look(after));
  assert.deepEqual(look(before).byName.map(({ name }) => name), ['Americano', 'Cold brew', 'Mint tea']);
  assert.deepEqual(look(before).coffee.map(({ id }) => id), [1]);
});

test('lastId stays when the last record goes, and only ever grows', () => {
  const table = menuTable();
  table.apply(table.planRemove(3)!);
  assert.equal(table.lastId, 3);
  table.lastId = 41;
  table.lastId = 7;
  assert.equal(table.lastId, 41);
  assert.equal(table.planInsert(named('Order 42')).id, 42);
});

test('values() and size are all that is there, each once', () => {
  const table = menuTable(items);
  table.apply(table.planRemove(22)!);
  table.apply(table.planUpdate(1, 1, named('Ristretto')));
  assert.equal(table.size, 21);
  assert.deepEqual([...table.values()].map(({ id }) => id).sort((a, b) => a - b), items.slice(0, 21).map(({ id }) => id));
});

test('a table of which nearly all is gone still lists what is left, both ways', () => {
  const table = new Table<{ id: number; version: number }>('cups');
  for (const id of [3, 1_000_000, 2_000_000]) table.apply({ id, after: { id, version: 1 } });
  const ids = (wanted: { after?: number; before?: number; limit?: number }) => table.list(wanted).records.map(({ id }) => id);
  assert.deepEqual(ids({}), [3, 1_000_000, 2_000_000]);
  assert.deepEqual(ids({ after: 3, limit: 1 }), [1_000_000]);
  assert.deepEqual(ids({ before: Infinity }), [2_000_000, 1_000_000, 3]);
  assert.deepEqual(ids({ before: 1_000_000 }), [3]);
});

test('findDuplicates() gives the first two with the same value; who has none is nobody\'s double', () => {
  const table = new Table<Item>('menu', { indexes: ['category'] });
  const records = [{ id: 3, category: 'tea' }, { id: 5, category: null }, { id: 6, category: null }, { id: 7 }, { id: 8 }, { id: 9, category: 'coffee' }, { id: 11, category: 'tea' }] as unknown as Item[];
  for (const record of records) table.apply({ id: record.id, after: record });
  assert.deepEqual(table.findDuplicates('category'), [records[0], records[6]]);
  table.apply({ id: 11 });
  assert.deepEqual(table.findDuplicates('category'), []);
});

test('takeOver() goes on with all that another table held, under options of its own', () => {
  const kept = new Table<Item>('menu', { initial: items });
  kept.apply({ id: 22 });
  const table = new Table<Item>('menu', { unique: ['name'] });
  table.takeOver(kept);
  assert.deepEqual([table.size, table.lastId, table.values()], [21, 22, items.slice(0, 21)]);
  assert.deepEqual(table.find('name', 'Flat white'), [items[1]]);
  assert.equal(table.planInsert(named('Cortado')).id, 23);
});

test('ids may be far apart, and as high as numbers go', () => {
  const table = menuTable([]);
  const ids = [7, 10_000_000, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER - 1];
  for (const id of [...ids].reverse()) table.apply({ id, after: { ...flatWhite, id, name: String(id), version: 1 } });
  assert.deepEqual(table.list().records.map(({ id }) => id), ids);
  assert.deepEqual(table.list({ before: 2 ** 32 + 1 }).records.map(({ id }) => id), [10_000_000, 7]);
  assert.deepEqual(table.find('name', '10000000').map(({ id }) => id), [10_000_000]);
  table.apply({ id: 10_000_000 });
  assert.deepEqual([table.size, table.get(10_000_000), table.get(2 ** 32 + 1)?.name], [3, undefined, String(2 ** 32 + 1)]);
  assert.deepEqual(table.list({ after: 7 }).records.map(({ id }) => id), ids.slice(2));
});

for (const [what, fields] of [
  ['texts and numbers', { name: 'Tea', price: 260, forSale: true, note: null }],
  ['-0', { price: -0 }],
  ['NaN', { price: NaN }],
  ['Infinity', { price: Infinity }],
  ['nothing', { note: undefined }],
  ['a date', { day: new Date(0) }],
  ['a list', { sizes: ['S', 'M'] }],
  ['a list with holes', { sizes: [undefined, NaN] }],
  ['a function', { price: () => 260 }],
  ['a symbol', { [Symbol('secret')]: 1, name: 'Tea' }],
  ['a name that objects have', JSON.parse('{ "__proto__": "Tea", "constructor": 1 }')],
  ['half a character', { name: '\ud83d' }],
] as [string, object][]) {
  test(`what is kept of ${what} is what a file would hold, frozen, and nothing of the caller's`, () => {
    const table = new Table<any>('menu');
    const { after } = table.planInsert(fields as any);
    const expected = JSON.parse(JSON.stringify({ id: 1, ...fields, version: 1 }));
    assert.deepEqual(after, expected);
    assert.deepEqual(Reflect.ownKeys(after).sort(), Reflect.ownKeys(expected).sort());
    assert.ok(Object.isFrozen(after) && !Object.is(after, fields) && Object.values(after).every(Object.isFrozen));
    assert.ok(Object.entries(after).every(([name, value]) => Object.is(value, expected[name]) || typeof value === 'object'));
  });
}

test('an id and a version among the fields are not believed', () => {
  const { after } = new Table<any>('menu').planInsert({ name: 'Tea', id: 99, version: 7 } as any);
  assert.deepEqual(Object.entries(after), [['id', 1], ['name', 'Tea'], ['version', 1]]);
});

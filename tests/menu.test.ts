import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { basketTotal, matches, whyNot } from '../lessons/09-logic/menu.ts';

const one = (price: number): Item[] => [{ id: 2, name: 'Flat white', price, category: 'coffee', stock: 1, version: 1 }];
const drink = (name: string, category = 'coffee'): Item => ({ ...one(340)[0]!, name, category });

for (const [hour, total] of [[0, 680], [15, 680], [16, 544], [17, 544], [18, 680], [23, 680]] as const) {
  test(`basketTotal() of two flat whites at ${hour} o'clock is ${total}`, () => {
    assert.equal(basketTotal([{ id: 2, quantity: 2 }], items, hour), total);
  });
}

for (const [price, total] of [[0, 0], [1, 0], [2, 1], [4, 3], [5, 4], [341, 272], [342, 273], [343, 274], [344, 275], [345, 276], [346, 276], [99_999, 79_999]] as const) {
  test(`basketTotal() of ${price} cents in the happy hour is ${total}: any part of a cent is the guest's`, () => {
    assert.equal(basketTotal([{ id: 2, quantity: 1 }], one(price), 16), total);
  });
}

test('basketTotal() is the guest\'s cent for every price up to €100, and never more than a cent', () => {
  for (let price = 0; price <= 10_000; price += 1) {
    const total = basketTotal([{ id: 2, quantity: 1 }], one(price), 17);
    assert.ok(Number.isInteger(total) && total * 10 <= price * 8 && total * 10 > price * 8 - 10, `${price} → ${total}`);
  }
});

test('basketTotal() rounds the whole basket once, not each line', () => {
  assert.equal(basketTotal([{ id: 2, quantity: 5 }], one(341), 17), 1364);
  assert.equal(basketTotal([{ id: 2, quantity: 2 }, { id: 2, quantity: 3 }], one(341), 17), 1364);
});

test('basketTotal() adds up different things; nothing costs nothing, and so does what is not on the menu', () => {
  assert.equal(basketTotal([{ id: 2, quantity: 2 }, { id: 18, quantity: 1 }], items, 9), 1130);
  assert.equal(basketTotal([], items, 17), 0);
  assert.equal(basketTotal([{ id: 99, quantity: 3 }, { id: 1, quantity: 1 }], items, 9), 220);
});

for (const [what, basket, reasons] of [
  ['an empty basket', [], []],
  ['what is there', [{ id: 2, quantity: 120 }, { id: 1, quantity: 1 }], []],
  ['one more than there is', [{ id: 19, quantity: 7 }], ['Of "Crème brûlée" we have 6 left, and you asked for 7.']],
  ['what is sold out', [{ id: 18, quantity: 1 }], ['Of "Cheesecake" we have 0 left, and you asked for 1.']],
  ['the same item twice, as much as there is', [{ id: 19, quantity: 3 }, { id: 19, quantity: 3 }], []],
  ['the same item twice, together too much', [{ id: 19, quantity: 4 }, { id: 2, quantity: 1 }, { id: 19, quantity: 3 }], ['Of "Crème brûlée" we have 6 left, and you asked for 7.']],
  ['something unknown, twice', [{ id: 99, quantity: 1 }, { id: 99, quantity: 1 }], ['There is no item 99 on the menu.']],
  ['several things, in the order of the basket', [{ id: 99, quantity: 1 }, { id: 1, quantity: 1 }, { id: 18, quantity: 2 }], ['There is no item 99 on the menu.', 'Of "Cheesecake" we have 0 left, and you asked for 2.']],
] as const) {
  test(`whyNot() of ${what}`, () => {
    assert.deepEqual(whyNot([...basket], items), reasons);
  });
}

for (const [search, item, found] of [
  ['cafe', drink('Café au lait'), true],
  ['CAFÉ', drink('Café au lait'), true],
  ['cafe\u0301', drink('Caf\u00e9 au lait'), true],
  ['  au lait ', drink('Café au lait'), true],
  ['brulee', drink('Crème brûlée'), true],
  ['', drink('Flat white'), true],
  ['   ', drink('Flat white'), true],
  ['Tea', drink('Earl Grey', 'tea'), true],
  ['te', drink('Earl Grey', 'tea'), false],
  ['late', drink('Café au lait'), false],
  ['.*', drink('Flat white'), false],
] as const) {
  test(`matches() ${found ? 'finds' : 'does not find'} "${item.name}" (${item.category}) by "${search}"`, () => {
    assert.equal(matches(item, search), found);
  });
}

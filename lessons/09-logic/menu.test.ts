import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items } from '../03-address/items.ts';
import { basketTotal } from './menu.ts';

test('two flat whites cost a fifth less in the happy hour', () => {
  assert.equal(basketTotal([{ id: 2, quantity: 2 }], items, 17), 544);
});

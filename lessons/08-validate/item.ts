// Lesson 08 · item: which fields an item on the menu has, and what each must be.
//
//   validate(newItemRule, { name: ' Flat white ', price: 340, category: 'coffee', stock: 120 })
//     ──►  { name: 'Flat white', price: 340, category: 'coffee', stock: 120 }

import { fields, line, oneOf, wholeNumber, type Valid } from './validate.ts';

export const itemRules = {
  name: line(1, 60),
  price: wholeNumber(1, 100_000, 'cents'),
  category: oneOf('coffee', 'tea', 'warm', 'cold', 'bakery', 'kitchen'),
  stock: wholeNumber(0, 10_000),
};

export const newItemRule = fields(itemRules);

export type NewItem = Valid<typeof newItemRule>;

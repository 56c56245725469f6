// What is kept: the same records for all of them, about 90 bytes each.
//
//   itemOf(42)  ──►  { name: 'Flat white 42', price: 342, category: 'coffee', stock: 42 }
//
// Every store adds an id and a version, as ours does.

export type Fields = { name: string; price: number; category: string; stock: number };
export type Item = { id: number } & Fields & { version: number };

export function itemOf(id: number): Fields {
  return { name: `Flat white ${id}`, price: 300 + id % 200, category: 'coffee', stock: id % 1_000 };
}

export function recordsUpTo(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({ id: index + 1, ...itemOf(index + 1), version: 1 }));
}

// What every store of the benchmark can do, each by its own means.
//
//   const open = await loadStore('sqlite-full');
//   const store = await open(folder);
//   await store.insert({ name: 'Flat white 42', … });     told as soon as this store tells it
//
// Some answer at once and some with a promise: both may be awaited.

import type { Fields } from './item.ts';

export type Store = {
  /** Puts in as many at once as is fastest: this is not measured. */
  fill(count: number): unknown;
  insert(fields: Fields): unknown;
  /** One at a time for each id. */
  update(id: number, fields: Fields): unknown;
  get(id: number): unknown;
  close(): unknown;
  /** So many inserts in one step: only the bare disk can be told that. */
  insertTogether?(count: number): unknown;
};

/** 'sqlite-full' is opened by sqlite.ts, and told that it is to be 'full'. */
export async function loadStore(name: string): Promise<(folder: string) => Promise<Store>> {
  const [file, kind] = name.split('-');
  const { open } = await import(`./${file}.ts`);
  return (folder) => open(folder, kind);
}

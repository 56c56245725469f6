// Whose data is how safe: a store that flushes nothing is fast, and forgets.
//
//   ours     flushed before it is told         a power cut takes nothing away
//   lowdb    not flushed                       a power cut takes the last seconds away, or all of it
//
// Three of them are the limit: what the disk, or JSON.parse, takes for itself alone.

export type Contestant = { name: string; title: string; durability: string; needs?: string };

export const contestants: Contestant[] = [
  { name: 'disk', title: 'the disk alone', durability: 'flushed, and blocks meanwhile' },
  { name: 'disk-awaited', title: 'the disk, awaited', durability: 'flushed' },
  { name: 'parse', title: 'JSON.parse alone', durability: 'one text of all records' },
  { name: 'ours', title: 'ours', durability: 'flushed before it is told' },
  { name: 'sqlite-full', title: 'SQLite FULL', durability: 'flushed before it is told', needs: 'better-sqlite3' },
  { name: 'sqlite-normal', title: 'SQLite NORMAL', durability: 'flushed at checkpoints', needs: 'better-sqlite3' },
  { name: 'lowdb', title: 'lowdb', durability: 'not flushed', needs: 'lowdb' },
  { name: 'nedb', title: 'nedb', durability: 'not flushed', needs: '@seald-io/nedb' },
];

export function contestantsWithout(missing: string[]): string[] {
  return contestants.filter(({ needs }) => needs === undefined || !missing.includes(needs)).map(({ name }) => name);
}

// Lab · together: an order changes the stock and the till. A program is killed. Do both agree?
//
//   npm run lab 18 together
//
// For each coffee that is gone from the stock, 340 cents must be in the till, whenever the program
// is killed. Two changes have a moment between them, even if each of them is safe. A transaction
// has none.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../db/database.ts';
import { runAndKill, workUntilKilled } from '../../11-json-file/labs/ways/killed.ts';

type Coffee = { id: number; version: number; stock: number };
type Till = { id: number; version: number; cents: number };

const STOCK = 100_000;
const PRICE = 340;

function open(db: Database) {
  const menu = db.collection<Coffee>('menu', { initial: [{ id: 1, stock: STOCK, version: 1 }] });
  const till = db.collection<Till>('till', { initial: [{ id: 1, cents: 0, version: 1 }] });
  return { db, menu, till };
}

type Cafe = ReturnType<typeof open>;
type Variant = { name: string; order(cafe: Cafe): Promise<unknown> };

const twoChanges: Variant = {
  name: 'two changes',
  async order({ menu, till }) {
    const coffee = (await menu.get(1))!;
    await menu.update(1, coffee.version, { stock: coffee.stock - 1 });
    const before = (await till.get(1))!;
    await till.update(1, before.version, { cents: before.cents + PRICE });
  },
};

const oneTransaction: Variant = {
  name: 'one transaction',
  order: ({ db }) => db.transaction((draft) => {
    const [menu, till] = [draft.in<Coffee>('menu'), draft.in<Till>('till')];
    const [coffee, before] = [menu.get(1)!, till.get(1)!];
    menu.update(1, coffee.version, { stock: coffee.stock - 1 });
    till.update(1, before.version, { cents: before.cents + PRICE });
  }),
};

// A quick run ends as soon as it has seen half an order.
async function killAgain(variant: Variant, quick: boolean): Promise<void> {
  const times = quick ? (variant === twoChanges ? 60 : 4) : 20;
  process.stdout.write(variant.name.padEnd(18));
  const all: boolean[] = [];
  while (all.length < times && !(quick && all.includes(false))) {
    all.push(await killOnce(variant));
    process.stdout.write(all.at(-1) ? '✔' : '✘');
  }
  console.log(`   ${all.filter((agree) => !agree).length} of ${all.length} with half an order`);
}

async function killOnce(variant: Variant): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  await runAndKill(['take orders', variant.name, folder]);
  const { db, menu, till } = open(await openDatabase(folder, { report: () => {} }));
  const [coffee, { cents }] = [(await menu.get(1))!, (await till.get(1))!];
  await db.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return cents === (STOCK - coffee.stock) * PRICE;
}

async function takeOrders(variant: Variant, folder: string): Promise<void> {
  const cafe = open(await openDatabase(folder));
  let orders = 0;
  await workUntilKilled(() => variant.order(cafe).then(() => orders += 1));
}

async function killThem(quick: boolean): Promise<void> {
  console.log(
    'A program sells coffee: one less in the stock, 340 cents more in the till. It is killed.\n',
  );
  for (const variant of [twoChanges, oneTransaction]) await killAgain(variant, quick);
  console.log('\n✔ stock and till agree   ✘ a coffee is gone, and was not paid');
}

const [word = '', name = '', folder = ''] = process.argv.slice(2);
const variant = name === twoChanges.name ? twoChanges : oneTransaction;
if (word === 'take orders') await takeOrders(variant, folder);
else await killThem(word === 'quick');

// The store in a file: what it keeps, what it refuses, and what becomes of a save that fails.
//
//   jsonFileStorage('…/cafe.json')  ──►  all that storage-contract.ts asks for, also after it is opened again
//
// That nothing is lost by a kill or a power cut is tried in json-file-crash.test.ts.

import assert from 'node:assert/strict';
import {
  chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync,
  renameSync, rmdirSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import type { Storage, Stored } from '../lessons/09-logic/storage.ts';
import { menuRoutes } from '../lessons/10-api/menu-api.ts';
import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';
import { jsonFileStorage } from '../lessons/11-json-file/json-file.ts';
import { placeOfMistake } from '../lessons/11-json-file/json-place.ts';
import { swapIn } from '../lessons/11-json-file/swap.ts';
import { oneAfterTheOther } from '../lessons/11-json-file/turns.ts';
import { serve } from './serve.ts';
import { storageContract } from './storage-contract.ts';

const flatWhite = { name: 'Flat white', price: 340, category: 'coffee', stock: 120 };
const named = (name: string) => ({ ...flatWhite, name });
const menuOf = (storage: Storage, first = items.slice(0, 2)) => storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], initial: first });

/** In a folder that is not there yet. */
function newPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'json-file-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, 'data', '11', 'cafe.json');
}

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const fileOf = (menu: string, lastId = 2) => `{ "format": 1, "collections": {\n"menu": { "lastId": ${lastId}, "records": [\n${menu}\n] }\n} }\n`;
const two = items.slice(0, 2).map((item) => JSON.stringify(item)).join(',\n');

storageContract('jsonFileStorage()', async (t) => {
  const path = newPath(t);
  const opened = { storage: await jsonFileStorage(path) };
  async function reopen() {
    await opened.storage.close();
    return opened.storage = await jsonFileStorage(path);
  }
  return { ...opened, reopen };
});

// ── the file ──────────────────────────────────────────────────────────────────────────────────

test('jsonFileStorage() writes no file before the first change, and then one record a line', async (t) => {
  const path = newPath(t);
  const storage = await jsonFileStorage(path);
  assert.equal((await menuOf(storage).list()).records.length, 2);
  assert.equal(existsSync(dirname(path)), false);
  await menuOf(storage).insert(named('Iced tea'));
  await menuOf(storage).remove(3);
  await storage.collection('notes').insert({});
  assert.equal(readFileSync(path, 'utf8'), `{ "format": 1, "collections": {
"menu": { "lastId": 3, "records": [
{"id":1,"name":"Espresso","price":220,"category":"coffee","stock":200,"version":1},
{"id":2,"name":"Flat white","price":340,"category":"coffee","stock":120,"version":1}
] },
"notes": { "lastId": 1, "records": [
{"id":1,"version":1}
] }
} }
`);
  assert.deepEqual(readdirSync(dirname(path)), ['cafe.json']);
});

test('jsonFileStorage() keeps a changed record on its line', async (t) => {
  const path = newPath(t);
  write(path, fileOf(two));
  await menuOf(await jsonFileStorage(path)).update(1, 1, named('Ristretto'));
  assert.equal(readFileSync(path, 'utf8'), fileOf(`{"id":1,"name":"Ristretto","price":340,"category":"coffee","stock":120,"version":2},\n${two.split('\n')[1]}`));
});

test('jsonFileStorage() keeps collections that nobody asks for', async (t) => {
  const path = newPath(t);
  const later = await jsonFileStorage(path);
  await menuOf(later).insert(named('Iced tea'));
  await later.collection<Stored & { text: string }>('notes').insert({ text: 'for later' });
  await menuOf(await jsonFileStorage(path)).remove(3);
  const again = await jsonFileStorage(path);
  assert.deepEqual((await again.collection('notes').list()).records, [{ id: 1, version: 1, text: 'for later' }]);
  assert.deepEqual((await menuOf(again).list()).records, items.slice(0, 2));
});

test('jsonFileStorage() forgets nothing that a person has written into the file', async (t) => {
  const path = newPath(t);
  write(path, `\ufeff${JSON.stringify(JSON.parse(fileOf(two, 0)), null, 4).replaceAll('\n', '\r\n')}`);
  const menu = menuOf(await jsonFileStorage(path));
  assert.deepEqual((await menu.list()).records, items.slice(0, 2));
  assert.ok(Object.isFrozen(await menu.get(1)));
  assert.equal((await menu.insert(named('Iced tea'))).id, 3);
});

test('jsonFileStorage() lets nobody else on this machine read the file', { skip: process.platform === 'win32' && 'Windows has other rights' }, async (t) => {
  const path = newPath(t);
  await menuOf(await jsonFileStorage(path)).insert(named('Iced tea'));
  assert.equal((statSync(path).mode & 0o777).toString(8), '600');
});

test('jsonFileStorage() takes half a file of an earlier crash for nothing', async (t) => {
  const path = newPath(t);
  write(path, fileOf(two));
  writeFileSync(`${path}.new`, fileOf(two).slice(0, 90).repeat(100));
  const menu = menuOf(await jsonFileStorage(path));
  assert.deepEqual((await menu.list()).records, items.slice(0, 2));
  await menu.remove(2);
  assert.equal(readFileSync(path, 'utf8'), fileOf(two.split(',\n')[0]!));
  assert.deepEqual(readdirSync(dirname(path)), ['cafe.json']);
});

test('swapIn() leaves a reader of the old file with the old file', async (t) => {
  const path = newPath(t);
  write(path, 'old');
  linkSync(path, `${path}.link`);
  await swapIn(path, 'new');
  assert.deepEqual([readFileSync(path, 'utf8'), readFileSync(`${path}.link`, 'utf8')], ['new', 'old']);
});

// ── what is refused ───────────────────────────────────────────────────────────────────────────

const twice = (name: string) => `{ "format": 1, "collections": {
"menu": { "lastId": 2, "records": [] },
${name}: { "lastId": 0, "records": [] }
} }
`;
const second = (name: string, line: number, column: number) =>
  `line ${line}, column ${column}, has a second ${name} in the same object, ` +
  'and only one of the two would be kept.';
const record = (changes: object) => JSON.stringify({ ...items[0], ...changes });

for (const [what, text, problem] of [
  ['an empty file', '', 'it is empty.'],
  ['a file of spaces', ' \n\t', 'it is empty.'],
  ['a file that ends in the middle', fileOf(two).slice(0, 200), 'it is no longer JSON from line 4, column 41, on.'],
  ['a comma too many', fileOf(`${two},`), 'it is no longer JSON from line 5, column 1, on.'],
  ['a comma too few', fileOf(two.replace('},', '}')), 'it is no longer JSON from line 4, column 1, on.'],
  ['a line break in a text', fileOf(two.replace('Flat', 'Flat\n')), 'it is no longer JSON from line 4, column 16, on.'],
  ['two texts in one', fileOf(two) + fileOf(two), 'it is no longer JSON from line 7, column 1, on.'],
  ['no UTF-8', Buffer.concat([Buffer.from(fileOf(two)), Buffer.from([0xe9])]), 'some of its bytes are not UTF-8 text.'],
  ['a list', '[]', 'the whole file must be an object in "{" and "}", but it is [].'],
  ['null', 'null', 'the whole file must be an object in "{" and "}", but it is null.'],
  ['another format', fileOf(two).replace('1', '2'), 'its "format" must be 1, but it is 2. Perhaps a newer version of the program has written it.'],
  ['no format', '{}', 'its "format" must be 1, but it is missing. Perhaps a newer version of the program has written it.'],
  ['no collections', '{"format":1}', '"collections" must be an object in "{" and "}", but it is missing.'],
  ['collections in a list', '{"format":1,"collections":[]}', '"collections" must be an object in "{" and "}", but it is [].'],
  ['something more', '{"format":1,"collections":{},"users":[]}', 'the whole file has a field "users", and only format and collections are known here.'],
  ['a collection that is a list', '{"format":1,"collections":{"menu":[]}}', '"menu" must be an object in "{" and "}", but it is [].'],
  ['something more in a collection', '{"format":1,"collections":{"menu":{"lastId":1,"records":[],"x":1}}}', '"menu" has a field "x", and only lastId and records are known here.'],
  ['a lastId that is no number', '{"format":1,"collections":{"menu":{"lastId":"1","records":[]}}}', '"lastId" of "menu" must be a whole number from 0 on, but it is "1".'],
  ['records that are no list', '{"format":1,"collections":{"menu":{"lastId":1,"records":{}}}}', 'the "records" of "menu" must be a list, but they are {}.'],
  ['a record that is none', fileOf('7'), 'record 1 of "menu" must be an object in "{" and "}", but it is 7.'],
  ['a record without an id', fileOf(record({ id: undefined })), 'the id in record 1 of "menu" must be a whole number from 1 on, but it is missing.'],
  ['an id of 0', fileOf(record({ id: 0 })), 'the id in record 1 of "menu" must be a whole number from 1 on, but it is 0.'],
  ['an id that is text', fileOf(record({ id: '1' })), 'the id in record 1 of "menu" must be a whole number from 1 on, but it is "1".'],
  ['half a version', fileOf(record({ version: 1.5 })), 'the version in record 1 of "menu" must be a whole number from 1 on, but it is 1.5.'],
  ['the same id twice', fileOf(`${two},\n${record({ name: 'Ristretto' })}`), 'record 3 of "menu" has the id 1, and so has record 1.'],
  ['the same name twice', fileOf(`${two},\n${record({ id: 7 })}`, 7), 'in "menu", 1 and 7 have the same name, "Espresso".'],
  ['a collection twice', twice('"menu"'), second('"menu"', 3, 1)],
  ['a collection twice, once escaped', twice('"m\\u0065nu"'), second('"menu"', 3, 1)],
  ['two formats', fileOf(two).replace('"format"', '"format": 2, "format"'),
    second('"format"', 1, 16)],
  ['two lists of records', fileOf(two).replace('"records"', '"records": [], "records"'),
    second('"records"', 2, 39)],
  ['a field twice', fileOf(two.replace('"price":340', '"price":340,"price":360')),
    second('"price"', 4, 41)],
  ['a field twice, deep in a record',
    fileOf('{"id":1,"version":1,"x":[{"a":"}{\\"a\\":","b":{"a":1},"a" :2}]}'),
    second('"a"', 3, 54)],
] as [string, string | Uint8Array, string][]) {
  test(`jsonFileStorage() refuses ${what}, says where, and leaves it as it is`, async (t) => {
    const path = newPath(t);
    write(path, text);
    const sentence = `${path} cannot be used: ${problem} It is left as it is. Correct it, or move it away to start over.`;
    await assert.rejects(async () => menuOf(await jsonFileStorage(path)), { constructor: UnusableFile, message: sentence });
    assert.deepEqual(readFileSync(path), Buffer.from(text));
    assert.deepEqual(readdirSync(dirname(path)), ['cafe.json']);
  });
}

test('jsonFileStorage() refuses a folder in the place of the file', async (t) => {
  const path = newPath(t);
  mkdirSync(path, { recursive: true });
  await assert.rejects(jsonFileStorage(path), (error: Error) => {
    assert.equal(error.constructor, UnusableFile);
    const [before, reason = '', after] = error.message.split(/(E(?:ISDIR|PERM|ACCES): [a-z ]+, (?:read|open)(?: '.*')?)/);
    assert.deepEqual([before, after], [`${path} cannot be used: `, '. It is left as it is. Correct it, or move it away to start over.']);
    return reason !== '';
  });
  assert.ok(statSync(path).isDirectory());
});

test('jsonFileStorage() does not refuse records without the unique field', async (t) => {
  const path = newPath(t);
  write(path, fileOf([{ id: 1 }, { id: 2, name: null }, { id: 3, name: null }, { id: 4 }].map((one) => JSON.stringify({ version: 1, ...one })).join(',\n')));
  assert.equal((await menuOf(await jsonFileStorage(path)).list()).records.length, 4);
});

test('placeOfMistake() finds a mistake wherever JSON.parse() does, at a place where there is one', () => {
  const whole = '{"a":[1,-2.5e+3,"x\\n\\u00e9"],"b":{"c":null,"d":true},\n"e":[],"f":{}} ';
  for (let at = 0; at < whole.length; at += 1) {
    for (const broken of [whole.slice(0, at), whole.slice(0, at) + whole.slice(at + 1), ...[...'{}[],:"\\0-.e xu'].map((sign) => whole.slice(0, at) + sign + whole.slice(at))]) {
      const { line, column } = placeOfMistake(broken);
      const place = broken.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
      assert.equal(place === broken.length && isJson(broken), isJson(broken), broken);
      if (!isJson(broken)) assert.ok(canGoOn(broken.slice(0, place)), `${JSON.stringify(broken)} is fine up to ${place}`);
    }
  }
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Is there an end that makes JSON of it? */
function canGoOn(text: string): boolean {
  const ends = ['', '0', '"":0', '0}', '"":0}', ':0}'];
  const closing = ['', '}', ']', ']}', '}}', ']]', '}]'];
  return ends.some((end) => closing.some((close) => isJson(text + end + close) || isJson(`${text}${end}${close}}`) || isJson(`${text}${end}${close}]}`)));
}

test('jsonFileStorage() takes the same name in two objects for no double', async (t) => {
  const path = newPath(t);
  const text = '{"id":1,"version":1,"a":{"a":"\\"a\\":{","b":[{"a":1},{"a":1}]},"b":"}","A":{}}';
  write(path, `\n${fileOf(text)}`);
  const menu = menuOf(await jsonFileStorage(path));
  assert.deepEqual((await menu.list()).records, [JSON.parse(text)]);
});

test('a counter at the largest exact number locks nothing', async (t) => {
  const path = newPath(t);
  write(path, fileOf(two, Number.MAX_SAFE_INTEGER));
  const menu = menuOf(await jsonFileStorage(path));
  await assert.rejects(menu.insert(named('Iced tea')), {
    message: 'The last id in "menu" is 9007199254740991, and no higher number is exact, ' +
      'so nothing is stored. If a file was edited by hand, correct the id there.',
  });
  await menu.update(2, 1, named('Cortado'));
  const again = menuOf(await jsonFileStorage(path));
  assert.deepEqual((await again.list()).records.map(({ name }) => name), ['Espresso', 'Cortado']);
});

// ── the file's name ───────────────────────────────────────────────────────────────────────────

const noLinks = process.platform === 'win32' && 'Windows lets few people make links';

for (const isThere of [true, false]) {
  const what = isThere ? 'a file' : 'a file that is not there yet';
  test(`a link to ${what} stays a link, and the file is replaced`, { skip: noLinks }, async (t) => {
    const path = newPath(t);
    const target = join(dirname(path), '..', 'elsewhere', 'real.json');
    const between = join(dirname(path), 'between.json');
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(dirname(target), { recursive: true });
    if (isThere) writeFileSync(target, fileOf(two));
    symlinkSync('between.json', path);
    symlinkSync('../elsewhere/real.json', between);
    await menuOf(await jsonFileStorage(path)).insert(named('Iced tea'));
    assert.equal(readlinkSync(path), 'between.json');
    assert.equal(readlinkSync(between), '../elsewhere/real.json');
    assert.deepEqual(readdirSync(dirname(target)), ['real.json']);
    assert.deepEqual(readdirSync(dirname(path)).sort(), ['between.json', 'cafe.json']);
    assert.equal((await menuOf(await jsonFileStorage(path)).insert(named('Mocha'))).id, 4);
    assert.match(readFileSync(target, 'utf8'), /"Iced tea"[^]*"Mocha"/);
  });
}

test('a link is followed from the folder that it is really in', { skip: noLinks }, async (t) => {
  const path = newPath(t);
  const home = dirname(dirname(path));
  mkdirSync(join(home, 'disk', 'deep'), { recursive: true });
  symlinkSync(join('disk', 'deep'), dirname(path));
  symlinkSync('../real.json', path);
  await menuOf(await jsonFileStorage(path)).insert(named('Iced tea'));
  assert.deepEqual(readdirSync(join(home, 'disk')).sort(), ['deep', 'real.json']);
  assert.deepEqual(readdirSync(home).sort(), [basename(dirname(path)), 'disk'].sort());
  assert.equal((await menuOf(await jsonFileStorage(path)).list()).records.length, 3);
});

test('two links that name each other are refused', { skip: noLinks }, async (t) => {
  const path = newPath(t);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync('other.json', path);
  symlinkSync('cafe.json', join(dirname(path), 'other.json'));
  await assert.rejects(jsonFileStorage(path), { constructor: UnusableFile, message: /ELOOP/ });
  await swapIn(path, 'text').catch(() => {});
});

for (const when of ['before the start', 'after the start'] as const) {
  test(`the rights of a cafe.json.new that is there ${when} are not handed on`, {
    skip: process.platform === 'win32' && 'Windows has other rights',
  }, async (t) => {
    const path = newPath(t);
    write(path, fileOf(two));
    const leave = () => {
      writeFileSync(`${path}.new`, 'half a fi');
      chmodSync(`${path}.new`, 0o666);
    };
    if (when === 'before the start') leave();
    const menu = menuOf(await jsonFileStorage(path));
    if (when === 'after the start') leave();
    await menu.remove(2);
    assert.equal((statSync(path).mode & 0o777).toString(8), '600');
  });
}

// ── saves that fail ───────────────────────────────────────────────────────────────────────────

const blocks: [string, (path: string) => void, (path: string) => void, RegExp, string | false][] = [
  ['a folder is in the way', (path) => mkdirSync(`${path}.new`), (path) => rmdirSync(`${path}.new`), /: EISDIR: illegal operation on a directory, open '.*cafe\.json\.new'\.$/, process.platform === 'win32' && 'Windows calls it otherwise'],
  ['the disk is full', (path) => symlinkSync('/dev/full', `${path}.new`), (path) => unlinkSync(`${path}.new`), /: ENOSPC: no space left on device, write\.$/, process.platform !== 'linux' && 'only Linux has a disk that is always full'],
];

for (const [what, block, unblock, reason, skip] of blocks) {
  test(`a save that fails because ${what} changes nothing, and the next one works`, { skip }, async (t) => {
    const path = newPath(t);
    const storage = await jsonFileStorage(path);
    const menu = menuOf(storage);
    await menu.insert(named('Iced tea'));
    const before = readFileSync(path, 'utf8');
    block(path);
    const failed = await Promise.allSettled([menu.insert(named('Mocha')), menu.update(2, 1, named('Cortado')), menu.remove(1), menu.remove(99)]);
    unblock(path);
    assert.deepEqual(failed.map(({ status }) => status), ['rejected', 'rejected', 'rejected', 'fulfilled']);
    for (const result of failed.slice(0, 3)) {
      const { message } = (result as PromiseRejectedResult).reason as Error;
      assert.ok(message.startsWith(`${path} could not be saved, so the change was not made: `), message);
      assert.match(message, reason);
    }
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.deepEqual((await menu.list()).records.map(({ name }) => name), ['Espresso', 'Flat white', 'Iced tea']);
    assert.deepEqual(await menu.find('name', 'Mocha'), []);
    assert.equal((await menu.insert(named('Mocha'))).id, 4);
    await storage.close();
    assert.deepEqual((await menuOf(await jsonFileStorage(path)).list()).records, (await menu.list()).records);
  });
}

test('a save that fails fails alone: what waits behind it is saved', async (t) => {
  const path = newPath(t);
  const menu = menuOf(await jsonFileStorage(path));
  await menu.insert(named('Iced tea'));
  mkdirSync(`${path}.new`);
  const failing = menu.insert(named('Mocha'));
  const waiting = ['a', 'b', 'c'].map((name) => menu.insert(named(name)));
  await assert.rejects(failing);
  rmdirSync(`${path}.new`);
  assert.deepEqual((await Promise.all(waiting)).map(({ id, name }) => [id, name]), [[4, 'a'], [5, 'b'], [6, 'c']]);
  assert.deepEqual((await menuOf(await jsonFileStorage(path)).list()).records.map(({ name }) => name), ['Espresso', 'Flat white', 'Iced tea', 'a', 'b', 'c']);
});

test('oneAfterTheOther() begins a job when the one before is over, however it ended', async () => {
  const inTurn = oneAfterTheOther();
  const log: string[] = [];
  const job = (name: string, fails = false) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled([inTurn(job('a')), inTurn(job('b', true)), inTurn(job('c')), inTurn(() => { throw new Error('d'); })]);
  assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  assert.deepEqual(results.map((result) => (result.status === 'fulfilled' ? result.value : `no ${result.reason.message}`)), ['a', 'no b', 'c', 'no d']);
});

test('a record is kept as it was handed in, whatever the caller does with it meanwhile', async (t) => {
  const path = newPath(t);
  const menu = menuOf(await jsonFileStorage(path));
  const fields = [named('a'), named('b'), named('c')];
  const inserted = fields.map((one) => menu.insert(one));
  for (const one of fields) one.price = 1;
  for (const item of await Promise.all(inserted)) assert.equal(item.price, 340);
  const changes = named('d');
  const updated = [menu.remove(4), menu.update(5, 1, changes)] as const;
  changes.name = 'e';
  assert.equal((await updated[1]).name, 'd');
});

test('what is not on the disk yet is not seen yet', async (t) => {
  const path = newPath(t);
  const menu = menuOf(await jsonFileStorage(path));
  const insert = menu.insert(named('Iced tea'));
  let onDisk = false;
  while (!onDisk) {
    const seen = (await menu.find('name', 'Iced tea')).length === 1;
    onDisk = existsSync(path) && readFileSync(path, 'utf8').includes('Iced tea');
    assert.ok(onDisk || !seen, 'it was seen before it was kept');
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal((await insert).id, 3);
});

// ── somebody else's hands in the file ─────────────────────────────────────────────────────────

for (const [what, meddle] of [
  ['written into', (path) => writeFileSync(path, fileOf(two.replace('340', '360')))],
  ['replaced', (path) => { writeFileSync(`${path}.other`, readFileSync(path)); renameSync(`${path}.other`, path); }],
  ['moved away, with its folder', (path) => renameSync(dirname(path), `${dirname(path)}-old`)],
] as [string, (path: string) => void][]) {
  test(`a file that was ${what} meanwhile is not overwritten`, async (t) => {
    const path = newPath(t);
    write(path, fileOf(two));
    const menu = menuOf(await jsonFileStorage(path));
    meddle(path);
    const meddled = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const sentence = `${path} was changed by hand or by another program since this server read it, so nothing is saved. Restart this server: it then reads the file as it is now.`;
    for (const change of [() => menu.insert(named('Iced tea')), () => menu.update(2, 1, named('Cortado')), () => menu.remove(2)]) {
      await assert.rejects(change, { message: sentence });
    }
    assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : undefined, meddled);
    assert.deepEqual((await menu.list()).records, items.slice(0, 2));
    const again = menuOf(await jsonFileStorage(path));
    assert.equal((await again.insert(named('Iced tea'))).id, 3);
  });
}

test('of two servers on one file, the second one to save is told', async (t) => {
  const path = newPath(t);
  const [one, other] = [menuOf(await jsonFileStorage(path)), menuOf(await jsonFileStorage(path))];
  await one.insert(named('Iced tea'));
  await assert.rejects(other.insert(named('Mocha')), /was changed by hand or by another program/);
  await one.insert(named('Cortado'));
  assert.deepEqual((await menuOf(await jsonFileStorage(path)).list()).records, (await one.list()).records);
});

// ── over HTTP ─────────────────────────────────────────────────────────────────────────────────

test('100 requests at once and a restart keep everything', async (t) => {
  const path = newPath(t);
  const storage = await jsonFileStorage(path);
  const url = await serve(t, answerWith(withErrors(router(menuRoutes(menuOf(storage))))));
  const added = await Promise.all(Array.from({ length: 100 }, async (_, n) => {
    const answer = await fetch(`${url}/api/menu`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(named(`cup ${n}`)) });
    return { status: answer.status, item: await answer.json() as Item };
  }));
  assert.deepEqual(added.map(({ status }) => status), Array(100).fill(201));
  const kept = (await menuOf(await jsonFileStorage(path)).list({ limit: 1_000 })).records;
  assert.deepEqual(kept.slice(2), added.map(({ item }) => item).sort((a, b) => a.id - b.id));
  assert.deepEqual(kept.map(({ id }) => id), Array.from({ length: 102 }, (_, n) => n + 1));
  assert.equal(new Set(kept.map(({ name }) => name)).size, 102);
});

test('a change that cannot be saved is answered with 500, and the menu stays as it is', async (t) => {
  const path = newPath(t);
  const bugs: Error[] = [];
  const menu = menuOf(await jsonFileStorage(path));
  const url = await serve(t, answerWith(withErrors(router(menuRoutes(menu)), { report: (bug) => bugs.push(bug as Error) })));
  const post = async () => (await fetch(`${url}/api/menu`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(named('Mocha')) })).status;
  mkdirSync(`${path}.new`, { recursive: true });
  assert.equal(await post(), 500);
  assert.deepEqual(await (await fetch(`${url}/api/menu`)).json(), { items: items.slice(0, 2) });
  assert.equal(bugs.length, 1);
  assert.match(bugs[0]!.message, /could not be saved, so the change was not made/);
  rmdirSync(`${path}.new`);
  assert.equal(await post(), 201);
});

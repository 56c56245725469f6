// The disk under a program that is checked (disk.js): whatever it writes with, it can be full, and it
// is known what was flushed.
//
//   POST /append   fs.promises.appendFile(…, { flush: true })  ──►  after a power cut the line is there
//   the same, without flush                                    ──►  it is gone
//   on a full disk                                             ──►  half of it is there, and ENOSPC

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openShop, type Shop } from '../lessons/classroom/check/shop.ts';
import { keepSpares } from '../lessons/classroom/check/spare.ts';
import { root } from '../lessons/classroom/course.ts';

const LINE = '{"from":"ada ☕"}\n';
const half = LINE.slice(0, 10);

/** What stands in a handler, with `path` to write to; `done` is to be called in the end by those with callbacks. */
const flushing = {
  'file.write()': `const file = await open(path, 'a'); await all(file, bytes); await file.datasync();`,
  'file.writev()': `const file = await open(path, 'a'); const { bytesWritten } = await file.writev([bytes]); await all(file, bytes.subarray(bytesWritten)); await file.sync();`,
  'file.writeFile()': `const file = await open(path, 'a'); await file.writeFile(bytes); await file.sync();`,
  'file.appendFile()': `const file = await open(path, 'a'); await file.appendFile(LINE); await file.datasync();`,
  'promises.appendFile()': `await promises.appendFile(path, LINE, { flush: true });`,
  'promises.writeFile()': `await promises.writeFile(path, LINE, { flush: true });`,
  'promises.writeFile(), flag "as"': `await promises.writeFile(path, LINE, { flag: 'as' });`,
  'writeSync()': `const fd = fs.openSync(path, 'a'); for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at); fs.fdatasyncSync(fd); fs.closeSync(fd);`,
  'appendFileSync()': `fs.appendFileSync(path, LINE, { flush: true });`,
  'writeFileSync()': `const fd = fs.openSync(path, 'w'); fs.writeFileSync(fd, LINE); fs.fsyncSync(fd); fs.closeSync(fd);`,
  'openSync("as")': `const fd = fs.openSync(path, 'as'); for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at); fs.closeSync(fd);`,
  'open("as")': `const file = await open(path, 'as'); await all(file, bytes);`,
  'write()': `const fd = fs.openSync(path, 'a'); fs.write(fd, LINE, (error, count) => fs.write(fd, bytes, count, (more) => fs.fsync(fd, (last) => done(error ?? more ?? last)))); await over;`,
  'appendFile()': `fs.appendFile(path, LINE, (error) => (error ? done(error) : fs.open(path, 'r+', (_, fd) => fs.fdatasync(fd, done)))); await over;`,
  'writeFile()': `fs.writeFile(path, LINE, { flush: true }, done); await over;`,
  'createWriteStream()': `const fd = fs.openSync(path, 'a'); const stream = fs.createWriteStream(path, { flags: 'a' }); stream.on('error', done).on('finish', () => fs.fsync(fd, done)); stream.write(LINE.slice(0, 4)); stream.end(LINE.slice(4)); await over;`,
};

const notFlushing = {
  'no flush': `await promises.appendFile(path, LINE);`,
  'no flush, all at once': `fs.appendFileSync(path, LINE);`,
  'a flush before': `const file = await open(path, 'a'); await file.datasync(); await file.write(LINE);`,
  'a flush of another file': `const file = await open(path + '.other', 'a'); await promises.appendFile(path, LINE); await file.datasync();`,
  'a flush after the answer': `const file = await open(path, 'a'); await file.write(LINE); later = () => file.datasync();`,
};

const ways = Object.entries({ ...flushing, ...notFlushing });

const program = `
import fs, { promises } from 'node:fs';
import { createServer } from 'node:http';

const LINE = ${JSON.stringify(LINE)};
const bytes = Buffer.from(LINE);
const all = async (file, bytes) => { for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten; };
let later = () => {};

// Kept: Node 26 ends a program that has lost sight of an open file.
const files = [];
const open = async (...given) => {
  const file = await promises.open(...given);
  files.push(file);
  return file;
};

const ways = [${ways.map(([, code]) => `async (path, over, done) => { ${code} }`).join(',\n')}];

createServer(async (request, response) => {
  const number = request.url.slice(1);
  let done = () => {};
  const over = new Promise((resolve, reject) => { done = (error) => (error ? reject(error) : resolve()); });
  over.catch(() => {});
  try {
    if (number === 'elsewhere') fs.writeSync(fs.openSync(new URL('elsewhere', import.meta.url), 'w'), LINE);
    if (request.method === 'POST') await ways[number](process.env.DATA_DIR + '/' + number, over, done);
    response.writeHead(201).end();
    later();
  } catch (error) {
    response.writeHead(500).end(error.code);
  }
}).listen(3000);
`;

describe('the disk under a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  const file = join(folder, 'answer.ts');
  const spares = keepSpares(0);
  let shop: Shop;

  before(async () => {
    writeFileSync(file, program);
    shop = openShop({ file, check: { steps: [] }, spares, root });
    await shop.open();
  });
  after(async () => {
    await shop.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  for (const [index, [name]] of ways.entries()) {
    const isFlushed = name in flushing;
    test(`${name}: what was written is ${isFlushed ? 'kept' : 'gone'} after a power cut`, async () => {
      const { status, text } = await shop.ask(`POST /${index}`);
      assert.deepEqual([status, text], [201, '']);
      assert.equal(shop.cafe.file(String(index)), LINE);
      await shop.cafe.cutPower();
      assert.equal(shop.cafe.file(String(index)), isFlushed ? LINE : '');
    });
  }

  for (const [index, [name]] of ways.entries()) {
    if (!(name in flushing)) continue;
    test(`${name}: a full disk takes half of it, until there is room`, async () => {
      shop.cafe.put(String(index), '');
      await shop.cafe.fillDisk();
      const { status, text } = await shop.ask(`POST /${index}`);
      assert.deepEqual([status, text], [500, 'ENOSPC']);
      assert.equal(shop.cafe.file(String(index)), half);
      await shop.cafe.freeDisk();
      shop.cafe.put(String(index), '');
      assert.equal((await shop.ask(`POST /${index}`)).status, 201);
      assert.equal(shop.cafe.file(String(index)), LINE);
    });
  }

  test('only the data folder is full: the notes of the recorder stand elsewhere', async () => {
    await shop.cafe.fillDisk();
    assert.equal((await shop.ask('GET /elsewhere')).status, 201);
    await shop.cafe.freeDisk();
    assert.equal(readFileSync(join(folder, 'elsewhere'), 'utf8'), LINE);
  });

  test('what lay in the folder before the start is kept', async () => {
    shop.cafe.put('menu.json', '[42]');
    await shop.cafe.restart();
    await shop.ask('GET /');
    await shop.cafe.cutPower();
    assert.equal(shop.cafe.file('menu.json'), '[42]');
  });
});

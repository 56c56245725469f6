// The menu for programs, asked over real HTTP as a program would ask it.
//
//   await ask('PUT /api/menu/2', { 'if-match': '"1"' }, { ...flatWhite, price: 360 })
//     ──►  { status: 200, headers, body: { id: 2, price: 360, version: 2, … } }

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import type { Collection } from '../lessons/09-logic/storage.ts';
import { menuRoutes } from '../lessons/10-api/menu-api.ts';
import { sendRaw, serve } from './serve.ts';

const flatWhite = { name: 'Flat white', price: 340, category: 'coffee', stock: 120 };
const icedTea = { name: 'Iced tea', price: 340, category: 'tea', stock: 40 };

const menuOf22 = () => memoryStorage().collection<Item>('menu', { unique: ['name'], indexes: ['category'], initial: items });

async function open(t: TestContext, menu: Collection<Item> = menuOf22()) {
  const bugs: unknown[] = [];
  const url = await serve(t, answerWith(withErrors(router(menuRoutes(menu)), { report: (bug) => bugs.push(bug) })));
  t.after(() => assert.deepEqual(bugs, []));

  async function ask(line: string, headers: Record<string, string> = {}, body?: unknown) {
    const [method = 'GET', path = '/'] = line.split(' ');
    const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(url + path, { method, headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }, body: sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, get body() { return JSON.parse(text); } };
  }

  return { menu, url, ask, listed: async () => (await ask('GET /api/menu?limit=100')).body.items as Item[] };
}

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['ask']>>;

/** The whole answer to a client's mistake. */
function assertProblem(answer: Answer, status: number, title: string, detail: string, errors?: string[]): void {
  const { body } = answer;
  assert.deepEqual({ ...body, ...(body.errors && { errors: body.errors.map(({ message }: { message: string }) => message) }) }, { title, status, detail, ...(errors && { errors }) });
  assert.equal(answer.status, status);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(answer.headers.get('vary'), 'accept');
}

// ── GET ───────────────────────────────────────────────────────────────────────────────────────

test('GET /api/menu lists all items, and says that there are no more', async (t) => {
  const { ask } = await open(t);
  const answer = await ask('GET /api/menu');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  assert.deepEqual(answer.body, { items });
});

for (const limit of [1, 5, 11, 21, 22, 100]) {
  test(`GET /api/menu?limit=${limit} leads by "next" from page to page to the end`, async (t) => {
    const { ask } = await open(t);
    const pages: Item[][] = [];
    let next = `/api/menu?limit=${limit}`;
    while (next) {
      const { body } = await ask(`GET ${next}`);
      pages.push(body.items);
      next = body.next;
    }
    assert.deepEqual(pages.flat(), items);
    assert.equal(pages.length, Math.ceil(22 / limit));
  });
}

test('GET /api/menu pages well while items come and go', async (t) => {
  const { ask, menu } = await open(t);
  const first = (await ask('GET /api/menu?limit=5')).body;
  assert.equal(first.next, '/api/menu?after=5&limit=5');
  for (const id of [2, 5, 6]) await menu.remove(id);
  await menu.insert(icedTea);
  const second = (await ask(`GET ${first.next}`)).body;
  assert.deepEqual(second.items.map(({ id }: Item) => id), [7, 8, 9, 10, 11]);
  assert.deepEqual((await ask('GET /api/menu?after=21')).body.items.map(({ id }: Item) => id), [22, 23]);
});

test('GET /api/menu lists 50 unless it is told how many', async (t) => {
  const { ask, menu } = await open(t);
  for (let n = 0; n < 40; n += 1) await menu.insert({ ...icedTea, name: `Tea ${n}` });
  const { body } = await ask('GET /api/menu');
  assert.equal(body.items.length, 50);
  assert.equal(body.next, '/api/menu?after=50&limit=50');
});

test('GET /api/menu of an empty menu', async (t) => {
  const { ask } = await open(t, memoryStorage().collection<Item>('menu', { indexes: ['category'] }));
  assert.deepEqual((await ask('GET /api/menu')).body, { items: [] });
  assert.deepEqual((await ask('GET /api/menu?category=tea')).body, { items: [] });
});

test('GET /api/menu?category=tea lists the teas, and an unknown category nothing', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('GET /api/menu?category=tea')).body, { items: items.filter(({ category }) => category === 'tea') });
  for (const category of ['wine', '__proto__', 'Tea', '2024']) assert.deepEqual((await ask(`GET /api/menu?category=${category}`)).body, { items: [] });
  assert.equal((await ask(`GET /api/menu?category=${'x'.repeat(61)}`)).status, 400);
});

const teas = items.filter(({ category }) => category === 'tea');

for (const limit of [1, 2, teas.length - 1, teas.length, teas.length + 1]) {
  test(`GET /api/menu?category=tea&limit=${limit} leads from page to page of teas`, async (t) => {
    const { ask } = await open(t);
    const pages: Item[][] = [];
    let next = `/api/menu?category=tea&limit=${limit}`;
    while (next) {
      const { body } = await ask(`GET ${next}`);
      pages.push(body.items);
      next = body.next;
    }
    assert.deepEqual(pages.flat(), teas);
    assert.equal(pages.length, Math.ceil(teas.length / limit));
  });
}

test('GET /api/menu?category=…&after=… begins after that id, also one of another category', async (t) => {
  const { ask, menu } = await open(t);
  const last = teas.at(-1)!.id;
  assert.deepEqual((await ask(`GET /api/menu?category=tea&after=${last}`)).body, { items: [] });
  const { body } = await ask(`GET /api/menu?after=${teas[0]!.id - 1}&category=tea`);
  assert.deepEqual(body, { items: teas });
  for (let n = 0; n < 60; n += 1) await menu.insert({ ...icedTea, name: `Tea ${n}` });
  const first = (await ask('GET /api/menu?category=tea')).body;
  assert.equal(first.items.length, 50);
  assert.equal(first.next, `/api/menu?category=tea&after=${first.items[49].id}&limit=50`);
});

test('GET /api/menu leads on within a category whose name has signs in it', async (t) => {
  const { ask, menu } = await open(t);
  for (const n of [1, 2]) {
    await menu.insert({ ...icedTea, name: `Wine ${n}`, category: 'red & "white"' as 'tea' });
  }
  const { body } = await ask('GET /api/menu?category=red%20%26%20%22white%22&limit=1');
  assert.equal(body.next, '/api/menu?category=red%20%26%20%22white%22&after=23&limit=1');
  assert.deepEqual((await ask(`GET ${body.next}`)).body.items.map(({ id }: Item) => id), [24]);
});

test('GET /api/menu?after= takes the largest number that there is', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('GET /api/menu?after=9007199254740991')).body, { items: [] });
});

for (const query of ['limit=1&limit=2', 'limit=2&limit=2', 'category=tea&%63ategory=', '&=&=1']) {
  test(`GET /api/menu?${query} is refused: one field of two would get lost`, async (t) => {
    const { ask } = await open(t);
    const name = query.includes('limit') ? 'limit' : query.includes('tea') ? 'category' : '';
    const sentence = `The query has the field "${name}" twice, and only one of them would count: ` +
      'send it once.';
    assertProblem(await ask(`GET /api/menu?${query}`), 400, 'Bad Request', sentence);
  });
}

test('GET /api/menu takes a field of the query that is empty, as forms send it, for none', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('GET /api/menu?after=&limit=&category=')).body, { items });
});

const limitRule = '"limit" must be a whole number from 1 to 100, but it was';
const afterRule = '"after" must be a whole number from 0 to 9007199254740991, but it was';

for (const [query, ...errors] of [
  ['limit=0', `${limitRule} 0.`],
  ['limit=101', `${limitRule} 101.`],
  ['limit=-1', `${limitRule} -1.`],
  ['limit=2.5', `${limitRule} "2.5".`],
  ['limit=ten', `${limitRule} "ten".`],
  ['limit=1e400', `${limitRule} "1e400".`],
  ['limit=99999999999999999999', `${limitRule} "99999999999999999999".`],
  ['after=-1', `${afterRule} -1.`],
  ['after=2&limit=x&color=red', `${limitRule} "x".`, '"color" is not a known field. The fields are after, limit, category.'],
  ['__proto__=1', '"__proto__" is not a known field. The fields are after, limit, category.'],
  ['constructor=1', '"constructor" is not a known field. The fields are after, limit, category.'],
  ['=1', '"" is not a known field. The fields are after, limit, category.'],
  ['=', '"" is not a known field. The fields are after, limit, category.'],
  ['limit=1000000000000000', `${limitRule} 1000000000000000.`],
  ['after=9007199254740992', `${afterRule} "9007199254740992".`],
  ['after=9007199254740993', `${afterRule} "9007199254740993".`],
  ['category=tea&limit=0', `${limitRule} 0.`],
] as const) {
  test(`GET /api/menu?${query} is refused, with every wrong field named`, async (t) => {
    const { ask } = await open(t);
    assertProblem(await ask(`GET /api/menu?${query}`), 400, 'Bad Request', 'Some fields are not valid.', [...errors]);
  });
}

test('GET /api/menu/2 gives the item and its etag', async (t) => {
  const { ask } = await open(t);
  const answer = await ask('GET /api/menu/2');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  assert.equal(answer.headers.get('etag'), '"1"');
  assert.deepEqual(answer.body, { id: 2, ...flatWhite, version: 1 });
});

for (const [header, status] of [
  ['"1"', 304],
  ['W/"1"', 304],
  ['"7", "1"', 304],
  ['"7",W/"1"', 304],
  ['*', 304],
  ['"2"', 200],
  ['"11"', 200],
  ['1', 200],
  ['', 200],
] as const) {
  test(`GET with if-none-match ${header || '(empty)'} is answered ${status}`, async (t) => {
    const { ask } = await open(t);
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(`${method} /api/menu/2`, { 'if-none-match': header });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('etag'), '"1"');
      assert.equal(answer.text === '', status === 304 || method === 'HEAD');
    }
  });
}

for (const id of ['0', '23', 'abc', '1.5', '-1', '+1', '01', '1e400', '1e0', 'Infinity', 'NaN', '9'.repeat(15), '9'.repeat(16), '9007199254740993', '9'.repeat(300), '__proto__', 'constructor', '%F0%9F%91%BB', '2%20']) {
  test(`${id.slice(0, 20)} is the id of nothing`, async (t) => {
    const { ask, listed } = await open(t);
    const sentence = `There is no item "${decodeURIComponent(id)}". The menu is at /api/menu.`;
    assertProblem(await ask(`GET /api/menu/${id}`), 404, 'Not Found', sentence);
    assertProblem(await ask(`PUT /api/menu/${id}`, { 'if-match': '"1"' }, icedTea), 404, 'Not Found', sentence);
    assertProblem(await ask(`PUT /api/menu/${id}`, {}, icedTea), 404, 'Not Found', sentence);
    assert.equal((await ask(`DELETE /api/menu/${id}`)).status, 204);
    assert.deepEqual(await listed(), items);
  });
}

test('an id may be as large as a number that a computer counts exactly', async (t) => {
  const id = Number.MAX_SAFE_INTEGER - 1;
  const { ask } = await open(t, memoryStorage().collection<Item>('menu', { initial: [{ ...items[1]!, id }] }));
  assert.equal((await ask(`GET /api/menu/${id}`)).body.id, id);
  assert.equal((await ask(`GET /api/menu/${id + 3}`)).status, 404);
});

// ── POST ──────────────────────────────────────────────────────────────────────────────────────

test('POST adds an item, and says where it is and which version', async (t) => {
  const { ask } = await open(t);
  const added = await ask('POST /api/menu', {}, { ...icedTea, name: '  Iced tea ' });
  assert.equal(added.status, 201);
  assert.equal(added.headers.get('content-type'), 'application/json');
  assert.equal(added.headers.get('location'), '/api/menu/23');
  assert.equal(added.headers.get('etag'), '"1"');
  assert.deepEqual(added.body, { ...icedTea, id: 23, version: 1 });
  const found = await ask(`GET ${added.headers.get('location')}`);
  assert.deepEqual([found.body, found.headers.get('etag')], [added.body, '"1"']);
  assert.deepEqual((await ask('GET /api/menu?after=22')).body, { items: [added.body] });
});

test('POST keeps text in other scripts as it came', async (t) => {
  const { ask } = await open(t);
  const name = '抹茶 "latte" ☕️ <b>\\';
  assert.equal((await ask('POST /api/menu', {}, { ...icedTea, name })).body.name, name);
  assert.equal((await ask('GET /api/menu/23')).body.name, name);
});

test('50 POSTs at once make 50 items, all with ids of their own', async (t) => {
  const { ask, listed } = await open(t);
  const added = await Promise.all(Array.from({ length: 50 }, (_, n) => ask('POST /api/menu', {}, { ...icedTea, name: `Tea ${n}` })));
  assert.deepEqual(added.map(({ status }) => status), Array(50).fill(201));
  assert.deepEqual(added.map(({ body }) => body.id as number).sort((a, b) => a - b), Array.from({ length: 50 }, (_, n) => n + 23));
  assert.deepEqual((await listed()).slice(22), added.map(({ body }) => body).sort((a, b) => a.id - b.id));
});

test('50 POSTs of one name at once make one item', async (t) => {
  const { ask, listed } = await open(t);
  const added = await Promise.all(Array.from({ length: 50 }, () => ask('POST /api/menu', {}, icedTea)));
  assert.deepEqual(added.map(({ status }) => status).sort(), [201, ...Array(49).fill(409)]);
  assert.equal((await listed()).length, 23);
});

// ── PUT ───────────────────────────────────────────────────────────────────────────────────────

for (const header of ['"1"', '*', ' "1" ', '"7", "1"', '"1","2"', 'W/"1", "1"']) {
  test(`PUT with if-match ${header} replaces the item, and gives its new etag`, async (t) => {
    const { ask, listed } = await open(t);
    const changed = await ask('PUT /api/menu/2', { 'if-match': header }, { ...flatWhite, name: 'Flat white, large', price: 390 });
    assert.equal(changed.status, 200);
    assert.equal(changed.headers.get('etag'), '"2"');
    assert.equal(changed.headers.get('content-type'), 'application/json');
    assert.deepEqual(changed.body, { ...flatWhite, name: 'Flat white, large', price: 390, id: 2, version: 2 });
    assert.deepEqual(await listed(), items.map((item) => (item.id === 2 ? changed.body : item)));
    assert.equal((await ask('GET /api/menu/2', { 'if-none-match': '"1"' })).status, 200);
    assert.equal((await ask('GET /api/menu/2', { 'if-none-match': '"2"' })).status, 304);
  });
}

for (const header of ['"2"', '"11"', '"7", "8"']) {
  test(`PUT and DELETE with if-match ${header} are refused with the etag that holds, and change nothing`, async (t) => {
    const { ask, listed } = await open(t);
    const sentence = `Somebody else has changed the item: you have version ${header}, and it is version "1" by now. Get it again, and make your change to that.`;
    for (const answer of [await ask('PUT /api/menu/2', { 'if-match': header }, icedTea), await ask('DELETE /api/menu/2', { 'if-match': header })]) {
      assertProblem(answer, 412, 'Precondition Failed', sentence);
      assert.equal(answer.headers.get('etag'), '"1"');
    }
    assert.deepEqual(await listed(), items);
  });
}

test('PUT without if-match is refused, and says what would do', async (t) => {
  const { ask, listed } = await open(t);
  assertProblem(await ask('PUT /api/menu/2', {}, icedTea), 428, 'Precondition Required', 'Say which version you have changed: the header "if-match" must be the etag of the item, such as "1".');
  assert.deepEqual(await listed(), items);
});

test('PUT replaces all fields: one that is left out is missing, not kept', async (t) => {
  const { ask, listed } = await open(t);
  const answer = await ask('PUT /api/menu/2', { 'if-match': '"1"' }, { price: 360 });
  assert.deepEqual(answer.body.errors.map(({ field }: { field: string }) => field), ['name', 'category', 'stock']);
  assert.equal(answer.status, 422);
  assert.deepEqual(await listed(), items);
});

test('PUT of what is there already is a new version all the same', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('PUT /api/menu/2', { 'if-match': '"1"' }, flatWhite)).body, { ...flatWhite, id: 2, version: 2 });
});

test('a name that another item has is refused, by POST and by PUT', async (t) => {
  const { ask, listed } = await open(t);
  const sentence = 'The name "Espresso" is already taken.';
  assertProblem(await ask('POST /api/menu', {}, { ...icedTea, name: 'Espresso' }), 409, 'Conflict', sentence);
  assertProblem(await ask('PUT /api/menu/2', { 'if-match': '"1"' }, { ...flatWhite, name: 'Espresso' }), 409, 'Conflict', sentence);
  assert.deepEqual(await listed(), items);
});

// ── DELETE ────────────────────────────────────────────────────────────────────────────────────

test('DELETE takes the item away, may be repeated, and gives its id to no other', async (t) => {
  const { ask, listed } = await open(t);
  for (const _ of 'twice') {
    const answer = await ask('DELETE /api/menu/22');
    assert.deepEqual([answer.status, answer.text, answer.headers.get('content-type')], [204, '', null]);
  }
  assert.equal((await ask('GET /api/menu/22')).status, 404);
  assert.deepEqual(await listed(), items.slice(0, 21));
  assert.equal((await ask('POST /api/menu', {}, { ...icedTea, name: 'Soup of the day' })).headers.get('location'), '/api/menu/23');
});

for (const header of ['"1"', '*', '"7", "1"']) {
  test(`DELETE with if-match ${header} takes the item away`, async (t) => {
    const { ask, listed } = await open(t);
    assert.equal((await ask('DELETE /api/menu/1', { 'if-match': header })).status, 204);
    assert.equal((await ask('DELETE /api/menu/1', { 'if-match': header })).status, 204);
    assert.deepEqual(await listed(), items.slice(1));
  });
}

// ── several at once ───────────────────────────────────────────────────────────────────────────

/** The same menu, but whoever gets an item waits until all have got it, as with a disk or a network between. */
function slow(menu: Collection<Item>, together: number): Collection<Item> {
  let release: () => void;
  const all = new Promise<void>((resolve) => { release = resolve; });
  let waiting = 0;
  return {
    ...menu,
    async get(id) {
      const item = await menu.get(id);
      waiting += 1;
      if (waiting === together) release();
      await all;
      return item;
    },
  };
}

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();

test('of two editors with the same version exactly one wins', async (t) => {
  const { ask, listed } = await open(t);
  const answers = await Promise.all([400, 500].map((price) => ask('PUT /api/menu/2', { 'if-match': '"1"' }, { ...flatWhite, price })));
  assert.deepEqual(statuses(answers), [200, 412]);
  const won = answers.find(({ status }) => status === 200)!;
  assert.deepEqual(await listed(), items.map((item) => (item.id === 2 ? won.body : item)));
  assert.equal(answers.find(({ status }) => status === 412)!.headers.get('etag'), '"2"');
});

test('of ten editors who looked at the same moment exactly one wins', async (t) => {
  const menu = menuOf22();
  const { ask } = await open(t, slow(menu, 10));
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => ask('PUT /api/menu/2', { 'if-match': '"1"' }, { ...flatWhite, price: n + 1 })));
  assert.deepEqual(statuses(answers), [200, ...Array(9).fill(412)]);
  assert.deepEqual(await menu.get(2), answers.find(({ status }) => status === 200)!.body);
  for (const answer of answers.filter(({ status }) => status === 412)) {
    assertProblem(answer, 412, 'Precondition Failed', 'Somebody else has changed it: version 1 was expected, and it is version 2 by now.');
  }
});

test('an item that is deleted while someone edits it is gone', async (t) => {
  const menu = menuOf22();
  const { ask } = await open(t, slow(menu, 2));
  const put = ask('PUT /api/menu/2', { 'if-match': '"1"' }, flatWhite);
  const gone = ask('DELETE /api/menu/2');
  const [changed, removed] = await Promise.all([put, gone]);
  assert.equal(removed.status, 204);
  assert.ok(changed.status === 200 || changed.status === 404, changed.text);
  assert.equal(await menu.get(2), undefined);
});

test('DELETE with the version from before someone changed it removes nothing', async (t) => {
  const menu = menuOf22();
  const { ask } = await open(t, { ...menu, async get(id) {
    const item = await menu.get(id);
    await menu.update(2, 1, { ...flatWhite, price: 360 });
    return item;
  } });
  assertProblem(await ask('DELETE /api/menu/2', { 'if-match': '"1"' }), 412, 'Precondition Failed', 'Somebody else has changed it: version 1 was expected, and it is version 2 by now.');
  assert.equal((await menu.get(2))!.price, 360);
});

// ── bad input ─────────────────────────────────────────────────────────────────────────────────

const broken = (body: string, rule: RegExp) => ({ what: body.slice(0, 40) || 'nothing', body, headers: {}, status: 400, title: 'Bad Request', rule });

for (const { what, body, headers, status, title, rule } of [
  broken('', /^The body is empty; it must be JSON, such as {"name":"Flat white"}\.$/),
  broken('{"name":"Iced tea"', /^The body must be JSON, but it cannot be read: .+\.$/),
  broken("{name:'Iced tea'}", /^The body must be JSON, but it cannot be read: .+\.$/),
  broken('{"__proto__":{"price":1}}', /^The body must not have a field called "__proto__"\.$/),
  broken('['.repeat(5_000) + ']'.repeat(5_000), /^The body is nested too deeply: at most 20 levels are read\.$/),
  { what: 'bytes that are no UTF-8', body: Buffer.from('{"name":"caf\xe9"}', 'latin1'), headers: {}, status: 400, title: 'Bad Request', rule: /^The body must be text in UTF-8, but some of its bytes are not\.$/ },
  { what: 'a body that is too large', body: JSON.stringify({ ...icedTea, name: 'x'.repeat(100_000) }), headers: {}, status: 413, title: 'Payload Too Large', rule: /^The body is too large: at most 100000 bytes are read\.$/ },
  { what: 'text', body: JSON.stringify(icedTea), headers: { 'content-type': 'text/plain' }, status: 415, title: 'Unsupported Media Type', rule: /^The content-type must be application\/json, but it was "text\/plain"\.$/ },
  { what: 'a form', body: 'name=Iced+tea', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415, title: 'Unsupported Media Type', rule: /^The content-type must be application\/json, but it was "application\/x-www-form-urlencoded"\.$/ },
  { what: 'another charset', body: JSON.stringify(icedTea), headers: { 'content-type': 'application/json; charset=latin1' }, status: 415, title: 'Unsupported Media Type', rule: /^The charset must be utf-8, but it was "latin1"\.$/ },
  { what: 'a packed body', body: JSON.stringify(icedTea), headers: { 'content-encoding': 'gzip' }, status: 415, title: 'Unsupported Media Type', rule: /content-encoding was "gzip"\.$/ },
]) {
  test(`POST and PUT of ${what} are refused with ${status}, and change nothing`, async (t) => {
    const { ask, listed } = await open(t);
    for (const answer of [await ask('POST /api/menu', headers, body), await ask('PUT /api/menu/2', { ...headers, 'if-match': '"1"' }, body)]) {
      assert.match(answer.body.detail, rule);
      assertProblem(answer, status, title, answer.body.detail);
      if (status === 415) assert.deepEqual([answer.headers.get('accept'), answer.headers.get('accept-encoding')], what === 'a packed body' ? [null, 'identity'] : ['application/json', null]);
    }
    assert.deepEqual(await listed(), items);
  });
}

const priceRule = '"price" must be a whole number of cents from 1 to 100000, but it was';
const unknown = (field: string) => `"${field}" is not a known field. The fields are name, price, category, stock.`;

for (const [body, ...errors] of [
  [{}, '"name" is missing: it must be a line of 1 to 60 characters.', '"price" is missing: it must be a whole number of cents from 1 to 100000.', '"category" is missing: it must be one of coffee, tea, warm, cold, bakery, kitchen.', '"stock" is missing: it must be a whole number from 0 to 10000.'],
  [{ name: ' ', price: '3,40', category: 'wine', stock: -1, colour: 'red' }, '"name" must be a line of 1 to 60 characters, but it was " ".', `${priceRule} "3,40".`, '"category" must be one of coffee, tea, warm, cold, bakery, kitchen, but it was "wine".', '"stock" must be a whole number from 0 to 10000, but it was -1.', unknown('colour')],
  [{ ...icedTea, price: 0 }, `${priceRule} 0.`],
  [{ ...icedTea, price: 3.4 }, `${priceRule} 3.4.`],
  [{ ...icedTea, price: '340' }, `${priceRule} "340".`],
  [{ ...icedTea, price: 100_001 }, `${priceRule} 100001.`],
  [{ ...icedTea, price: null }, `${priceRule} null.`],
  [{ ...icedTea, id: 1 }, unknown('id')],
  [{ ...icedTea, version: 7 }, unknown('version')],
  [{ ...icedTea, id: 2, version: 1 }, unknown('id'), unknown('version')],
  [{ ...icedTea, constructor: 'x' }, unknown('constructor')],
  [{ ...icedTea, name: 'Iced\ntea' }, '"name" must be a line of 1 to 60 characters, but it was "Iced\\ntea".'],
  [{ ...icedTea, name: '\ud83d' }, '"name" must be a line of 1 to 60 characters, but it was "\\ud83d".'],
  [[icedTea], `The body must be an object with fields, such as {"name":"Flat white"}, but it was [${JSON.stringify(icedTea).slice(0, 59)}….`],
  [null, 'The body must be an object with fields, such as {"name":"Flat white"}, but it was null.'],
] as [unknown, ...string[]][]) {
  test(`POST and PUT of ${JSON.stringify(body).slice(0, 90)} are refused with every wrong field named, and change nothing`, async (t) => {
    const { ask, listed } = await open(t);
    for (const answer of [await ask('POST /api/menu', {}, body), await ask('PUT /api/menu/2', { 'if-match': '"1"' }, body)]) {
      assertProblem(answer, 422, 'Unprocessable Entity', 'Some fields are not valid.', errors);
    }
    assert.deepEqual(await listed(), items);
  });
}

test('a body that breaks off changes nothing, and the server lives on', async (t) => {
  const { url, ask, listed } = await open(t);
  const body = JSON.stringify(icedTea);
  for (const line of ['POST /api/menu', 'PUT /api/menu/2']) {
    const head = `${line} HTTP/1.1\r\nhost: x\r\nif-match: "1"\r\ncontent-type: application/json\r\n`;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`${head}content-length: ${body.length + 1}\r\n\r\n${body}`, () => setTimeout(() => socket.destroy(), 20));
    await new Promise((resolve) => socket.once('close', resolve));
    const chunked = connect(Number(new URL(url).port), '127.0.0.1');
    chunked.end(`${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`);
    await new Promise((resolve) => chunked.resume().once('close', resolve));
  }
  assert.deepEqual(await listed(), items);
  assert.equal((await ask('POST /api/menu', {}, icedTea)).status, 201);
});

// ── the other methods ─────────────────────────────────────────────────────────────────────────

for (const [line, allow] of [
  ['PATCH /api/menu/2', 'DELETE, GET, HEAD, OPTIONS, PUT'],
  ['POST /api/menu/2', 'DELETE, GET, HEAD, OPTIONS, PUT'],
  ['PUT /api/menu', 'GET, HEAD, OPTIONS, POST'],
  ['DELETE /api/menu', 'GET, HEAD, OPTIONS, POST'],
] as const) {
  test(`${line} is refused, and the answer says what would do`, async (t) => {
    const { ask, listed } = await open(t);
    const [method, path] = line.split(' ');
    const answer = await ask(line);
    assertProblem(answer, 405, 'Method Not Allowed', `"${path}" does not answer ${method}. It answers ${allow}.`);
    assert.equal(answer.headers.get('allow'), allow);
    const options = await ask(`OPTIONS ${path}`);
    assert.deepEqual([options.status, options.headers.get('allow'), options.text], [204, allow, '']);
    assert.deepEqual(await listed(), items);
  });
}

for (const path of ['/api/menu', '/api/menu/2', '/api/menu/99', '/api/menu?limit=0']) {
  test(`HEAD ${path} has the head of GET, and no body`, async (t) => {
    const { ask, url } = await open(t);
    const [get, head] = [await ask(`GET ${path}`), await ask(`HEAD ${path}`)];
    assert.equal(head.text, '');
    assert.equal(head.status, get.status);
    const plain = ({ headers }: Answer) => [...headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name));
    assert.deepEqual(plain(head), plain(get));
    assert.ok((await sendRaw(url, `HEAD ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).endsWith('\r\n\r\n'));
  });
}

test('a slash at the end leads to the address without it', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('GET /api/menu/')).body, { items });
  assert.equal((await ask('POST /api/menu/', {}, icedTea)).status, 201);
});

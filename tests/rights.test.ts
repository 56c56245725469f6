// Rights: a table, a function that reads it, and every route of the lesson tried as everybody.
//
//   rights(routes, { 'PUT /api/menu/:id': 'staff' }, whoIs)   PUT of ada, a customer  ──►  403

import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { text } from '../lessons/02-reply/reply.ts';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router, type Route } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { html } from '../lessons/02-reply/reply.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { menuRoutes } from '../lessons/10-api/menu-api.ts';
import { layout, type Show } from '../lessons/12-pages/layout.ts';
import { accountOptions, openAccount, type Account } from '../lessons/14-passwords/accounts.ts';
import { accountRoutes } from '../lessons/14-passwords/account-routes.ts';
import { makePasswords } from '../lessons/14-passwords/password.ts';
import { makeCheckPassword } from '../lessons/15-login/check-password.ts';
import { loginPages, ownAddress } from '../lessons/15-login/login-pages.ts';
import { sessionRoutes } from '../lessons/15-login/login.ts';
import { makeSessions, sessionOptions, type Session } from '../lessons/15-login/sessions.ts';
import { makeWhoIs } from '../lessons/15-login/who.ts';
import { cafeAccess } from '../lessons/16-rights/access.ts';
import { accountAccess, accountApi } from '../lessons/16-rights/account-api.ts';
import { maySee, rights } from '../lessons/16-rights/rights.ts';
import { joinAccess, type Access, type Role } from '../lessons/16-rights/roles.ts';
import { staffAccess, staffPages } from '../lessons/16-rights/staff-pages.ts';
import { serve } from './serve.ts';

const password = 'flat white, no sugar';
const people = { ada: 'customer', ben: 'customer', grace: 'staff' } as const;
type Person = keyof typeof people | 'guest';

const show: Show = async ({ call, title, body, status = 200, here = call.address.path }) => {
  const nav = [{ name: 'Menu', address: '/menu' }, { name: 'The staff page', address: '/staff' }];
  return html(status, layout({ title, nav, here, styles: [], scripts: [], body }));
};

// What must never change by accident. Routes that are not here have the role that the lesson gives.
const pinned: Access = {
  'GET /api/menu': 'anyone', 'GET /api/menu/:id': 'anyone', 'POST /api/menu': 'staff', 'PUT /api/menu/:id': 'staff', 'DELETE /api/menu/:id': 'staff',
  'POST /api/session': 'anyone', 'GET /api/session': 'anyone', 'DELETE /api/session': 'anyone',
  'GET /login': 'anyone', 'POST /login': 'anyone', 'POST /logout': 'anyone',
  'POST /api/accounts': 'anyone', 'GET /account': 'anyone', 'POST /account': 'anyone', 'GET /account/welcome': 'anyone',
  'GET /api/accounts': 'staff', 'GET /api/accounts/:id': 'customer',
  'GET /staff': 'staff', 'GET /menu/:id/edit': 'staff', 'POST /menu/:id/edit': 'staff',
};

const lesson = joinAccess(cafeAccess, accountAccess, staffAccess);

function accessTo(routes: Route[]): Access {
  const names = routes.map(({ method, pattern }) => `${method} ${pattern}`);
  return { ...Object.fromEntries(names.filter((name) => Object.hasOwn(lesson, name)).map((name) => [name, lesson[name]!])), ...pinned };
}

async function open(t: TestContext, more: { routes?: Route[]; access?: Access } = {}) {
  const storage = memoryStorage();
  const bugs: unknown[] = [];
  const menu = storage.collection<Item>('menu', { unique: ['name'], indexes: ['category'], initial: items });
  const accounts = storage.collection<Account>('accounts', accountOptions);
  const passwords = makePasswords({ cost: 1024 });
  const sessions = makeSessions(storage.collection<Session>('sessions', sessionOptions));
  const whoIs = makeWhoIs(sessions, accounts);
  const auth = { checkPassword: makeCheckPassword(accounts, passwords), sessions, whoIs };
  const routes = [...menuRoutes(menu), ...accountRoutes(accounts, passwords, show), ...sessionRoutes(auth), ...loginPages(auth, show), ...accountApi(accounts, whoIs), ...staffPages(menu, show), ...more.routes ?? []];
  const access = accessTo(routes);
  const url = await serve(t, answerWith(withErrors(router(rights(routes, { ...access, ...more.access }, whoIs)), { report: (bug) => bugs.push(bug) })));
  t.after(() => assert.deepEqual(bugs, []));
  const cookies: Record<Person, string> = { guest: '', ada: '', ben: '', grace: '' };
  for (const [name, role] of Object.entries(people)) {
    const { id } = await openAccount(accounts, passwords, { email: `${name}@example.org`, name, password }, role);
    cookies[name as Person] = `sid=${await sessions.open(id)}`;
  }

  async function ask(person: Person | `sid=${string}`, line: string, body?: unknown, headers: Record<string, string> = {}) {
    const [method = 'GET', path = '/'] = line.split(' ');
    const form = typeof body === 'string';
    const response = await fetch(url + path, {
      method, redirect: 'manual', body: form ? body : JSON.stringify(body),
      headers: { cookie: person.startsWith('sid=') ? person : cookies[person as Person], ...(body !== undefined && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }), ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, get body() { return JSON.parse(text); } };
  }

  const everything = async () => JSON.stringify([await menu.list({ limit: 1000 }), await accounts.list()]);
  return { ask, menu, accounts, sessions, cookies, everything, routes, access };
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

// ── the table ──

const hello: Route = { method: 'GET', pattern: '/hello', handler: () => text(200, 'hello') };
const nobody = async () => undefined;
const where = "in lessons/16-rights/access.ts (or in your own module's access)";
const roles = "If not everybody may, write 'customer' or 'staff' instead of 'anyone'.";

for (const [what, routes, table, sentence] of [
  ['a route that the table does not know', [hello], {}, `access does not say who may use GET /hello. Add 'GET /hello': 'anyone', ${where}. ${roles}`],
  ['two of them', [hello, { ...hello, method: 'POST' }], {}, `access does not say who may use GET /hello, POST /hello. Add 'GET /hello': 'anyone', 'POST /hello': 'anyone', ${where}. ${roles}`],
  ['a line without a route', [hello], { 'GET /hello': 'anyone', 'GET /bye': 'staff' }, `access has a line for GET /bye, but there is no such route. Add the route, or delete the line ${where}.`],
  ['a line with a typing mistake', [hello], { 'GET /helo': 'anyone' }, `access has a line for GET /helo, but there is no such route. If you mean GET /hello, correct the line ${where}.`],
  ['a role that there is not', [hello], { 'GET /hello': 'stuff' }, `access lets "stuff" use GET /hello, but there is no such role. Write 'anyone', 'customer' or 'staff' ${where}.`],
] as [string, Route[], Record<string, Role>, string][]) {
  test(`rights() does not start with ${what}`, () => {
    assert.throws(() => rights(routes, table, nobody), new Error(sentence));
  });
}

test('joinAccess() makes one table of the entries of all modules', () => {
  assert.deepEqual(joinAccess({ 'GET /hello': 'anyone' }, {}, { 'POST /hello': 'staff' }), { 'GET /hello': 'anyone', 'POST /hello': 'staff' });
});

for (const second of ['anyone', 'staff'] as const) {
  test(`joinAccess() does not let a second table say ${second} of a route for staff`, () => {
    const sentence = `access says twice who may use GET /hello: 'staff' and '${second}'. Search your files for 'GET /hello', and delete one of the two lines.`;
    assert.throws(() => joinAccess({ 'GET /hello': 'staff' }, { 'GET /hello': second }), new Error(sentence));
  });
}

test('rights() leaves a route for anyone as it is, and asks nobody who is there', () => {
  const [route] = rights([hello], { 'GET /hello': 'anyone' }, () => assert.fail('asked'));
  assert.deepEqual(route, hello);
});

test('maySee() is for the owner and for staff, and for nobody where there is nothing', () => {
  const account = (id: number, role: Account['role']) => ({ id, role }) as Account;
  assert.deepEqual([maySee(account(1, 'customer'), 1), maySee(account(1, 'customer'), 2), maySee(account(3, 'staff'), 2)], [true, false, true]);
  assert.deepEqual([maySee(undefined, 1), maySee(undefined, undefined), maySee(account(1, 'customer'), undefined), maySee(account(3, 'staff'), undefined)], [false, false, false, false]);
});

// ── every route, as everybody ──

const samples: Record<string, string> = { ':id': '2' };
const expected: Record<Role, Record<Person, number>> = { anyone: { guest: 0, ada: 0, ben: 0, grace: 0 }, customer: { guest: 401, ada: 0, ben: 0, grace: 0 }, staff: { guest: 401, ada: 403, ben: 403, grace: 0 } };

test('every route of the lesson does as the table says, for everybody', async (t) => {
  const { ask, everything, routes, access } = await open(t);
  const before = await everything();
  const asked: string[] = [];
  for (const { method, pattern } of routes) {
    const name = `${method} ${pattern}`;
    const path = pattern.replace(/:id/g, samples[':id']!);
    for (const person of ['guest', 'ada', 'ben', 'grace'] as Person[]) {
      const wanted = expected[access[name]!][person];
      if (wanted === 0 && method !== 'GET') continue;
      const { status, headers } = await ask(person, `${method} ${path}`);
      assert.equal(status === 401 || status === 403 ? status : 0, name === 'GET /api/session' && person === 'guest' ? 401 : wanted, `${name} as ${person} was ${status}`);
      if (status === 401) assert.equal(headers.get('www-authenticate'), 'Session realm="cafe"');
      if (access[name] !== 'anyone' && status < 400) assert.equal(headers.get('cache-control'), 'no-store', name);
      asked.push(name);
    }
  }
  assert.deepEqual(new Set(asked), new Set(Object.keys(access).filter((name) => name.startsWith('GET') || access[name] !== 'anyone')));
  assert.equal(await everything(), before);
});

test('the lesson gives each of these routes the role that is written here', () => {
  assert.deepEqual(Object.fromEntries(Object.keys(pinned).map((name) => [name, lesson[name]])), pinned);
});

test('HEAD needs what GET needs', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual([(await ask('guest', 'HEAD /api/accounts')).status, (await ask('ada', 'HEAD /api/accounts')).status, (await ask('grace', 'HEAD /api/accounts')).status], [401, 403, 200]);
});

test('a 401 says how to log in, a 403 that one is, and as whom', async (t) => {
  const { ask } = await open(t);
  assert.deepEqual((await ask('guest', 'PUT /api/menu/2', {})).body, { title: 'Unauthorized', status: 401, detail: 'Please log in first: at /login, or with a POST of e-mail and password to /api/session.' });
  assert.deepEqual((await ask('ada', 'PUT /api/menu/2', {})).body, { title: 'Forbidden', status: 403, detail: 'You are logged in as ada, but this is for staff only.' });
});

test('the right is asked before anything is read: a guest with a bad body is a guest', async (t) => {
  const { ask } = await open(t);
  assert.equal((await ask('guest', 'POST /api/menu', { price: 'x' })).status, 401);
  assert.equal((await ask('guest', 'PUT /api/menu/99', {})).status, 401);
  assert.equal((await ask('ada', 'GET /menu/99/edit')).status, 403);
});

test('staff change the menu; it takes effect for all', async (t) => {
  const { ask } = await open(t);
  const changed = { name: 'Flat white', price: 360, category: 'coffee', stock: 120 };
  assert.equal((await ask('grace', 'PUT /api/menu/2', changed, { 'if-match': '"1"' })).status, 200);
  assert.equal((await ask('guest', 'GET /api/menu/2')).body.price, 360);
});

for (const [what, cookie] of [['forged', `sid=${'A'.repeat(43)}`], ['of another site', 'sid=eyJyb2xlIjoic3RhZmYifQ'], ['empty', 'sid=']] as const) {
  test(`a session that is ${what} may nothing, and changes nothing`, async (t) => {
    const { ask, everything } = await open(t);
    const before = await everything();
    assert.equal((await ask(cookie, 'DELETE /api/menu/2')).status, 401);
    assert.equal((await ask(cookie, 'PUT /api/menu/2', { name: 'x', price: 1, category: 'tea', stock: 1 }, { 'if-match': '"1"' })).status, 401);
    assert.equal((await ask(cookie, 'GET /api/accounts')).status, 401);
    assert.equal(await everything(), before);
  });
}

test('an old session may nothing: after the logout, and with a role that was taken away', async (t) => {
  const { ask, accounts, cookies } = await open(t);
  const { id, version, ...fields } = (await accounts.get(3))!;
  await accounts.update(id, version, { ...fields, role: 'customer' });
  assert.equal((await ask('grace', 'DELETE /api/menu/2')).status, 403);
  assert.equal((await ask('grace', 'DELETE /api/session')).status, 204);
  assert.equal((await ask(cookies.grace as `sid=${string}`, 'GET /api/accounts/3')).status, 401);
});

for (const [what, body] of [
  ['a role', { email: 'eve@example.org', name: 'Eve', password, role: 'staff' }],
  ['a user id', { email: 'eve@example.org', name: 'Eve', password, id: 3 }],
  ['an operator', { email: { $ne: null }, name: 'Eve', password }],
  ["1' OR '1'='1", { email: "1' OR '1'='1", name: 'Eve', password }],
] as const) {
  test(`an account with ${what} in its body is refused, and changes nothing`, async (t) => {
    const { ask, everything } = await open(t);
    const before = await everything();
    for (const person of ['guest', 'ada', 'grace'] as Person[]) assert.equal((await ask(person, 'POST /api/accounts', body)).status, 422);
    const form = new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, String(value)])).toString();
    assert.equal((await ask('guest', 'POST /account', form)).status, 422);
    assert.equal(await everything(), before);
  });
}

test('two accounts for one e-mail at once: one is opened', async (t) => {
  const { ask, accounts } = await open(t);
  const answers = await Promise.all([1, 2, 3].map((n) => ask('guest', 'POST /api/accounts', { email: 'eve@example.org', name: `Eve ${n}`, password })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  assert.equal((await accounts.find('email', 'eve@example.org')).length, 1);
  assert.equal((await accounts.find('email', 'eve@example.org'))[0]!.role, 'customer');
});

// ── only your own ──

test('GET /api/accounts/:id shows a customer the own account, and no other', async (t) => {
  const { ask } = await open(t);
  const publicAda = { id: 1, email: 'ada@example.org', name: 'ada', role: 'customer' };
  assert.deepEqual((await ask('ada', 'GET /api/accounts/1')).body, publicAda);
  assert.deepEqual((await ask('grace', 'GET /api/accounts/1')).body, publicAda);
  for (const id of [2, 3, 99, 0, 'x']) {
    const { status, body } = await ask('ada', `GET /api/accounts/${id}`);
    assert.deepEqual([status, body], [404, { title: 'Not Found', status: 404, detail: `There is no account "${id}".` }]);
  }
  assert.equal((await ask('grace', 'GET /api/accounts/99')).status, 404);
});

test('GET /api/accounts lists all for the staff, page by page, and no hash', async (t) => {
  const { ask } = await open(t);
  const first = await ask('grace', 'GET /api/accounts?limit=2');
  assert.deepEqual(first.body.accounts.map(({ name }: Account) => name), ['ada', 'ben']);
  assert.equal(first.body.next, '/api/accounts?after=2&limit=2');
  assert.deepEqual((await ask('grace', `GET ${first.body.next}`)).body, { accounts: [{ id: 3, email: 'grace@example.org', name: 'grace', role: 'staff' }] });
  assert.ok(!first.text.includes('scrypt'));
  assert.equal((await ask('grace', 'GET /api/accounts?limit=0')).status, 400);
});

// ── in a browser ──

test('a guest with a browser is led to the form, and from there back', async (t) => {
  const { ask } = await open(t);
  const led = await ask('guest', 'GET /menu/2/edit?x=1', undefined, browser);
  assert.deepEqual([led.status, led.headers.get('location'), led.headers.get('vary'), led.headers.get('cache-control')], [303, '/login?next=%2Fmenu%2F2%2Fedit%3Fx%3D1', 'accept', 'no-store']);
  const form = await ask('guest', `GET ${led.headers.get('location')}`, undefined, browser);
  assert.match(form.text, /<input type="hidden" name="next" value="\/menu\/2\/edit\?x=1">/);
  const back = await ask('guest', 'POST /login', new URLSearchParams({ email: 'grace@example.org', password, next: '/menu/2/edit?x=1' }).toString(), browser);
  assert.deepEqual([back.status, back.headers.get('location')], [303, '/menu/2/edit?x=1']);
  assert.match(back.headers.get('set-cookie')!, /^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
});

test('a form that comes without a session is refused, and not led away', async (t) => {
  const { ask, everything } = await open(t);
  const before = await everything();
  const refused = await ask('guest', 'POST /menu/2/edit', 'price=1&version=1', browser);
  assert.equal(refused.status, 401);
  assert.match(refused.text, /You are no longer logged in, so nothing was saved\./);
  assert.equal((await ask('ada', 'POST /menu/2/edit', 'price=1&version=1', browser)).status, 403);
  assert.equal(await everything(), before);
});

test('an address that is too long is not taken along', async (t) => {
  const { ask } = await open(t);
  assert.equal((await ask('guest', `GET /staff?x=${'x'.repeat(1_000)}`, undefined, browser)).headers.get('location'), '/login');
});

const fields = { name: 'Flat white', price: '360', category: 'coffee', stock: '120', version: '1' };
const formOf = (more: object = {}) => new URLSearchParams({ ...fields, ...more }).toString();

test('POST /menu/:id/edit of the staff changes the price', async (t) => {
  const { ask, menu } = await open(t);
  const { status, headers } = await ask('grace', 'POST /menu/2/edit', formOf());
  assert.deepEqual([status, headers.get('location')], [303, '/staff?changed=2']);
  const list = (await ask('grace', 'GET /staff?changed=2')).text;
  assert.match(list, /<p class="notice good" role="status">Saved: Flat white, €3\.60, 120 left\.<\/p>/);
  for (const changed of ['99', '', '2%20', '%3Cb%3E']) {
    assert.ok(!(await ask('grace', `GET /staff?changed=${changed}`)).text.includes('notice'));
  }
  assert.deepEqual(await menu.get(2), { id: 2, name: 'Flat white', price: 360, category: 'coffee', stock: 120, version: 2 });
});

for (const [what, more, status, sentence] of [
  ['a price with a comma', { price: '3,60' }, 422, 'id="price-problem">Please enter the price in whole cents, such as 340 for €3.40, up to 100000.<'],
  ['no price', { price: '' }, 422, 'id="price-problem">Please enter the price in whole cents, such as 340 for €3.40, up to 100000.<'],
  ['a field that is not known', { role: 'staff' }, 422, '&quot;role&quot; is not a known field. The fields are name, price, category, stock, version.'],
  ['a comma in its price, which is shown again', { price: '3,60' }, 422, 'value="3,60" autocomplete="off" inputmode="numeric"'],
  ['half a cup', { stock: '0.5' }, 422, 'id="stock-problem">Please enter how many are left, a whole number from 0 to 10000.<'],
  ['no name', { name: '' }, 422, 'id="name-problem">Please enter a name, up to 60 characters.<'],
  ['another category', { category: 'wine' }, 422, 'id="category-problem">Please choose one of the categories.<'],
  ['another category, in place of which none is chosen', { category: 'wine' }, 422, '<option value="">Please choose</option>'],
  ['an old version', { version: '7' }, 409, 'Somebody else changed this while you were editing.'],
  ['no version', { version: '' }, 422, '<p>The form did not arrive whole. Please open this page again.</p>'],
  ['a name that is taken', { name: 'Espresso' }, 409, 'id="name-problem">This name is on the menu already. Please choose another.<'],
  ['a script as its name', { name: '<script>alert(1)</script>', price: 'x' }, 422, 'value="&lt;script&gt;alert(1)&lt;/script&gt;"'],
] as const) {
  test(`POST /menu/:id/edit with ${what} is shown again, and changes nothing`, async (t) => {
    const { ask, everything } = await open(t);
    const before = await everything();
    const answer = await ask('grace', 'POST /menu/2/edit', formOf(more));
    assert.equal(answer.status, status);
    assert.ok(answer.text.includes(sentence), answer.text);
    assert.ok(!answer.text.includes('<script>alert'));
    assert.equal(await everything(), before);
  });
}

test('of two changes at once the second is told, sees what holds now, and saves with one press more', async (t) => {
  const { ask, menu } = await open(t);
  assert.equal((await ask('grace', 'POST /menu/2/edit', formOf({ price: '390', category: 'tea' }))).status, 303);
  const told = await ask('grace', 'POST /menu/2/edit', formOf({ price: '360', stock: '7' }));
  assert.equal(told.status, 409);
  const now = [...told.text.matchAll(/<label for="(\w+)">[^<]* <span class="now">now: ([^<]*)</g)];
  assert.deepEqual(now.map(([, ...each]) => each), [['price', '390'], ['stock', '120'], ['category', 'Tea']]);
  const typed = [...told.text.matchAll(/ name="(\w+)"[^>]* value="([^"]*)"/g)].map(([, ...each]) => each);
  assert.deepEqual(typed, [['name', 'Flat white'], ['price', '360'], ['stock', '7'], ['version', '2']]);
  const again = await ask('grace', 'POST /menu/2/edit', formOf({ ...Object.fromEntries(typed) }));
  assert.deepEqual([again.status, again.headers.get('location')], [303, '/staff?changed=2']);
  assert.deepEqual(await menu.get(2), { id: 2, name: 'Flat white', price: 360, category: 'coffee', stock: 7, version: 3 });
});

test('a change of what somebody has just removed is told that it is gone', async (t) => {
  const { ask, menu } = await open(t);
  const { update } = menu;
  menu.update = async (...given) => {
    await menu.remove(2);
    return update(...given);
  };
  const { status, body } = await ask('grace', 'POST /menu/2/edit', formOf());
  assert.deepEqual([status, body.detail], [404, 'There is no item 2. The menu is at "/menu".']);
});

test('the staff page says it when the menu is empty', async (t) => {
  const { ask, menu } = await open(t);
  for (const { id } of items) await menu.remove(id);
  const { text } = await ask('grace', 'GET /staff');
  assert.match(text, /<p class="card">The menu is empty\. To add items, use the API: POST \/api\/menu\.<\/p>/);
  assert.ok(!text.includes('Choose an item'));
});

test('the pages of the staff lead to each other', async (t) => {
  const { ask } = await open(t);
  const list = (await ask('grace', 'GET /staff')).text;
  assert.match(list, /Choose an item to change it\. <a href="\/settings">/);
  assert.match(list, /<tr><th scope="row"><a href="\/menu\/2\/edit">Flat white<\/a><\/th><td>120<\/td><td>€3\.40<\/td><\/tr>/);
  const form = (await ask('grace', 'GET /menu/2/edit')).text;
  assert.match(form, /name="price" type="text" value="340"/);
  assert.match(form, /<option value="coffee" selected>Coffee<\/option>\n?<option value="tea">Tea<\/option>/);
  assert.ok(!form.includes('Please choose'));
  assert.match(form, /<a href="\/staff">Back to the staff page<\/a>/);
  assert.match(form, /aria-current="page">The staff page</);
  assert.equal((await ask('grace', 'GET /menu/99/edit')).status, 404);
});

// ── the form of lesson 15 ──

const loginForm = (more: object) => new URLSearchParams({ email: 'ada@example.org', password, next: '', ...more }).toString();

test('GET /login asks a guest, and greets who is there', async (t) => {
  const { ask } = await open(t);
  const guest = await ask('guest', 'GET /login');
  assert.equal(guest.status, 200);
  assert.equal(guest.headers.get('cache-control'), 'no-store');
  assert.match(guest.text, /<input id="password" name="password" type="password" value="" autocomplete="current-password"/);
  const ada = await ask('ada', 'GET /login');
  assert.match(ada.text, /You are logged in as ada@example\.org \(customer\)\./);
  assert.equal(ada.headers.get('cache-control'), 'no-store');
});

for (const [what, more] of [['a wrong password', { password: 'wrong, no sugar' }], ['an unknown e-mail', { email: 'eve@example.org' }]] as const) {
  test(`POST /login with ${what} shows the form again, with the one sentence and without the password`, async (t) => {
    const { ask } = await open(t);
    const answer = await ask('guest', 'POST /login', loginForm({ ...more, next: '/staff' }));
    assert.deepEqual([answer.status, answer.headers.get('set-cookie'), answer.headers.get('www-authenticate')], [401, null, 'Session realm="cafe"']);
    assert.match(answer.text, /<p class="notice" role="alert">The e-mail or the password is not right\.<\/p>/);
    assert.match(answer.text, /name="email" type="email" value="(ada|eve)@example\.org"/);
    assert.match(answer.text, /name="next" value="\/staff"/);
    assert.ok(!answer.text.includes('no sugar'));
  });
}

test('POST /login without e-mail or password says so beside the field', async (t) => {
  const { ask } = await open(t);
  const answer = await ask('guest', 'POST /login', loginForm({ email: '', password: '' }));
  assert.equal(answer.status, 422);
  assert.match(answer.text, /<strong>You are not logged in yet\.<\/strong> Please check the fields marked in red\./);
  assert.match(answer.text, /id="email-problem">Please enter your e-mail address\.</);
  assert.match(answer.text, /id="password-problem">Please enter your password\.</);
});

test('POST /logout closes the session on the server, here or everywhere', async (t) => {
  const { ask, sessions, cookies } = await open(t);
  const second = `sid=${await sessions.open(1)}` as const;
  const third = `sid=${await sessions.open(1)}` as const;
  const out = await ask('ada', 'POST /logout', '');
  assert.deepEqual([out.status, out.headers.get('location'), out.headers.get('set-cookie')], [303, '/login?done=out', 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']);
  assert.equal((await ask(cookies.ada as `sid=${string}`, 'GET /api/session')).status, 401);
  assert.equal((await ask(second, 'GET /api/session')).status, 200);
  assert.equal((await ask(second, 'POST /logout', 'everywhere=yes')).status, 303);
  assert.equal((await ask(third, 'GET /api/session')).status, 401);
  assert.equal((await ask('ben', 'GET /api/session')).status, 200);
});

for (const [query, sentence] of [
  ['?done=out', 'You are logged out.'],
  ['?done=everywhere', 'You are logged out, here and on all other devices.'],
  ['?next=/staff', 'Please log in first.'],
  ['?next=/staff&done=out', 'Please log in first.'],
  ['?done=%3Cb%3E', undefined],
  ['?done=toString', undefined],
  ['', undefined],
] as const) {
  test(`GET /login${query} says ${sentence ?? 'nothing'}, and repeats no word of the address`, async (t) => {
    const { text } = await (await open(t)).ask('guest', `GET /login${query}`);
    const said = /<p class="notice[^>]*>\s*(?:<strong>)?([^<]*)/.exec(text)?.[1];
    assert.equal(said, sentence);
    assert.ok(!text.includes('&lt;b'));
  });
}

test('POST /logout everywhere says so', async (t) => {
  const { headers } = await (await open(t)).ask('ada', 'POST /logout', 'everywhere=yes');
  assert.equal(headers.get('location'), '/login?done=everywhere');
});

for (const [next, leads] of [
  ['/settings', '/settings'], ['/menu?search=tea#x', '/menu?search=tea'], ['', '/login'], ['/', '/'],
  ['//evil.example', '/login'], ['/\\evil.example', '/login'], ['\\\\evil.example', '/login'], ['/\t/evil.example', '/login'], ['/.//evil.example', '/login'], ['/x/..//evil.example', '/login'],
  ['https://evil.example/', '/login'], ['javascript:alert(1)', '/login'], ['evil.example', '/login'], ['///evil.example', '/login'], ['http://cafe.invalid/x', '/login'], ['/%2f/evil.example', '/%2f/evil.example'], ['http://[', '/login'],
  ['/settings\r\nset-cookie: x=1', '/settingsset-cookie:%20x=1'],
] as const) {
  test(`ownAddress() of ${JSON.stringify(next)} is ${leads}`, () => {
    assert.equal(ownAddress(next), leads);
    assert.equal(new URL(leads, 'https://cafe.example').origin, 'https://cafe.example');
  });
}

test('rights() asks once who is there, and lets no cache keep the answer', async (t) => {
  const asked: IncomingMessage[] = [];
  const [route] = rights([{ ...hello, handler: async () => text(200, 'hello') }], { 'GET /hello': 'customer' }, async (request) => {
    asked.push(request);
    return { id: 1, role: 'customer', name: 'ada' } as Account;
  });
  const url = await serve(t, answerWith(router([route!])));
  const response = await fetch(`${url}/hello`);
  assert.deepEqual([response.status, response.headers.get('cache-control'), await response.text(), asked.length], [200, 'no-store', 'hello', 1]);
});

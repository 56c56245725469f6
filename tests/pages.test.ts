// The pages, asked over real HTTP as a browser asks: menu, search, item, and the page of an error.
//
//   GET /menu?search=tea  ──►  Earl Grey, Mint tea and Chai latte, and nothing else

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router, type Route } from '../lessons/04-router/router.ts';
import { withErrors, type Refusal } from '../lessons/06-errors/errors.ts';
import { newItemRule } from '../lessons/08-validate/item.ts';
import { validate } from '../lessons/08-validate/validate.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { checkLinks } from '../lessons/12-pages/check-links.ts';
import { markup } from '../lessons/12-pages/html.ts';
import { errorPage } from '../lessons/12-pages/error-pages.ts';
import { layout, showWith, type Link } from '../lessons/12-pages/layout.ts';
import { TITLES } from '../lessons/12-pages/categories.ts';
import { pageRoutes } from '../lessons/12-pages/pages.ts';
import { firstSettings, type Settings } from '../lessons/12-pages/settings.ts';
import { serve } from './serve.ts';

const nav: Link[] = [{ name: 'Café', address: '/' }, { name: 'Menu & more', address: '/menu' }];
const show = showWith({ nav, styles: ['/cafe.css'], scripts: ['/cafe.js'] });
const callTo = (path: string): any => ({ request: {}, address: { path } });

async function open(t: TestContext, more: Route[] = []) {
  const storage = memoryStorage();
  const menu = storage.collection<Item>('menu', { unique: ['name'], initial: items });
  const settings = storage.collection<Settings>('settings', { initial: firstSettings });
  const routes = [...pageRoutes(menu, settings, show), ...more];
  const url = await serve(t, answerWith(withErrors(router(routes), { report: () => 7, page: errorPage(show) })));
  const ask = async (path: string, accept = 'text/html,*/*;q=0.8') => {
    const response = await fetch(url + path, { headers: { accept } });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  return { ask, menu, settings };
}

const handler = () => assert.fail('asked');
const pages: Route[] = [['GET', '/menu'], ['GET', '/menu/:id'], ['GET', '/files/*path'], ['POST', '/notes']].map(([method = '', pattern = '']) => ({ method, pattern, handler }));

const names = (text: string) => [...text.matchAll(/<a href="\/menu\/\d+">([^<]*)<\/a>/g)].map(([, name]) => name);
const main = (text: string) => /<main[^>]*>\n(.*)\n<\/main>/s.exec(text)?.[1];

// ── the frame ─────────────────────────────────────────────────────────────────────────────────

test('layout() writes the whole document, and marks the link of the page itself', () => {
  assert.equal(layout({ title: 'Tea & more', nav, here: '/menu/8', styles: ['/a.css', '/b.css'], scripts: ['/a.js'], body: markup`<h1>Tea</h1>` }), `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tea &amp; more · Café</title>
<link rel="icon" href="/cup.svg">
<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/b.css">
<script type="module" src="/a.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<nav aria-label="Main"><ul><li><a href="/" aria-current="false">Café</a></li><li><a href="/menu" aria-current="page">Menu &amp; more</a></li></ul></nav>

</header>
<main id="main" tabindex="-1">
<h1>Tea</h1>
</main>
<footer>This café is for learning only.</footer>
</body>
</html>
`);
});

for (const address of ['/menu', '/menu?search=tea', '/menu#tea', '/menu/2', '/files/a/look.css', 'https://other.example/hello']) {
  test(`checkLinks() finds the page of ${address}`, () => checkLinks([{ name: 'Menu', address }], pages));
}

for (const address of ['/', '/menus', '/menu/2/edit', '/notes', '/files', '/menu/']) {
  test(`checkLinks() does not let the server start with a link to ${address}`, () => {
    const sentence = `The link "Here" leads to ${address}, but there is no route GET ${address}. Search your files for '${address}': correct the link, or add the route.`;
    assert.throws(() => checkLinks([{ name: 'Here', address }], pages), new Error(sentence));
  });
}

for (const [here, marked] of [['/', 'Café'], ['/menu', 'Menu &amp; more'], ['/menu/2', 'Menu &amp; more'], ['/menus', undefined], ['/notes', undefined], [undefined, undefined]] as const) {
  test(`layout() of ${here ?? 'no page'} marks ${marked ?? 'nothing'}`, () => {
    const text = layout({ title: '', nav, here, styles: [], scripts: [], body: markup`` });
    assert.deepEqual([...text.matchAll(/aria-current="page">([^<]*)/g)].map(([, name]) => name), marked ? [marked] : []);
  });
}

test('showWith() says who is logged in, and keeps such a page out of all caches', async () => {
  const type = { 'content-type': 'text/html; charset=utf-8' };
  let visitor: { name: string; role: string } | undefined;
  const asked: unknown[] = [];
  const links = [...nav, { name: 'Staff', address: '/staff', role: 'staff' }];
  const whoIs = async (request: unknown) => {
    asked.push(request);
    return visitor;
  };
  const showFor = showWith({ nav: links, styles: [], scripts: [], whoIs });
  const call = callTo('/staff');
  const ask = () => showFor({ call, title: 'a', body: markup`b`, status: 409 });
  const guest = await ask();
  assert.deepEqual([guest.status, guest.headers], [409, type]);
  assert.ok(!/Logged in|Staff/.test(String(guest.body)));
  visitor = { name: 'Ada <b>', role: 'customer' };
  const ada = await ask();
  assert.deepEqual(ada.headers, { ...type, 'cache-control': 'no-store' });
  assert.match(String(ada.body), /<p class="visitor">Logged in as <strong>Ada &lt;b&gt;<\/strong><\/p>/);
  assert.ok(!String(ada.body).includes('Staff'));
  visitor = { name: 'Grace', role: 'staff' };
  assert.match(String((await ask()).body), /<a href="\/staff" aria-current="page">Staff<\/a>/);
  assert.deepEqual(asked, [call.request, call.request, call.request]);
});

test('showWith() marks another link where the page asks for it', async () => {
  const call = callTo('/');
  const { status, body } = await show({ call, title: 'a', body: markup`b`, here: '/menu' });
  assert.equal(status, 200);
  assert.deepEqual([...String(body).matchAll(/aria-current="page">([^<]*)/g)].length, 1);
  assert.match(String(body), /aria-current="page">Menu &amp; more</);
});

// ── the pages ─────────────────────────────────────────────────────────────────────────────────

test('GET / says when the café is open, and its message as text', async (t) => {
  const { ask, settings } = await open(t);
  assert.match((await ask('/')).text, /open from <strong>08:00<\/strong> to <strong>18:00<\/strong>.*Cinnamon rolls are warm at ten\./s);
  await settings.update(1, 1, { opens: '07:30', closes: '12:00', tax: 0, message: '<b>Closed</b> on Monday' });
  assert.match((await ask('/')).text, /<strong>07:30<\/strong> to <strong>12:00<\/strong>.*&lt;b&gt;Closed&lt;\/b&gt; on Monday/s);
  await settings.update(1, 2, { opens: '07:30', closes: '12:00', tax: 0, message: '' });
  assert.doesNotMatch((await ask('/')).text, /class="message"/);
});

test('GET /menu shows all items under their categories', async (t) => {
  const { ask } = await open(t);
  const { status, type, text } = await ask('/menu');
  assert.deepEqual([status, type], [200, 'text/html; charset=utf-8']);
  assert.deepEqual(names(text), items.map(({ name }) => name));
  assert.deepEqual([...text.matchAll(/<h2>(.*)<\/h2>/g)].map(([, name]) => name), ['Coffee', 'Tea', 'Warm drinks', 'Cold drinks', 'From the oven', 'From the kitchen']);
  assert.ok(text.includes('<li data-category="bakery"><a href="/menu/18">Cheesecake</a> <span class="sold-out">sold out</span> <span class="price">€4.50</span></li>'));
  assert.equal(text.split('sold out').length, 2);
});

test('GET /menu shows what was changed a moment ago', async (t) => {
  const { ask, menu } = await open(t);
  await ask('/menu');
  await menu.update(2, 1, { name: '<Flat> "white"', price: 400, category: 'milk & more', stock: 0 });
  await menu.remove(1);
  const { text } = await ask('/menu');
  assert.ok(text.includes('<h2>milk &amp; more</h2>\n<ul class="items"><li data-category="milk &amp; more"><a href="/menu/2">&lt;Flat&gt; &quot;white&quot;</a> <span class="sold-out">sold out</span> <span class="price">€4.00</span></li>'));
  assert.equal(names(text).length, 21);
  assert.ok(!text.includes('Espresso'));
});

for (const [search, found, told] of [
  ['tea', ['Earl Grey', 'Mint tea', 'Chai latte'], '3 items for “tea”.'],
  ['CAFE', ['Café au lait'], 'One item for “CAFE”.'],
  ['wine', [], 'Nothing on the menu is called “wine”.'],
  ['"><script>', [], 'Nothing on the menu is called “&quot;&gt;&lt;script&gt;”.'],
] as const) {
  test(`GET /menu?search=${search} finds ${found.length}, and says so`, async (t) => {
    const { ask } = await open(t);
    const { status, text } = await ask(`/menu?search=${encodeURIComponent(search)}`);
    assert.equal(status, 200);
    assert.deepEqual(names(text), found);
    assert.ok(text.includes(`<p role="status">${told} <a href="/menu">Show the whole menu</a></p>`));
    assert.ok(text.includes(`name="search" value="${search.replace('"><', '&quot;&gt;&lt;').replace('t>', 't&gt;')}"`));
  });
}

test('GET /menu?search= of nothing is the whole menu', async (t) => {
  const { ask } = await open(t);
  for (const query of ['?search=', '?search=+', '?other=1']) assert.equal((await ask(`/menu${query}`)).text, (await ask('/menu')).text);
});

test('GET /menu/2 shows the item, and a button that waits for the script', async (t) => {
  const { ask, menu } = await open(t);
  const page = await ask('/menu/2');
  assert.equal(page.status, 200);
  assert.equal(main(page.text), `<div class="narrow">
<article class="card item" data-category="coffee">
<p>Coffee</p>
<h1>Flat white</h1>
<p class="price">€3.40</p>
<p id="stock" role="status">120 left</p>
<button type="button" hidden data-stock-of="2">Check stock</button>
</article>
<p><a href="/menu">Back to menu</a></p>
</div>`);
  await menu.update(2, 1, { name: '<i>', price: 1, category: '"', stock: 0 });
  assert.match((await ask('/menu/2')).text, /<title>&lt;i&gt; · Café<\/title>.*data-category="&quot;">\n<p>&quot;<\/p>\n<h1>&lt;i&gt;<\/h1>.*role="status">Sold out</s);
});

// ── errors ────────────────────────────────────────────────────────────────────────────────────

test('an error is a page for a browser, and a problem for a program', async (t) => {
  const { ask } = await open(t, [{ method: 'GET', pattern: '/bug', handler: () => { throw new Error('secret'); } }]);
  const missing = await ask('/menu/99');
  assert.deepEqual([missing.status, missing.type], [404, 'text/html; charset=utf-8']);
  assert.equal(main(missing.text), '<section class="error">\n<p class="status">404</p>\n<h1>Not Found</h1>\n<p class="lead">There is no item 99. The menu is at &quot;/menu&quot;.</p>\n\n<p><a class="button quiet" href="/menu">Back to menu</a></p>\n</section>');
  assert.match(main((await ask('/%3Cscript%3E')).text)!, /There is nothing at &quot;\/&lt;script&gt;&quot;\./);
  const bug = await ask('/bug');
  assert.equal(bug.status, 500);
  assert.match(main(bug.text)!, /<h1>Internal Server Error<\/h1>\n<p class="lead">.* It is noted as number 7\.<\/p>/);
  assert.deepEqual(await ask('/menu/99', '*/*'), { status: 404, type: 'application/problem+json', text: JSON.stringify({ title: 'Not Found', status: 404, detail: 'There is no item 99. The menu is at "/menu".' }) });
});

test('errorPage() offers the way out that fits the status, and marks where one is', async () => {
  const page = errorPage(show, { 403: { name: 'Log in as "Ada"', address: '/login' } });
  const bodyOf = async (status: number) => String((await page(status, 'No.', {}, callTo('/menu/2'))).body);
  assert.match(await bodyOf(403), /<p><a class="button" href="\/login">Log in as &quot;Ada&quot;<\/a> <a class="button quiet" href="\/menu">/);
  assert.match(await bodyOf(403), /aria-current="page">Menu &amp; more</);
  assert.match(await bodyOf(404), /<p><a class="button quiet" href="\/menu">Back to menu<\/a><\/p>/);
});

test('GET /menu says it when there is nothing on it', async (t) => {
  const { ask, menu } = await open(t);
  assert.ok(!(await ask('/menu')).text.includes('empty'));
  for (const { id } of items) await menu.remove(id);
  assert.match((await ask('/menu')).text, /<p class="card">The menu is empty right now\. Please come back soon\.<\/p>/);
  assert.match((await ask('/menu?search=tea')).text, /Nothing on the menu is called “tea”\./);
});

test('the titles of the categories are those that lesson 08 permits', () => {
  for (const category of TITLES.keys()) {
    assert.deepEqual(validate(newItemRule, { name: 'a', price: 1, category, stock: 0 }).category, category);
  }
  assert.throws(() => validate(newItemRule, { name: 'a', price: 1, category: '', stock: 0 }), (error: Refusal) => {
    assert.deepEqual(error.details.errors, [{ field: 'category', message: `"category" must be one of ${[...TITLES.keys()].join(', ')}, but it was "".` }]);
    return true;
  });
});

test('errorPage() lists each wrong field, as text', async () => {
  const { status, body } = await errorPage(show)(400, 'Some fields are not valid.', { errors: [{ field: 'a', message: '"a" <b>' }, { field: 'c', message: 'd' }] }, callTo('/'));
  assert.equal(status, 400);
  assert.match(String(body), /<h1>Bad Request<\/h1>\n<p class="lead">Some fields are not valid\.<\/p>\n<ul><li>&quot;a&quot; &lt;b&gt;<\/li><li>d<\/li><\/ul>/);
});

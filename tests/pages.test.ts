// The pages, asked over real HTTP as a browser asks: menu, search, item, and the page of an error.
//
//   GET /menu?search=tea  ──►  Earl Grey, Mint tea and Chai latte, and nothing else

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router, type Call, type Route } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { markup } from '../lessons/12-pages/html.ts';
import { errorPage, layout, showWith, type Link } from '../lessons/12-pages/layout.ts';
import { pageRoutes } from '../lessons/12-pages/pages.ts';
import { firstSettings, type Settings } from '../lessons/12-pages/settings.ts';
import { serve } from './serve.ts';

const nav: Link[] = [{ name: 'Café', address: '/' }, { name: 'Menu & more', address: '/menu' }];
const show = showWith({ nav: () => nav, styles: ['/cafe.css'], scripts: ['/cafe.js'] });

async function open(t: TestContext, more: Route[] = []) {
  const storage = memoryStorage();
  const menu = storage.collection<Item>('menu', { unique: ['name'], first: items });
  const settings = storage.collection<Settings>('settings', { first: firstSettings });
  const routes = [...pageRoutes(menu, settings, show), ...more];
  const url = await serve(t, answerWith(withErrors(router(routes), { report: () => 7, page: errorPage(show) })));
  const ask = async (path: string, accept = 'text/html,*/*;q=0.8') => {
    const response = await fetch(url + path, { headers: { accept } });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  return { ask, menu, settings };
}

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
<a class="skip" href="#main">To the content</a>
<header><nav aria-label="Main"><ul><li><a href="/" aria-current="false">Café</a></li><li><a href="/menu" aria-current="page">Menu &amp; more</a></li></ul></nav></header>
<main id="main" tabindex="-1">
<h1>Tea</h1>
</main>
<footer>This café is for learning only.</footer>
</body>
</html>
`);
});

for (const [here, marked] of [['/', 'Café'], ['/menu', 'Menu &amp; more'], ['/menu/2', 'Menu &amp; more'], ['/menus', undefined], ['/notes', undefined], [undefined, undefined]] as const) {
  test(`layout() of ${here ?? 'no page'} marks ${marked ?? 'nothing'}`, () => {
    const text = layout({ title: '', nav, here, styles: [], scripts: [], body: markup`` });
    assert.deepEqual([...text.matchAll(/aria-current="page">([^<]*)/g)].map(([, name]) => name), marked ? [marked] : []);
  });
}

test('showWith() asks for the links of each call, and gives a reply', () => {
  const showFor = showWith({ nav: (call) => [{ name: call ? 'Log out' : 'Log in', address: '/login' }], styles: [], scripts: [] });
  const call: any = { address: { path: '/login' } };
  const [one, other] = [showFor({ call, title: 'a', body: markup`b`, status: 409 }), showFor({ title: 'a', body: markup`b` })];
  assert.deepEqual([one.status, one.headers, other.status], [409, { 'content-type': 'text/html; charset=utf-8' }, 200]);
  assert.match(String(one.body), /<a href="\/login" aria-current="page">Log out</);
  assert.match(String(other.body), /<a href="\/login" aria-current="false">Log in</);
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
  ['tea', ['Earl Grey', 'Mint tea', 'Chai latte'], '3 things for “tea”.'],
  ['CAFE', ['Café au lait'], 'One thing for “CAFE”.'],
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
  assert.equal(main(page.text), `<article class="card item" data-category="coffee">
<h1>Flat white</h1>
<p class="price">€3.40</p>
<p>Coffee</p>
<p id="stock" role="status">120 left</p>
<button type="button" hidden data-stock-of="2">How many are left now?</button>
</article>
<p><a href="/menu">Back to the menu</a></p>`);
  await menu.update(2, 1, { name: '<i>', price: 1, category: '"', stock: 0 });
  assert.match((await ask('/menu/2')).text, /<title>&lt;i&gt; · Café<\/title>.*data-category="&quot;">\n<h1>&lt;i&gt;<\/h1>.*role="status">Sold out</s);
});

// ── errors ────────────────────────────────────────────────────────────────────────────────────

test('an error is a page for a browser, and a problem for a program', async (t) => {
  const { ask } = await open(t, [{ method: 'GET', pattern: '/bug', handler: () => { throw new Error('secret'); } }]);
  const missing = await ask('/menu/99');
  assert.deepEqual([missing.status, missing.type], [404, 'text/html; charset=utf-8']);
  assert.equal(main(missing.text), '<h1>Not Found</h1>\n<p class="lead">There is no item 99. The menu is at &quot;/menu&quot;.</p>\n\n<p><a class="button" href="/menu">To the menu</a></p>');
  assert.match(main((await ask('/%3Cscript%3E')).text)!, /There is nothing at &quot;\/&lt;script&gt;&quot;\./);
  const bug = await ask('/bug');
  assert.equal(bug.status, 500);
  assert.match(main(bug.text)!, /<h1>Internal Server Error<\/h1>\n<p class="lead">.* It is noted as number 7\.<\/p>/);
  assert.deepEqual(await ask('/menu/99', '*/*'), { status: 404, type: 'application/problem+json', text: JSON.stringify({ title: 'Not Found', status: 404, detail: 'There is no item 99. The menu is at "/menu".' }) });
});

test('errorPage() lists each wrong field, as text', async () => {
  const errors = [{ field: 'a', message: '"a" <b>' }, { field: 'c', message: 'd' }];
  const page = errorPage(show)(400, 'Some fields are not right.', { errors }, {} as Call);
  const { status, body } = await page;
  assert.equal(status, 400);
  assert.match(String(body), /<h1>Bad Request<\/h1>\n<p class="lead">Some fields are not right\.<\/p>\n<ul><li>&quot;a&quot; &lt;b&gt;<\/li><li>d<\/li><\/ul>/);
});

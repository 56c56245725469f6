// markup`…`: every value is escaped as its place needs it, and where nothing helps it is refused.
//
//   markup`<p>${'<script>'}</p>`  ──►  <p>&lt;script&gt;</p>

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markup, type Markup, type Value } from '../lessons/12-pages/html.ts';
import { memoize } from '../lessons/12-pages/memoize.ts';

const attack = `<script>alert('x')</script> & "more"`;
const shown = '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;';

for (const [name, made, text] of [
  ['text', markup`<p>${attack}</p>`, `<p>${shown}</p>`],
  ['an attribute', markup`<p title="${attack}" class='${attack}'></p>`, `<p title="${shown}" class='${shown}'></p>`],
  ['a part of an attribute', markup`<p class="card ${'a"b'}-${2}"></p>`, '<p class="card a&quot;b-2"></p>'],
  ['a title and a text area', markup`<title>${'</title>'}</title><textarea>${'</textarea>'}</textarea>`, '<title>&lt;/title&gt;</title><textarea>&lt;/textarea&gt;</textarea>'],
  ['text that is escaped already, once more', markup`<p>${'&amp;'}</p>`, '<p>&amp;amp;</p>'],
  ['text in other scripts', markup`<p>${'Crème brûlée ☕ 抹茶'}</p>`, '<p>Crème brûlée ☕ 抹茶</p>'],
  ['numbers', markup`<p>${0} ${340} ${-1.5}</p>`, '<p>0 340 -1.5</p>'],
  ['nothing', markup`<p>${undefined}${null}${false}${''}${[]}</p>`, '<p></p>'],
  ['markup, as it is', markup`<p>${markup`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
  ['a list', markup`<ul>${['<', 2, markup`<li>`, [false, ['>']]]}</ul>`, '<ul>&lt;2<li>&gt;</ul>'],
  ['what only looks like markup', markup`<p>${{ text: '<b>' }.text}</p>`, '<p>&lt;b&gt;</p>'],
  ['behind a whole comment, script, style and a sign', markup`<!-- <p --><script>if (a < b) c(">")</script><style>a > b {}</style>1 < 2 ${'<'}`, '<!-- <p --><script>if (a < b) c(">")</script><style>a > b {}</style>1 < 2 &lt;'],
  ['behind an attribute with ">" in it', markup`<p title="a > b" hidden data-id=7>${'<'}</p>`, '<p title="a > b" hidden data-id=7>&lt;</p>'],
  ['without any value', markup`<p>Café</p>`, '<p>Café</p>'],
] as [string, Markup, string][]) {
  test(`markup escapes ${name}`, () => {
    assert.equal(made.text, text);
    assert.equal(String(made), text);
  });
}

test('markup is the same each time one template is used, with other values', () => {
  const line = (name: string) => markup`<li data-name="${name}">${name}</li>`.text;
  assert.deepEqual(['Tea', '"<', ''].map(line), ['<li data-name="Tea">Tea</li>', '<li data-name="&quot;&lt;">&quot;&lt;</li>', '<li data-name=""></li>']);
});

// ── addresses ─────────────────────────────────────────────────────────────────────────────────

for (const [address, link, form] of [
  ['/menu', '/menu', '/menu'],
  ['/', '/', '/'],
  ['', '', ''],
  ['/menu?search=tea&limit=2', '/menu?search=tea&amp;limit=2', '/menu?search=tea&amp;limit=2'],
  ['#note-2', '#note-2', '#note-2'],
  ['?before=2', '?before=2', '?before=2'],
  [`/"'><`, '/&quot;&#39;&gt;&lt;', '/&quot;&#39;&gt;&lt;'],
  ['https://example.org/a', 'https://example.org/a', 'about:blank'],
  ['HTTP://example.org', 'HTTP://example.org', 'about:blank'],
  ['mailto:ada@cafe.example', 'mailto:ada@cafe.example', 'about:blank'],
  ['javascript:alert(1)', 'about:blank', 'about:blank'],
  ['JavaScript:alert(1)', 'about:blank', 'about:blank'],
  [' javascript:alert(1)', 'about:blank', 'about:blank'],
  ['java\tscript:alert(1)', 'about:blank', 'about:blank'],
  ['\u0001javascript:alert(1)', 'about:blank', 'about:blank'],
  ['&#106;avascript:alert(1)', 'about:blank', 'about:blank'],
  ['data:text/html,<script>', 'about:blank', 'about:blank'],
  ['vbscript:x', 'about:blank', 'about:blank'],
  ['//example.org', 'about:blank', 'about:blank'],
  ['/\\example.org', 'about:blank', 'about:blank'],
  ['/\t/example.org', 'about:blank', 'about:blank'],
  ['\\\\example.org', 'about:blank', 'about:blank'],
  ['menu', 'about:blank', 'about:blank'],
] as const) {
  test(`markup lets a link and a form lead to ${JSON.stringify(address)}, or to an empty page`, () => {
    assert.equal(markup`<a href="${address}">x</a>`.text, `<a href="${link}">x</a>`);
    assert.equal(markup`<form action="${address}"><img src="${address}"></form>`.text, `<form action="${form}"><img src="${form}"></form>`);
  });
}

test('markup writes a part of an address with percent-codes', () => {
  assert.equal(markup`<a href="/menu?search=${'milk & "tea"/?#☕'}&limit=${2}">x</a>`.text, '<a href="/menu?search=milk%20%26%20%22tea%22%2F%3F%23%E2%98%95&limit=2">x</a>');
  assert.equal(markup`<a href='/x/${"it's \ud800"}'>x</a>`.text, "<a href='/x/it&#39;s%20%EF%BF%BD'>x</a>");
  assert.equal(markup`<a href="https://example.org/${'//a b'}">x</a>`.text, '<a href="https://example.org/%2F%2Fa%20b">x</a>');
});

// ── refused ───────────────────────────────────────────────────────────────────────────────────

const outside = 'Write the value between two tags, or in quotation marks as the value of an attribute: class="…".';
const code = 'This is code, where other characters have to be escaped. Write the value into an attribute, such as data-id="…", and let a script read it there.';
const runs = (name: string) => `Browsers read the attribute "${name}" as code. Write the value into an attribute such as data-id="…".`;
const address = 'An address must begin with one "/"; the address of a link can also begin with https://.';

for (const [behind, rule, make] of [
  ['<p class=', outside, (value) => markup`<p class=${value}></p>`],
  ['<p', outside, (value) => markup`<p ${value}></p>`],
  ['<p title="a b=" ', outside, (value) => markup`<p title="a b=" ${value}></p>`],
  ['<p data-', outside, (value) => markup`<p data-${value}="x"></p>`],
  ['<', outside, (value) => markup`<${value}></p>`],
  ['</', outside, (value) => markup`</${value}>`],
  ['<!doctype ', outside, (value) => markup`<!doctype ${value}>`],
  ['<!-- ', 'Nobody sees a comment: take the value out.', (value) => markup`<!-- ${value} -->`],
  ['<script>let note = "', code, (value) => markup`<script>let note = "${value}"</script>`],
  ['<SCRIPT type="module">', code, (value) => markup`<SCRIPT type="module">${value}</SCRIPT>`],
  ['<style>p { color: ', code, (value) => markup`<style>p { color: ${value} }</style>`],
  ['<p onclick="', runs('onclick'), (value) => markup`<p onclick="${value}"></p>`],
  ['<p OnClick="show(', runs('onclick'), (value) => markup`<p OnClick="show('${value}')"></p>`],
  ['<p style="color: ', runs('style'), (value) => markup`<p style="color: ${value}"></p>`],
  ['<iframe srcdoc="', runs('srcdoc'), (value) => markup`<iframe srcdoc="${value}"></iframe>`],
  ['<a href="javascript:', address, (value) => markup`<a href="javascript:${value}">x</a>`],
  ['<a href="//', address, (value) => markup`<a href="//${value}">x</a>`],
  ['<img src="https://', address, (value) => markup`<img src="https://${value}">`],
] as [string, string, (value: Value) => Markup][]) {
  test(`markup refuses a value behind ${behind}, whatever it is, each time`, () => {
    for (const value of ['tea', '', undefined]) {
      assert.throws(() => make(value), (error: Error) => error.message.startsWith(`A value cannot come after ${behind.trimEnd()}`) && error.message.endsWith(` in a template. ${rule}`));
    }
  });
}

for (const [end, make] of [
  ['<p title="', () => markup`<p title="`],
  ['<script>', () => markup`<p>${'a'}</p><script>`],
  ['<!-- ', () => markup`<!-- `],
  ['<p ', () => markup`${'a'}<p `],
] as [string, () => Markup][]) {
  test(`markup refuses a template that ends inside of ${end}`, () => {
    assert.throws(make, { message: `This template ends inside of ${end}: close it in the template that opens it.` });
  });
}

for (const [value, name] of [
  [{ name: 'Flat white' }, 'an object'],
  [Promise.resolve('tea'), 'a promise (is an "await" missing?)'],
  [true, 'true'],
  [NaN, 'NaN'],
  [() => 'tea', 'a function'],
] as [any, string][]) {
  test(`markup refuses ${name} as text and as an attribute`, () => {
    const message = `A page holds text, numbers and markup, but ${name} was to be written: name the field that is meant, such as item.name.`;
    assert.throws(() => markup`<p>${value}</p>`, { name: 'TypeError', message });
    assert.throws(() => markup`<p title="${value}"></p>`, { name: 'TypeError', message });
    assert.throws(() => markup`<p>${[value]}</p>`, { name: 'TypeError', message });
  });
}

test('markup refuses markup and lists in an attribute, where their tags would be text', () => {
  for (const [value, name] of [[markup`<b>"</b>`, 'the markup <b>"</b>'], [['a'], 'a list']] as [Value, string][]) {
    const refused = { name: 'TypeError', message: `An attribute holds text, and no markup, but it was ${name}: hand in the text itself.` };
    assert.throws(() => markup`<p title="${value}"></p>`, refused);
    assert.throws(() => markup`<a href="${value}"></a>`, refused);
    assert.throws(() => markup`<a href="/menu/${value}"></a>`, refused);
  }
});

test('nobody can make markup out of JSON', () => {
  const note = JSON.parse('{"text":"<b>","constructor":{"name":"Markup"},"toString":"x"}');
  assert.throws(() => markup`<p>${note}</p>`, { name: 'TypeError' });
});

// ── keep ──────────────────────────────────────────────────────────────────────────────────────

test('memoize() makes the same records once, and others anew', () => {
  const made: string[] = [];
  const show = memoize((teas: readonly { name: string }[]) => {
    made.push(teas.map(({ name }) => name).join());
    return markup`<p>${teas.map(({ name }) => name)}</p>`;
  });
  const [mint, chai] = [{ name: 'Mint ☕' }, { name: 'Chai' }];
  assert.equal(show([]).text, '<p></p>');
  for (const list of [[mint, chai], [mint, chai], [chai, mint], [mint], [{ ...mint }], []]) assert.equal(show(list).text, `<p>${list.map(({ name }) => name).join('')}</p>`);
  assert.deepEqual(made, ['', 'Mint ☕,Chai', 'Chai,Mint ☕', 'Mint ☕', 'Mint ☕', '']);
});

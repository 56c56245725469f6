import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { readAddress } from '../lessons/03-address/address.ts';

// Two fields are all that readAddress() reads of a request.
const read = (url: string, method = 'GET') => readAddress({ method, url } as IncomingMessage);

test('readAddress() takes method, path and query apart', () => {
  const { method, path, query, refused } = read('/menu?search=caf%C3%A9&sort=price', 'HEAD');
  assert.deepEqual({ method, path, query: [...query], refused }, {
    method: 'HEAD',
    path: '/menu',
    query: [['search', 'café'], ['sort', 'price']],
    refused: undefined,
  });
});

for (const [url, path, query] of [
  ['/', '/', ''],
  ['/menu/', '/menu/', ''],
  ['/?', '/', ''],
  ['/menu?a=1?b', '/menu', 'a=1%3Fb'],
  ['/menu?search=flat+white', '/menu', 'search=flat+white'],
  ['/menu/cr%C3%A8me%20br%C3%BBl%C3%A9e', '/menu/crème brûlée', ''],
  ['/menu/100%25', '/menu/100%', ''],
  ['/menu/%2525', '/menu/%25', ''],
  ['/menu?a=1&b=1&A=1&a%20=1', '/menu', 'a=1&b=1&A=1&a+=1'],
  ['/menu?a&b&&', '/menu', 'a=&b='],
  ['/.well-known/x', '/.well-known/x', ''],
  ['/style.css', '/style.css', ''],
  ['/a..b', '/a..b', ''],
  ['http://localhost:3000/menu?x=1', '/menu', 'x=1'],
  ['HTTPS://café.example', '/', ''],
] as const) {
  test(`readAddress() reads ${url}`, () => {
    const address = read(url);
    assert.equal(address.refused, undefined);
    assert.equal(address.path, path);
    assert.equal(address.query.toString(), query);
  });
}

test('readAddress() reads * for OPTIONS, which asks about the server as a whole', () => {
  assert.equal(read('*', 'OPTIONS').refused, undefined);
});

const PERCENT_RULE = 'Each "%" must begin a code for a byte of UTF-8, such as %20 for a space; the character "%" itself is written %25.\n';

for (const [url, sentence] of [
  ['/%', `The path "/%" cannot be read. ${PERCENT_RULE}`],
  ['/%zz', `The path "/%zz" cannot be read. ${PERCENT_RULE}`],
  ['/caf%E9', `The path "/caf%E9" cannot be read. ${PERCENT_RULE}`],
  ['/menu?search=%', `The query "search=%" cannot be read. ${PERCENT_RULE}`],
  ['//', 'The path "//" must not contain "//": write one slash between two parts.\n'],
  ['//menu', 'The path "//menu" must not contain "//": write one slash between two parts.\n'],
  ['/menu//2', 'The path "/menu//2" must not contain "//": write one slash between two parts.\n'],
  ['/menu/../staff', 'The path "/menu/../staff" must not contain "." or ".." as a part: name the thing directly.\n'],
  ['/%2e%2E/staff', 'The path "/%2e%2E/staff" must not contain "." or ".." as a part: name the thing directly.\n'],
  ['/.', 'The path "/." must not contain "." or ".." as a part: name the thing directly.\n'],
  ['/menu%2F2', 'The path "/menu%2F2" must not hide a "/" as %2F: a value with a slash belongs in the query.\n'],
  ['/menu/%00', 'The path "/menu/%00" must not contain control characters.\n'],
  ['/menu/%0d%0a', 'The path "/menu/%0d%0a" must not contain control characters.\n'],
  ['*', 'The path "*" must begin with "/".\n'],
  ['menu', 'The path "menu" must begin with "/".\n'],
] as const) {
  test(`readAddress() refuses ${url} with 400`, () => {
    const { refused } = read(url);
    assert.deepEqual({ status: refused?.status, body: refused?.body }, { status: 400, body: sentence });
  });
}

for (const [query, name] of [
  ['a=1&a=2', 'a'],
  ['a=1&a=1', 'a'],
  ['a&a', 'a'],
  ['a=1&b=2&c=3&b=', 'b'],
  ['a=1&%61=2', 'a'],
  ['a+b=1&a%20b=2', 'a b'],
  ['=1&=2', ''],
  ['__proto__=1&__proto__=2', '__proto__'],
  [`${'x'.repeat(200)}&${'x'.repeat(200)}`, `${'x'.repeat(100)}…`],
] as const) {
  test(`readAddress() refuses a field that comes twice: ?${query.slice(0, 40)}`, () => {
    for (const path of ['/', '/menu', 'http://localhost/menu']) {
      const { refused } = read(`${path}?${query}`);
      assert.deepEqual([refused?.status, refused?.body], [400, `The query has the field "${name}" ` +
        'twice, and only one of them would count: send it once.\n']);
    }
  });
}

test('readAddress() reads an address of 8,000 characters, and no longer one', () => {
  assert.equal(read(`/${'a'.repeat(7_999)}`).refused, undefined);
  assert.equal(read(`/${'a'.repeat(8_000)}`).refused?.status, 414);
});

test('readAddress() refuses 10,000 characters with 414', () => {
  const { refused } = read(`/${'a'.repeat(9_999)}`);
  assert.deepEqual({ status: refused?.status, body: refused?.body }, { status: 414, body: 'The address has 10000 characters; at most 8000 are read.\n' });
});

test('readAddress() shows only the beginning of a long path that it refuses', () => {
  assert.match(String(read(`/${'a'.repeat(500)}%`).refused?.body), /^The path "\/a{99}…" cannot be read/);
});

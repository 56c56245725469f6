// A pattern that cannot be meant is refused at the start, with the part and the way out.
//
//   router([{ method: 'GET', pattern: '/menu/:id?', … }])
//     ──►  The pattern "/menu/:id?" has the part ":id?", … Where a part may be missing, write two …
import assert from 'node:assert/strict';
import test from 'node:test';
import { text } from '../lessons/02-reply/reply.ts';
import { checkPattern } from '../lessons/04-router/pattern.ts';
import { router, type Route } from '../lessons/04-router/router.ts';

for (const pattern of [
  '/', '/menu', '/menu/:id', '/menu/:id/edit', '/files/*path', '/*path', '/cup.svg', '/café',
  '/.well-known/:name', '/@ada', '/a-b_c~d', '/:größe', '/:a/:b', '/api/v1.2/menu', '/…',
  '/👩‍🍳', '/__proto__', '/:constructor',
]) {
  test(`checkPattern() takes ${pattern}`, () => checkPattern(pattern));
}

const optional = 'If a part can be missing, write two routes.';
const checked = 'Make it a value, and let the handler check it.';
const whole = 'Make the whole part one value, and take it apart in the handler.';
const query = 'Leave out what begins at "?" or "#": a handler finds it in address.query.';
const colon = 'Write a value with a colon: ":id".';
const plain = 'Write the character itself: "café", not "caf%C3%A9".';
const proto = 'Give the value another name: every object has something called "__proto__".';
const unseen = 'It contains an invisible character: type it again.';
const away = 'Leave that out of the address.';

for (const [pattern, part, wayOut] of [
  ['/menu/:id?', ':id?', optional],
  ['/menu/:id+', ':id+', whole],
  ['/files/:path*', ':path*', whole],
  ['/menu/:id(\\d+)', ':id(\\d+)', checked],
  ['/menu/(\\d+)', '(\\d+)', checked],
  ['/menu/(new|old)', '(new|old)', checked],
  ['/:from-:to', ':from-:to', whole],
  ['/menu/:id.json', ':id.json', whole],
  ['/user-:id', 'user-:id', whole],
  ['/menu/:item-id', ':item-id', whole],
  ['/menu/:2nd', ':2nd', whole],
  ['/files/img*', 'img*', whole],
  ['/menu/{:id}', '{:id}', colon],
  ['/menu/{id}', '{id}', colon],
  ['/menu/<id>', '<id>', colon],
  ['/menu/<int:id>', '<int:id>', colon],
  ['/menu/[id]', '[id]', colon],
  ['/menu?search=tea', 'menu?search=tea', query],
  ['/menu#top', 'menu#top', query],
  ['/caf%C3%A9', 'caf%C3%A9', plain],
  ['/100%', '100%', plain],
  ['/menu/:__proto__', ':__proto__', proto],
  ['/flat white', 'flat white', away],
  ['/menu/..', '..', away],
  ['/./menu', '.', away],
  ['/menu\\new', 'menu\\new', away],
  ['/menu\n', 'menu\n', away],
  ['/^menu', '^menu', away],
  ['/menu$', 'menu$', away],
  ['/menu/$id', '$id', colon],
  ['/menu\u200b', 'menu\u200b', unseen],
  ['/\u202emenu', '\u202emenu', unseen],
] as const) {
  test(`checkPattern() refuses ${JSON.stringify(pattern)}`, () => {
    assert.throws(() => checkPattern(pattern), {
      message: `The pattern "${pattern}" has the part "${part}", and this router reads a part as ` +
        'one word, such as "menu", or as one value, such as ":id"; other frameworks read more ' +
        `into it. ${wayOut}`,
    });
  });
}

test('router() checks each pattern before the first request', () => {
  const routes = [{ method: 'GET', pattern: '/menu/:id?', handler: () => text(200, '') }];
  assert.throws(() => router(routes), /^Error: The pattern "\/menu\/:id\?" has the part ":id\?",/);
});

for (const [method, pattern, said] of [
  ['GET', /menu/, 'GET and /menu/'],
  ['GET', undefined, 'GET and undefined'],
  [undefined, '/menu', 'undefined and /menu'],
] as const) {
  test(`router() refuses a route with ${said}`, () => {
    const route = { method, pattern, handler: () => text(200, '') } as unknown as Route;
    assert.throws(() => router([route]), {
      message: 'A route has a method such as "GET" and a pattern such as "/menu/:id", both as ' +
        `text, but they were ${said}.`,
    });
  });
}

for (const method of ['GTE', 'gte', 'ALL', '*', '', 'CONNECT', ' GET', 'GET,POST']) {
  test(`router() refuses the method ${JSON.stringify(method)}, which no request has`, () => {
    assert.throws(() => router([{ method, pattern: '/menu', handler: () => text(200, '') }]), {
      message: 'The method of "/menu" must be GET, POST, PUT, DELETE or a relative of them, ' +
        `but it was "${method}": no request has that.`,
    });
  });
}

const both = 'A route has a method such as "GET" and a pattern such as "/menu/:id", ' +
  'both as text, but they were undefined and undefined.';
const GET_MENU: Route = { method: 'GET', pattern: '/menu', handler: () => text(200, '') };
for (const [what, routes, message] of [
  ['a route that is undefined', [undefined], both],
  ['a list in the list', [[GET_MENU]], both],
  ['a handler alone', [GET_MENU.handler], both],
  ['a route without a handler', [{ ...GET_MENU, handler: undefined }],
    'The handler of GET /menu must be a function, but it was undefined.'],
  ['no list', undefined, 'router() takes a list of routes, but it was given undefined.'],
  ['one route', GET_MENU, 'router() takes a list of routes, but it was given [object Object].'],
] as [string, unknown, string][]) {
  test(`router() refuses ${what}`, () => {
    assert.throws(() => router(routes as Route[]), { name: 'Error', message });
  });
}

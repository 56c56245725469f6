import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { text, type Reply } from '../lessons/02-reply/reply.ts';
import { readAddress } from '../lessons/03-address/address.ts';
import { answerWith, router, type Handler, type Route } from '../lessons/04-router/router.ts';
import { serve } from './serve.ts';

// A handler that says which route it stands at, and with which values.
const route = (line: string): Route => {
  const [method = '', pattern = ''] = line.split(' ');
  return { method, pattern, handler: ({ params }) => text(200, `${line} ${JSON.stringify(params)}`) };
};

function ask(handler: Handler, line: string): Reply {
  const [method, url] = line.split(' ');
  const request = { method, url } as IncomingMessage;
  return handler({ request, address: readAddress(request), params: {} }) as Reply;
}

const cafe = router(['GET /', 'GET /menu', 'POST /menu', 'GET /menu/:id', 'POST /menu/new', 'GET /menu/top', 'PUT /menu/:id', 'GET /menu/:id/notes/:note', 'GET /orders/:order/lines', 'GET /assets/*file', 'DELETE /carts/all'].map(route));

for (const [line, body] of [
  ['GET /', 'GET / {}'],
  ['GET /menu', 'GET /menu {}'],
  ['POST /menu', 'POST /menu {}'],
  ['GET /menu/2', 'GET /menu/:id {"id":"2"}'],
  ['GET /menu/cr%C3%A8me%20br%C3%BBl%C3%A9e', 'GET /menu/:id {"id":"crème brûlée"}'],
  ['GET /menu/top', 'GET /menu/top {}'],
  ['GET /menu/new', 'GET /menu/:id {"id":"new"}'],
  ['POST /menu/new', 'POST /menu/new {}'],
  ['PUT /menu/new', 'PUT /menu/:id {"id":"new"}'],
  ['GET /menu/top/notes/7', 'GET /menu/:id/notes/:note {"id":"top","note":"7"}'],
  ['GET /menu/__proto__', 'GET /menu/:id {"id":"__proto__"}'],
  ['GET /orders/42/lines', 'GET /orders/:order/lines {"order":"42"}'],
  ['GET /assets/style.css', 'GET /assets/*file {"file":"style.css"}'],
  ['GET /assets/img/cup.png', 'GET /assets/*file {"file":"img/cup.png"}'],
  ['HEAD /menu/2', 'GET /menu/:id {"id":"2"}'],
] as const) {
  test(`router() answers ${line} by its route`, () => {
    assert.deepEqual(ask(cafe, line), text(200, body));
  });
}

for (const line of ['GET /tea', 'GET /menu/2/notes', 'GET /assets', 'GET /tea/', 'POST /orders', 'OPTIONS /tea', 'GET /constructor', 'GET /Menu']) {
  test(`router() finds nothing for ${line}`, () => {
    assert.deepEqual(ask(cafe, line), text(404, `There is nothing at "${line.split(' ')[1]}". Check the address, or begin at "/".\n`));
  });
}

for (const [line, allow] of [
  ['DELETE /menu', 'GET, HEAD, OPTIONS, POST'],
  ['DELETE /menu/2', 'GET, HEAD, OPTIONS, PUT'],
  ['PROPFIND /', 'GET, HEAD, OPTIONS'],
  ['GET /carts/all', 'DELETE, OPTIONS'],
] as const) {
  test(`router() tells a wrong method apart from an unknown path: ${line}`, () => {
    const [method, path] = line.split(' ');
    assert.deepEqual(ask(cafe, line), text(405, `"${path}" does not answer ${method}. It answers ${allow}.\n`, { allow }));
  });
}

test('router() answers OPTIONS with the methods of the path', () => {
  assert.deepEqual(ask(cafe, 'OPTIONS /menu/2'), { status: 204, headers: { allow: 'GET, HEAD, OPTIONS, PUT' }, body: '' });
});

test('router() answers OPTIONS * with all methods of the server', () => {
  assert.equal(ask(cafe, 'OPTIONS *').headers.allow, 'DELETE, GET, HEAD, OPTIONS, POST, PUT');
});

test('router() lets a route of its own answer OPTIONS and HEAD', () => {
  const own = router(['GET /menu', 'OPTIONS /menu', 'HEAD /menu'].map(route));
  assert.equal(ask(own, 'OPTIONS /menu').body, 'OPTIONS /menu {}');
  assert.equal(ask(own, 'HEAD /menu').body, 'HEAD /menu {}');
});

for (const [line, location] of [
  ['GET /menu/', '/menu'],
  ['POST /menu/', '/menu'],
  ['GET /menu/?search=caf%C3%A9', '/menu?search=caf%C3%A9'],
  ['GET /menu/cr%C3%A8me/', '/menu/cr%C3%A8me'],
] as const) {
  test(`router() leads ${line} to the address without the slash`, () => {
    const { status, headers } = ask(cafe, line);
    assert.deepEqual({ status, location: headers.location }, { status: 308, location });
  });
}

test('router() refuses an address that cannot be read', () => {
  assert.equal(ask(cafe, 'GET /menu/%').status, 400);
  assert.equal(ask(cafe, 'GET //menu/').status, 400);
});

for (const [lines, sentence] of [
  [['GET /menu', 'GET /menu'], 'Two routes answer GET /menu: keep one of them.'],
  [['GET /menu/:id', 'GET /menu/:item'], 'Two routes answer GET /menu/:item: keep one of them.'],
  [['get /menu'], 'The method of "/menu" must be written in capitals, "GET", but it was "get".'],
  [['GET menu'], 'The pattern "menu" must begin with "/".'],
  [['GET /menu/'], 'The pattern "/menu/" must not end in "/" or contain "//": the router redirects "/menu/" to "/menu".'],
  [['GET /menu/:'], 'The pattern "/menu/:" needs a name after ":" or "*", as in "/menu/:id".'],
  [['GET /menu/:id/:id'], 'The pattern "/menu/:id/:id" uses one name for two values.'],
  [['GET /*path/edit'], 'The pattern "/*path/edit" must have "*" only in its last part.'],
] as const) {
  test(`router() does not start with ${lines.join(' and ')}`, () => {
    assert.throws(() => router(lines.map(route)), { message: sentence });
  });
}

test('router() does not start with a handler that is none', () => {
  const handler = text(200, 'Hello') as unknown as Handler;
  assert.throws(() => router([{ method: 'GET', pattern: '/', handler }]), { message: 'The handler of GET / must be a function, but it was [object Object].' });
});

test('router() finds its way among 300 routes with the same beginning', () => {
  const many = router(Array.from({ length: 300 }, (_, n) => route(`GET /shelf/:a/box/:b/cup${n}`)));
  assert.equal(ask(many, 'GET /shelf/1/box/2/cup299').body, 'GET /shelf/:a/box/:b/cup299 {"a":"1","b":"2"}');
});

test('answerWith() sends what the handler returns, now or later', async (t) => {
  const url = await serve(t, answerWith(router([
    { method: 'GET', pattern: '/now', handler: () => text(200, 'flat white') },
    { method: 'GET', pattern: '/later', handler: async ({ request }) => text(200, `${request.headers.host}`) },
  ])));
  assert.equal(await (await fetch(`${url}/now`)).text(), 'flat white');
  assert.equal(await (await fetch(`${url}/later`)).text(), new URL(url).host);
  const head = await fetch(`${url}/now`, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '10', '']);
});

import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { bytes, empty, html, json, redirect, stream, text, type Reply, type ReplyHeaders } from '../lessons/02-reply/reply.ts';
import { readAddress } from '../lessons/03-address/address.ts';
import { answerWith, router, type Call, type Handler } from '../lessons/04-router/router.ts';
import { around, withLog, type Layer } from '../lessons/05-around/around.ts';
import { Refusal, withErrors, type WithErrorsOptions, type FieldError, type ErrorPage } from '../lessons/06-errors/errors.ts';
import { sendRaw, serve } from './serve.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const SECRET = 'password=secret';

function callOf(accept?: string, url = '/menu/99', method = 'GET'): Call {
  const request = { method, url, headers: accept === undefined ? {} : { accept } } as IncomingMessage;
  return { request, address: readAddress(request), params: {} };
}

/** The answer to one call, and what was reported meanwhile; the first report has the id 7. */
async function ask(handler: Handler, { accept, ...options }: WithErrorsOptions & { accept?: string } = {}) {
  const reports: unknown[] = [];
  const report = (error: unknown) => 6 + reports.push(error);
  const reply = await withErrors(handler, { report, ...options })(callOf(accept));
  return { reply, reports };
}

const throwing = (error: unknown): Handler => () => { throw error; };

function problem(status: number, title: string, detail: string, headers: ReplyHeaders = {}, errors?: FieldError[]): Reply {
  const body = JSON.stringify({ title, status, detail, errors });
  return { status, headers: { ...headers, 'content-type': 'application/problem+json', vary: 'accept' }, body };
}

const noted = problem(500, 'Internal Server Error', 'The server made a mistake; it was not yours. It is noted as number 7.');

test('withErrors() passes a reply on as it is', async () => {
  const welcome = html(200, '<h1>Café ☕</h1>');
  assert.equal((await ask(() => welcome)).reply, welcome);
  assert.equal((await ask(async () => welcome)).reply, welcome);
});

test('a Refusal is an error with a status and a sentence', () => {
  const refusal = new Refusal(404, 'There is no item 99.');
  assert.ok(refusal instanceof Error);
  assert.deepEqual([refusal.status, refusal.message, refusal.details], [404, 'There is no item 99.', {}]);
});

for (const [how, handler] of [
  ['thrown', throwing(new Refusal(404, 'There is no item 99.'))],
  ['thrown later', async () => { await null; throw new Refusal(404, 'There is no item 99.'); }],
  ['a rejected promise', () => Promise.reject(new Refusal(404, 'There is no item 99.'))],
  ['returned as text', () => text(404, 'There is no item 99.\n')],
] as const) {
  test(`withErrors() answers a refusal that is ${how}, and reports nothing`, async () => {
    const { reply, reports } = await ask(handler);
    assert.deepEqual(reply, problem(404, 'Not Found', 'There is no item 99.'));
    assert.deepEqual(reports, []);
  });
}

for (const [what, handler, error] of [
  ['an error that is thrown', throwing(new TypeError(SECRET)), new TypeError(SECRET)],
  ['an error that is thrown later', async () => { await null; throw new TypeError(SECRET); }, new TypeError(SECRET)],
  ['a rejected promise', () => Promise.reject(new Error(SECRET)), new Error(SECRET)],
  ['text that is thrown', throwing(SECRET), SECRET],
  ['an object that only looks like a refusal', throwing({ status: 404, message: SECRET }), { status: 404, message: SECRET }],
  ['null that is thrown', throwing(null), null],
  ['undefined that is thrown', throwing(undefined), undefined],
  ['a promise rejected with nothing', () => Promise.reject(), undefined],
  ['an error whose sentence fails as well', throwing(Object.create(Error.prototype, { message: { get() { throw new Error(SECRET); } } })), undefined],
] as const) {
  test(`withErrors() answers 500 without details for ${what}, and reports it once`, async () => {
    const { reply, reports } = await ask(handler);
    assert.deepEqual(reply, noted);
    assert.equal(reports.length, 1);
    if (!what.includes('fails as well')) assert.deepEqual(reports, [error]);
  });
}

for (const [what, value] of [['nothing: a forgotten return', undefined], ['text', SECRET], ['a promise in a list', [Promise.resolve()]]] as const) {
  test(`withErrors() answers 500 when a handler returns ${what}, and tells the programmer what to return`, async () => {
    const { reply, reports } = await ask((() => value) as unknown as Handler);
    assert.deepEqual(reply, noted);
    assert.equal(reports.length, 1);
    assert.match(String(reports[0]), /^TypeError: What is sent must be a reply such as text\(200, "Hello"\), but it was /);
  });
}

test('withErrors() gives the report the error itself and the call', async () => {
  const bug = new Error(SECRET);
  const call = callOf();
  const reports: unknown[] = [];
  await withErrors(throwing(bug), { report: (...report) => { reports.push(...report); return 'a-1'; } })(call);
  assert.equal(reports[0], bug);
  assert.equal(reports[1], call);
});

test('withErrors() shows the client the id of the report', async () => {
  const { reply } = await ask(throwing(new Error(SECRET)), { report: () => 'a1b2', accept: BROWSER });
  assert.deepEqual(reply, text(500, 'The server made a mistake; it was not yours. It is noted as number a1b2.\n', { vary: 'accept' }));
});

test('withErrors() prints a bug with its details and a number that counts up, when nothing else is said', async (t) => {
  const print = t.mock.method(console, 'error', () => {});
  const bug = new Error(SECRET);
  const cafe = withErrors(throwing(bug));
  const numbers = [await cafe(callOf()), await cafe(callOf())].map(({ body }) => Number(/noted as number (\d+)\./.exec(String(body))?.[1]));
  assert.equal(numbers[1], numbers[0]! + 1);
  assert.deepEqual(print.mock.calls.map((call) => call.arguments), numbers.map((number) => [`Bug ${number}, in GET /menu/99:`, bug]));
});

test('withErrors() prints no query, which is as private in a report as in the log', async (t) => {
  const print = t.mock.method(console, 'error', () => {});
  const cafe = withErrors(throwing(new Error('a bug')));
  for (const url of ['/menu?password=secret', '/menu?a?b', `/${'x'.repeat(300)}?secret`]) {
    await cafe(callOf(undefined, url));
  }
  const printed = print.mock.calls.map(({ arguments: [line] }) => String(line));
  assert.deepEqual(printed.map((line) => line.replace(/^Bug \d+, /, '')), [
    'in GET /menu:', 'in GET /menu:', `in GET /${'x'.repeat(199)}...:`,
  ]);
});

for (const [accept, form] of [
  [undefined, 'problem'],
  ['', 'problem'],
  ['*/*', 'problem'],
  ['application/json', 'problem'],
  ['application/problem+json', 'problem'],
  ['application/json, text/plain, */*', 'problem'],
  ['text/html, application/json', 'problem'],
  ['application/problem+json, text/html;q=0.9', 'problem'],
  ['text/html;q=0.5, application/json;q=0.9', 'problem'],
  ['text/html;q=0.5, */*', 'problem'],
  ['text/html;q=0, */*;q=0.1', 'problem'],
  ['text/html;q=0', 'problem'],
  ['text/html;q=many', 'problem'],
  ['image/png', 'problem'],
  ['text/csv', 'problem'],
  ['application/*, text/html;q=0.9', 'problem'],
  [BROWSER, 'page'],
  ['text/html', 'page'],
  ['text/plain', 'page'],
  ['text/*', 'page'],
  ['TEXT/HTML', 'page'],
  ['text/html; charset=utf-8', 'page'],
  ['*/*;q=0.8,text/html', 'page'],
  ['text/html;q=0.1, application/json;q=0.5, text/plain;q=0.9', 'page'],
  ['application/json;q=0.5 , text/html ; q=0.9', 'page'],
  ['application/json;q=0.5, text/html;level=1;Q=0.9', 'page'],
  ['application/problem+json;q=0, text/html;q=0.001', 'page'],
  ['text/plain, */*;q=0.1', 'page'],
] as const) {
  test(`withErrors() answers with a ${form} for the accept ${accept === undefined ? 'of nobody' : `"${accept}"`}`, async () => {
    const { reply } = await ask(throwing(new Refusal(404, 'There is no item 99.')), { accept });
    const expected = form === 'page'
      ? text(404, 'There is no item 99.\n', { vary: 'accept' })
      : problem(404, 'Not Found', 'There is no item 99.');
    assert.deepEqual(reply, expected);
  });
}

const fieldErrors = [
  { field: 'price', message: '"price" is missing.' },
  { field: 'colour', message: '"colour" is not a known field.' },
];

test('withErrors() answers with a status that has no name', async () => {
  assert.deepEqual((await ask(throwing(new Refusal(499, 'Too late.')))).reply, problem(499, 'Unknown', 'Too late.'));
});

test('withErrors() lists the wrong fields in a problem', async () => {
  const { reply } = await ask(throwing(new Refusal(422, 'Some fields are not valid.', { errors: fieldErrors })));
  assert.deepEqual(reply, problem(422, 'Unprocessable Entity', 'Some fields are not valid.', {}, fieldErrors));
});

test('withErrors() lists the wrong fields in a text', async () => {
  const { reply } = await ask(throwing(new Refusal(422, 'Some fields are not valid.', { errors: fieldErrors })), { accept: BROWSER });
  assert.deepEqual(reply, text(422, 'Some fields are not valid.\n- "price" is missing.\n- "colour" is not a known field.\n', { vary: 'accept' }));
});

for (const accept of ['*/*', BROWSER]) {
  const dress = (status: number, title: string, sentence: string, headers: ReplyHeaders): Reply =>
    accept === BROWSER ? text(status, `${sentence}\n`, { ...headers, vary: 'accept' }) : problem(status, title, sentence, headers);

  test(`withErrors() keeps the headers of a thrown refusal, asked with ${accept.slice(0, 9)}`, async () => {
    const { reply } = await ask(throwing(new Refusal(429, 'Wait a minute.', { headers: { 'retry-after': '60' } })), { accept });
    assert.deepEqual(reply, dress(429, 'Too Many Requests', 'Wait a minute.', { 'retry-after': '60' }));
  });

  test(`withErrors() keeps the headers of a returned refusal, but not its form, asked with ${accept.slice(0, 9)}`, async () => {
    const { reply } = await ask(() => text(503, 'Closed.\n', { 'retry-after': '60', 'set-cookie': ['a=1', 'b=2'] }), { accept });
    assert.deepEqual(reply, dress(503, 'Service Unavailable', 'Closed.', { 'retry-after': '60', 'set-cookie': ['a=1', 'b=2'] }));
  });

  test(`withErrors() says that an answer varies by more than the accept, asked with ${accept.slice(0, 9)}`, async () => {
    const { reply } = await ask(() => text(403, 'Not from there.', { vary: 'origin' }), { accept });
    assert.equal(reply.headers.vary, 'origin, accept');
  });
}

test('withErrors() changes neither the reply nor the refusal that it dresses: both may be one value for all', async () => {
  const closed = text(503, 'Closed.\n', { 'retry-after': '60' });
  const refusal = new Refusal(429, 'Wait.', { headers: { 'retry-after': '60' } });
  await ask(() => closed);
  await ask(throwing(refusal));
  assert.deepEqual(closed, text(503, 'Closed.\n', { 'retry-after': '60' }));
  assert.deepEqual(refusal.details, { headers: { 'retry-after': '60' } });
});

test('withErrors() leaves the onClose of a refusal in place, so that a log below it has its line', async () => {
  const told: boolean[] = [];
  const { reply } = await ask(() => ({ ...text(404, 'There is no item 99.'), onClose: (completed) => told.push(completed) }));
  reply.onClose?.(true, 200);
  assert.deepEqual(told, [true]);
});

for (const [what, refused] of [
  ['a page', html(404, '<h1>There is no item 99.</h1>')],
  ['JSON', json(422, { wrong: 'price' })],
  ['bytes', bytes(404, 'text/plain', Buffer.from('There is no item 99.'))],
  ['a stream', stream(404, 'text/plain', Readable.from([]))],
  ['an answer without a body', empty(412)],
  ['a redirection', redirect('/login')],
  ['good text', text(200, 'flat white')],
] as const) {
  test(`withErrors() leaves ${what} as it is: ${refused.status}`, async () => {
    assert.equal((await ask(() => refused)).reply, refused);
  });
}

const cafe = router([{ method: 'GET', pattern: '/menu', handler: () => text(200, 'flat white') }]);

for (const [line, expected] of [
  ['GET /tea', problem(404, 'Not Found', 'There is nothing at "/tea". Check the address, or begin at "/".')],
  ['PUT /menu', problem(405, 'Method Not Allowed', '"/menu" does not answer PUT. It answers GET, HEAD, OPTIONS.', { allow: 'GET, HEAD, OPTIONS' })],
  ['GET /%', problem(400, 'Bad Request', 'The path "/%" cannot be read. Each "%" must begin a code for a byte of UTF-8, such as %20 for a space; the character "%" itself is written %25.')],
  ['GET /menu', text(200, 'flat white')],
] as const) {
  test(`withErrors() dresses what the router refuses: ${line}`, async () => {
    const [method, url] = line.split(' ');
    assert.deepEqual(await withErrors(cafe)(callOf('*/*', url, method)), expected);
  });
}

const page: ErrorPage = (status, sentence, { errors = [] }) => html(status, `<h1>${sentence}</h1>${errors.length}`);

test('withErrors() shows a browser the page that it was given', async () => {
  const { reply } = await ask(throwing(new Refusal(422, 'Not right.', { errors: fieldErrors, headers: { 'x-order': '42' } })), { accept: BROWSER, page });
  assert.deepEqual(reply, html(422, '<h1>Not right.</h1>2', { 'x-order': '42', vary: 'accept' }));
});

test('withErrors() shows a browser the page for text that was returned, and for a bug', async () => {
  assert.deepEqual((await ask(() => text(404, 'Not here.\n'), { accept: BROWSER, page })).reply, html(404, '<h1>Not here.</h1>0', { vary: 'accept' }));
  const { reply } = await ask(throwing(new Error(SECRET)), { accept: BROWSER, page });
  assert.deepEqual(reply, html(500, '<h1>The server made a mistake; it was not yours. It is noted as number 7.</h1>0', { vary: 'accept' }));
});

test('withErrors() gives the page the call, and waits for it', async () => {
  const paths: string[] = [];
  const later: ErrorPage = async (status, sentence, _details, { address }) => {
    await null;
    paths.push(address.path);
    return html(status, sentence);
  };
  for (const handler of [throwing(new Refusal(404, 'Not here.')), () => text(404, 'Not here.')]) {
    const { reply } = await ask(handler, { accept: BROWSER, page: later });
    assert.deepEqual([reply.status, reply.body], [404, 'Not here.']);
  }
  assert.deepEqual(paths, ['/menu/99', '/menu/99']);
});

test('withErrors() still answers when the page fails later', async (t) => {
  t.mock.method(console, 'error', () => {});
  const page: ErrorPage = async () => { throw new Error('The store is closed.'); };
  for (const handler of [throwing(new Refusal(404, 'Not here.')), () => text(404, 'Not here.')]) {
    const { reply } = await ask(handler, { accept: BROWSER, page });
    assert.deepEqual([reply.status, reply.body], [500, 'The server made a mistake; it was not yours.\n']);
  }
});

test('withErrors() does not make the page for a program', async () => {
  const { reply } = await ask(throwing(new Refusal(404, 'Not here.')), { page: () => assert.fail('made') });
  assert.deepEqual(reply, problem(404, 'Not Found', 'Not here.'));
});

const sorry = text(500, 'The server made a mistake; it was not yours.\n');
const brokenPage: ErrorPage = () => { throw new Error(SECRET); };

for (const [what, handler, options] of [
  ['the report of a bug', throwing(new Error('x')), { report: () => { throw new Error(SECRET); } }],
  ['the page for a bug', throwing(new Error('x')), { page: brokenPage }],
  ['the page for a refusal that was thrown', throwing(new Refusal(404, 'Not here.')), { page: brokenPage }],
  ['the page for a refusal that was returned', () => text(404, 'Not here.'), { page: brokenPage }],
  ['the page, which returns nothing,', throwing(new Refusal(404, 'Not here.')), { page: (() => {}) as unknown as ErrorPage }],
] as const) {
  test(`withErrors() still answers when ${what} fails, and prints why`, async (t) => {
    const print = t.mock.method(console, 'error', () => {});
    const { reply } = await ask(handler, { accept: BROWSER, ...options });
    assert.deepEqual(reply, sorry);
    assert.equal(print.mock.callCount(), 1);
  });
}

test('withErrors() keeps the server alive, whatever a handler does', async (t) => {
  const reports: unknown[] = [];
  const bad: Record<string, Handler> = {
    '/throw': throwing(new Error(SECRET)),
    '/reject': () => Promise.reject(new Error(SECRET)),
    '/later': () => new Promise((_resolve, reject) => setImmediate(reject, SECRET)),
    '/nothing': (() => {}) as unknown as Handler,
    '/undefined': throwing(undefined),
    '/refused': throwing(new Refusal(404, 'Not here.')),
    '/good': () => text(200, 'flat white'),
  };
  const report = (error: unknown) => reports.push(error);
  const url = await serve(t, answerWith(withErrors((call) => bad[call.address.path]!(call), { report })));
  const answers = async () => Promise.all(Object.keys(bad).map(async (path) => (await fetch(url + path)).status));
  assert.deepEqual(await answers(), [500, 500, 500, 500, 500, 404, 200]);
  assert.deepEqual(await answers(), [500, 500, 500, 500, 500, 404, 200]);
  assert.equal(reports.length, 10);
});

test('withErrors() sends a problem over the network, and its head alone for HEAD', async (t) => {
  const body = '{"title":"Not Found","status":404,"detail":"There is no crème brûlée."}';
  const url = await serve(t, answerWith(withErrors(throwing(new Refusal(404, 'There is no crème brûlée.')))));
  for (const method of ['GET', 'HEAD']) {
    const response = await fetch(url, { method });
    assert.equal(response.status, 404);
    assert.deepEqual(['content-type', 'vary', 'content-length'].map((name) => response.headers.get(name)), ['application/problem+json', 'accept', String(Buffer.byteLength(body))]);
    assert.equal(await response.text(), method === 'HEAD' ? '' : body);
  }
});

// As JavaScript would call it: the types stop none of it there.
const refuse = (...given: unknown[]) =>
  new (Refusal as unknown as new (...given: unknown[]) => Refusal)(...given);

for (const [given, shown] of [
  [['There is no item 99.', 404], '"There is no item 99.", 404, {}'],
  [[], 'undefined, undefined, {}'],
  [[404], '404, undefined, {}'],
  [['404', 'Not here.'], '"404", "Not here.", {}'],
  [[NaN, 'Not here.'], 'NaN, "Not here.", {}'],
  [[404.5, 'Not here.'], '404.5, "Not here.", {}'],
  [[200, 'Not here.'], '200, "Not here.", {}'],
  [[303, 'Not here.'], '303, "Not here.", {}'],
  [[600, 'Not here.'], '600, "Not here.", {}'],
  [[404, new Error('Not here.')], '404, {}, {}'],
  [[404, 'Not here.', null], '404, "Not here.", null'],
  [[404, 'Not here.', 'x-order: 42'], '404, "Not here.", "x-order: 42"'],
] as [unknown[], string][]) {
  test(`a Refusal cannot be made of ${shown}`, () => {
    assert.throws(() => refuse(...given), {
      name: 'TypeError',
      message: 'A Refusal takes a status from 400 to 599, a sentence, and perhaps ' +
        '{ errors, headers }, as in new Refusal(404, "There is no item 99."), ' +
        `but it was given ${shown}.`,
    });
  });
}

test('a Refusal has any status from 400 to 599, and no word too much is asked of it', () => {
  for (const status of [400, 499, 500, 599]) assert.equal(refuse(status, '').status, status);
});

const spoilt = (change: object) => Object.assign(new Refusal(404, 'Not here.'), change);
const unreadable = (name: string, of: object = new Error(SECRET)) =>
  Object.defineProperty(of, name, { enumerable: true, get: () => { throw new Error(SECRET); } });
const untouchable = new Proxy({}, {
  get: () => { throw new Error(SECRET); },
  getPrototypeOf: () => { throw new Error(SECRET); },
});
const unprintable = () => {
  const show = () => { throw new Error(SECRET); };
  return Object.assign(new Error(SECRET), { [inspect.custom]: show });
};
const lost = async () => { throw new Error(SECRET); };
const returning = (reply: unknown) => (() => reply) as Handler & ErrorPage;
const withHeaders = (headers: object) => text(200, 'Tea', headers as ReplyHeaders);

for (const [what, handler] of [
  ['throws a refusal turned round', () => { throw refuse('Not here.', 404); }],
  ['throws a refusal turned round, later', async () => { throw refuse('Not here.', 404); }],
  ['throws a refusal whose status was changed', throwing(spoilt({ status: 'x' }))],
  ['throws a refusal whose details were changed', throwing(spoilt({ details: null }))],
  ['throws a refusal with a "☕" in a header', throwing(spoilt({ details: { headers: { x: '☕' } } }))],
  ['throws a refusal with a header of undefined',
    throwing(spoilt({ details: { headers: { x: undefined } } }))],
  ['throws a refusal with capitals in a header',
    throwing(spoilt({ details: { headers: { 'Content-Length': '1' } } }))],
  ['throws null', throwing(null)],
  ['throws a symbol', throwing(Symbol('x'))],
  ['throws a frozen error', throwing(Object.freeze(new Error(SECRET)))],
  ['throws an object of nothing', throwing(Object.create(null))],
  ['throws an error without a readable message', throwing(unreadable('message'))],
  ['throws an error without a readable stack', throwing(unreadable('stack'))],
  ['throws an error that cannot be printed', throwing(unprintable())],
  ['throws what cannot be touched', throwing(untouchable)],
  ['rejects with null', () => Promise.reject(null)],
  ['returns what cannot be touched', returning(untouchable)],
  ['returns null', returning(null)],
  ['returns a list of promises', () => [lost()] as unknown as Reply],
  ['returns a promise as body', () => ({ ...text(200, ''), body: lost() as unknown as string })],
  ['returns a body that cannot be read', returning(unreadable('body', text(200, '')))],
  ['returns an onClose that cannot be read', returning(unreadable('onClose', text(200, '')))],
  ['returns an onClose that is text', returning({ ...text(200, ''), onClose: 'done' })],
  ['returns headers of null', returning({ ...text(200, ''), headers: null })],
  ['returns a header of undefined', returning(withHeaders({ 'set-cookie': undefined }))],
  ['returns a header with a "☕"', returning(withHeaders({ 'set-cookie': 'a=1', x: '☕' }))],
  ['returns a header with a line break', returning(withHeaders({ x: 'a\r\nset-cookie: b=1' }))],
  ['returns a wrong length', returning(withHeaders({ 'content-length': '1', 'set-cookie': 'a' }))],
  ['returns a length of letters', returning(withHeaders({ 'content-length': 'three' }))],
] as [string, Handler][]) {
  for (const accept of ['*/*', BROWSER]) {
    const form = accept === BROWSER ? 'a page' : 'data';
    test(`withErrors() answers a clean 500 when a handler ${what}: ${form}`, async (t) => {
      t.mock.method(console, 'error', format); // What cannot be shown fails here as in Node.
      const layers: Layer[] = [(next) => withLog(next, () => {}), withErrors];
      const cafe: Handler = (call) => call.address.path === '/' ? handler(call) : text(200, 'Tea');
      const url = await serve(t, answerWith(around(layers, cafe)));
      const request = (path: string) =>
        `GET ${path} HTTP/1.1\r\nhost: x\r\naccept: ${accept}\r\nconnection: close\r\n\r\n`;

      const answer = await sendRaw(url, request('/'));
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      assert.match(head, /^HTTP\/1\.1 500 Internal Server Error\r\n/);
      assert.match(head, new RegExp(`^content-length: ${Buffer.byteLength(body)}$`, 'm'));
      assert.match(body, /The server made a mistake; it was not yours\./);
      assert.doesNotMatch(answer, /set-cookie|secret|☕/i);
      assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
      assert.match(await sendRaw(url, request('/tea')), /\r\n\r\nTea$/);
    });
  }
}

for (const [what, options] of [
  ['the report fails later', { report: lost }],
  ['the report returns a symbol', { report: () => Symbol('x') }],
  ['the report throws what cannot be printed', { report: () => { throw unprintable(); } }],
  ['the page throws what cannot be printed', { page: () => { throw unprintable(); } }],
  ['the page throws null', { page: () => { throw null; } }],
  ['the page is a refusal turned round', { page: () => { throw refuse('Not here.', 404); } }],
  ['the page has a header of undefined', { page: () => withHeaders({ x: undefined }) }],
  ['the page has a status of text', { page: () => ({ ...text(200, ''), status: '404' }) }],
  ['the page has a promise as body', { page: () => ({ ...text(500, ''), body: lost() }) }],
] as [string, object][]) {
  test(`withErrors() still answers when ${what}`, async (t) => {
    const print = t.mock.method(console, 'error', format);
    const { reply } = await ask(throwing(new Error(SECRET)), { accept: BROWSER, ...options });
    assert.deepEqual(reply, sorry);
    const [first] = print.mock.calls.map((call) => call.arguments);
    assert.equal(first?.[0], 'An error, and a bug while it was answered:');
  });
}

test('withErrors() notes even a bug that cannot be printed', async (t) => {
  t.mock.method(console, 'error', format);
  const { body } = await withErrors(throwing(unprintable()))(callOf());
  assert.match(String(body), /It is noted as number \d+\./);
});

test('withErrors() says what is wrong with the page', async (t) => {
  const print = t.mock.method(console, 'error', () => {});
  await ask(throwing(new Error(SECRET)), { accept: BROWSER, page: returning(undefined) });
  assert.equal(String(print.mock.calls[0]?.arguments[2]), 'TypeError: What is sent must be a ' +
    'reply such as text(200, "Hello"), but it was undefined: is a "return" missing?');
});

test('withErrors() waits for a report that takes its time', async () => {
  const { reply } = await ask(throwing(new Error(SECRET)), { report: async () => 'a1b2' });
  const sentence = 'The server made a mistake; it was not yours. It is noted as number a1b2.';
  assert.deepEqual(reply, problem(500, 'Internal Server Error', sentence));
});

for (const [what, handler] of [
  ['thrown', throwing(new Refusal(404, 'Not here.', { headers: { 'content-length': '9' } }))],
  ['returned', () => text(404, 'Not here.', { 'content-length': '9' })],
] as [string, Handler][]) {
  test(`withErrors() counts anew what a refusal with a length becomes: ${what}`, async () => {
    assert.deepEqual((await ask(handler)).reply, problem(404, 'Not Found', 'Not here.'));
  });
}

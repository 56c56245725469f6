import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { json, text } from '../lessons/02-reply/reply.ts';
import { answerWith, type Handler } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { readForm, readJson } from '../lessons/07-body/body.ts';
import { LIMIT, readBytes } from '../lessons/07-body/read-bytes.ts';
import { sendRaw, serve } from './serve.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const readers: Record<string, Handler> = {
  '/json': async ({ request }) => json(200, await readJson(request)),
  '/form': async ({ request }) => json(200, await readForm(request)),
  '/bytes': async ({ request }) => text(200, (await readBytes(request)).toString('latin1')),
  '/ten': async ({ request }) => text(200, (await readBytes(request, 10)).toString('latin1')),
  '/ten-json': async ({ request }) => json(200, await readJson(request, 10)),
  '/ten-form': async ({ request }) => json(200, await readForm(request, 10)),
};

/** A server that answers with what it has read, and the bugs that it reported. */
async function open(t: TestContext, more: Record<string, Handler> = {}) {
  const bugs: unknown[] = [];
  const report = (bug: unknown) => bugs.push(bug);
  const handler: Handler = (call) => ({ ...readers, ...more })[call.address.path]!(call);
  return { url: await serve(t, answerWith(withErrors(handler, { report }), report)), bugs };
}

// Bytes, unlike text, are sent by fetch() without a content-type of its own.
async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: Buffer.from(body as string), headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const postJson = (url: string, body: string | Uint8Array) => post(`${url}/json`, body, { 'content-type': JSON_TYPE });
const postForm = (url: string, body: string | Uint8Array) => post(`${url}/form`, body, { 'content-type': FORM });

const titles: Record<number, string> = { 400: 'Bad Request', 413: 'Payload Too Large', 415: 'Unsupported Media Type' };
const refusal = (status: number, detail: string) => JSON.stringify({ title: titles[status], status, detail });

function assertRefused(answer: { status: number; body: string }, status: number, sentence: string): void {
  assert.deepEqual([answer.status, answer.body], [status, refusal(status, sentence)]);
}

// Each piece is a chunk of its own, and so arrives as a piece of its own.
const chunks = (pieces: Uint8Array[]): Uint8Array[] =>
  [...pieces.flatMap((piece) => [Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]), Buffer.from('0\r\n\r\n')];

/** The whole answer to a body in these pieces, as text. */
function sendPieces(url: string, path: string, pieces: Uint8Array[], type = JSON_TYPE): Promise<string> {
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
  return sendRaw(url, Buffer.concat([Buffer.from(head), ...chunks(pieces)]));
}

const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);
const statusOf = (answer: string) => Number(answer.split(' ', 2)[1]);

test('readJson() reads the value that was sent', async (t) => {
  const { url, bugs } = await open(t);
  const { status, body } = await postJson(url, '{"name":"Crème brûlée ☕","price":340,"tags":["sweet",null,true,1.5]}');
  assert.deepEqual([status, body], [200, '{"name":"Crème brûlée ☕","price":340,"tags":["sweet",null,true,1.5]}']);
  assert.deepEqual(bugs, []);
});

for (const value of ['{}', '[]', '"flat white"', '0', 'true', 'null', ' \n\t{"a":1} ', '{"constructor":1,"toString":2}', '{"proto":{"prototype":1}}']) {
  test(`readJson() takes ${JSON.stringify(value)}: what it must be is for the rules to say`, async (t) => {
    const { url } = await open(t);
    assert.equal((await postJson(url, value)).body, value.trim());
  });
}

test('readForm() reads the fields that were sent', async (t) => {
  const { url, bugs } = await open(t);
  const { status, body } = await postForm(url, 'name=Flat+white&note=with%20milk&caf%C3%A9=%E2%98%95&plus=1%2B1');
  assert.deepEqual([status, body], [200, '{"name":"Flat white","note":"with milk","café":"☕","plus":"1+1"}']);
  assert.deepEqual(bugs, []);
});

for (const [sent, read] of [
  ['', '{}'],
  ['&&', '{}'],
  ['name', '{"name":""}'],
  ['name=', '{"name":""}'],
  ['=tea', '{"":"tea"}'],
  ['a=b=c', '{"a":"b=c"}'],
  ['a=1&&b=2&', '{"a":"1","b":"2"}'],
  ['name=Café ☕', '{"name":"Café ☕"}'],
  ['note=one%0D%0Atwo', '{"note":"one\\r\\ntwo"}'],
  ['constructor=1&toString=2&hasOwnProperty=3', '{"constructor":"1","toString":"2","hasOwnProperty":"3"}'],
  ['a=100%25', '{"a":"100%"}'],
  ['a=%2526', '{"a":"%26"}'],
] as const) {
  test(`readForm() reads "${sent}" as ${read}`, async (t) => {
    const { url } = await open(t);
    assert.equal((await postForm(url, sent)).body, read);
  });
}

const PERCENT_RULE = 'cannot be read: each "%" must begin a code for a byte of UTF-8.';

for (const [sent, sentence] of [
  ['a=%', `The form field "a=%" ${PERCENT_RULE}`],
  ['a=1&b=%zz&c=%', `The form field "b=%zz" ${PERCENT_RULE}`],
  ['%=1', `The form field "%=1" ${PERCENT_RULE}`],
  ['a=100%', `The form field "a=100%" ${PERCENT_RULE}`],
  ['a=%ff', `The form field "a=%ff" ${PERCENT_RULE}`],
  ['a=%ed%a0%80', `The form field "a=%ed%a0%80" ${PERCENT_RULE}`],
  [`a=%${'x'.repeat(1000)}`, `The form field "a=%${'x'.repeat(97)}" ${PERCENT_RULE}`],
  ['size=L&size=S', 'The form has the field "size" twice.'],
  ['size=L&%73ize=L', 'The form has the field "size" twice.'],
  ['constructor=1&constructor=2', 'The form has the field "constructor" twice.'],
  ['__proto__=1', 'The form must not have a field called "__proto__".'],
  ['name=tea&%5F_proto__=1', 'The form must not have a field called "__proto__".'],
] as const) {
  test(`readForm() refuses "${sent.slice(0, 40)}"`, async (t) => {
    const { url, bugs } = await open(t);
    assertRefused(await postForm(url, sent), 400, sentence);
    assert.deepEqual(bugs, []);
  });
}

for (const [path, sent, read] of [
  ['/json', '"Café ☕ 🥐"', '"Café ☕ 🥐"'],
  ['/form', 'name=Café ☕ 🥐', '{"name":"Café ☕ 🥐"}'],
] as const) {
  test(`pieces of ${path.slice(1)} may end in the middle of a character`, async (t) => {
    const { url } = await open(t);
    const bytes = Buffer.from(sent);
    const type = path === '/json' ? JSON_TYPE : FORM;
    for (let at = 1; at < bytes.length; at += 1) {
      assert.equal(bodyOf(await sendPieces(url, path, [bytes.subarray(0, at), bytes.subarray(at)], type)), read, `cut at ${at}`);
    }
    assert.equal(bodyOf(await sendPieces(url, path, [...bytes].map((byte) => Buffer.of(byte)), type)), read, 'byte by byte');
  });
}

for (const [type, path, sent] of [
  ['application/json; charset=UTF-8', '/json', '{}'],
  ['application/json;charset="utf-8"', '/json', '{}'],
  ['Application/JSON ; Charset="UTF-8"', '/json', '{}'],
  ['application/json; profile=x', '/json', '{}'],
  ['application/json;', '/json', '{}'],
  ['application/json;charset=utf8', '/json', '{}'],
  ['application/json; charset=UTF8; charset="Utf-8"', '/json', '{}'],
  ['application/json; charset = utf-8', '/json', '{}'],
  ['application/json; profile="a;charset=latin1"', '/json', '{}'],
  ['\tapplication/json\t;\tcharset=utf-8\t', '/json', '{}'],
  [`${FORM};charset=UTF-8`, '/form', ''],
] as const) {
  test(`the content-type ${type} is read`, async (t) => {
    const { url } = await open(t);
    const { status, body } = await post(url + path, sent, { 'content-type': type });
    assert.deepEqual([status, body], [200, '{}']);
  });
}

for (const [type, path, sentence] of [
  [undefined, '/json', 'The content-type must be application/json, but it was missing.'],
  [undefined, '/form', `The content-type must be ${FORM}, but it was missing.`],
  ['text/plain;charset=UTF-8', '/json', 'The content-type must be application/json, but it was "text/plain;charset=UTF-8".'],
  [FORM, '/json', `The content-type must be application/json, but it was "${FORM}".`],
  [JSON_TYPE, '/form', `The content-type must be ${FORM}, but it was "application/json".`],
  ['multipart/form-data; boundary=x', '/form', `The content-type must be ${FORM}, but it was "multipart/form-data; boundary=x".`],
  ['application/jsonp', '/json', 'The content-type must be application/json, but it was "application/jsonp".'],
  ['application/json, text/plain', '/json', 'The content-type must be application/json, but it was "application/json, text/plain".'],
  ['application/json; charset=ISO-8859-1', '/json', 'The charset must be utf-8, but it was "iso-8859-1".'],
  ['application/json; charset="utf-16"', '/json', 'The charset must be utf-8, but it was "utf-16".'],
  ['application/json; charset=', '/json', 'The charset must be utf-8, but it was "".'],
  ["application/json; charset='utf-8'", '/json', `The charset must be utf-8, but it was "'utf-8'".`],
  [
    'application/json; charset=utf-8; charset=latin1', '/json',
    'The charset must be utf-8, but it was "latin1".',
  ],
  [
    'application/json; charset = latin1', '/json',
    'The charset must be utf-8, but it was "latin1".',
  ],
  [
    'application/json\u00a0', '/json',
    'The content-type must be application/json, but it was "application/json\u00a0".',
  ],
] as const) {
  test(`the content-type ${type ?? 'that is missing'} is refused by ${path}, and the answer says what would do`, async (t) => {
    const { url, bugs } = await open(t);
    const answer = await post(url + path, '{}', type ? { 'content-type': type } : {});
    assertRefused(answer, 415, sentence);
    assert.equal(answer.headers.get('accept'), path === '/json' ? JSON_TYPE : FORM);
    assert.deepEqual(bugs, []);
  });
}

test('a body that is packed is refused, and the answer says what would do', async (t) => {
  const { url, bugs } = await open(t);
  const answer = await post(`${url}/json`, gzipSync('{}'), { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' });
  assertRefused(answer, 415, 'The body must come as it is, but its content-encoding was "gzip".');
  assert.equal(answer.headers.get('accept-encoding'), 'identity'); // RFC 9110, 12.5.3
  assert.deepEqual(bugs, []);
});

for (const encoding of ['identity', 'Identity', 'IDENTITY', 'identity, identity', ' ,identity,', '']) {
  test(`the content-encoding "${encoding}" says that the body comes as it is`, async (t) => {
    const { url } = await open(t);
    const headers = { 'content-type': JSON_TYPE, 'content-encoding': encoding };
    assert.equal((await post(`${url}/json`, '{}', headers)).status, 200);
  });
}

for (const encoding of ['identity, gzip', 'gzip, identity', 'br', 'identity;q=1', '"identity"']) {
  test(`the content-encoding ${encoding} is refused`, async (t) => {
    const { url } = await open(t);
    const headers = { 'content-type': JSON_TYPE, 'content-encoding': encoding };
    const sentence = `The body must come as it is, but its content-encoding was "${encoding}".`;
    assertRefused(await post(`${url}/json`, '{}', headers), 415, sentence);
  });
}

for (const [what, sent] of [
  ['a byte that UTF-8 does not have', Buffer.from([0x22, 0xff, 0x22])],
  ['Latin-1', Buffer.from('"Café"', 'latin1')],
  ['half of a character', Buffer.from('"Café"').subarray(0, -2)],
  ['half of a pair of surrogates', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a slash in more bytes than it needs', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
] as const) {
  test(`${what} is refused, by JSON and form`, async (t) => {
    const { url, bugs } = await open(t);
    const sentence = 'The body must be text in UTF-8, but some of its bytes are not.';
    assertRefused(await postJson(url, sent), 400, sentence);
    assertRefused(await postForm(url, sent), 400, sentence);
    assert.deepEqual(bugs, []);
  });
}

test('a byte order mark, which Windows puts before a text, is not part of it', async (t) => {
  const { url } = await open(t);
  assert.equal((await postJson(url, '\ufeff{"a":1}')).body, '{"a":1}');
  assert.equal((await postForm(url, '\ufeffa=1')).body, '{"a":"1"}');
});

test('readJson() refuses an empty body', async (t) => {
  const { url } = await open(t);
  const sentence = 'The body is empty; it must be JSON, such as {"name":"Flat white"}.';
  assertRefused(await postJson(url, ''), 400, sentence);
  assert.equal(bodyOf(await sendPieces(url, '/json', [])), refusal(400, sentence));
});

// How it goes on is the engine's to say, and differs between versions of Node.
for (const sent of [' ', '{', '{"price":3,40}', "{'name':1}", '{"a":1,}', 'name=tea', '{"a":NaN}', '// note\n{}', '{"a":1}{"b":2}', '\u0000', '"line\nbreak"', '{\u0007\u009b31m}', '['.repeat(50_000)]) {
  test(`readJson() refuses ${JSON.stringify(sent.slice(0, 20))} in one sentence`, async (t) => {
    const { url, bugs } = await open(t);
    const { status, body } = await postJson(url, sent);
    assert.equal(status, 400);
    const { detail, ...others } = JSON.parse(body);
    assert.deepEqual(others, { title: 'Bad Request', status: 400 });
    assert.match(detail, /^The body must be JSON, but it cannot be read: [A-Z][^\x00-\x1f\x7f-\x9f]{10,200}[^.]\.$/);
    assert.deepEqual(bugs, []);
  });
}

const TOO_DEEP = 'The body is nested too deeply: at most 20 levels are read.';

for (const [what, deep] of [
  ['lists', (levels: number) => '['.repeat(levels) + ']'.repeat(levels)],
  ['objects', (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
] as const) {
  test(`readJson() reads 20 levels of ${what}, and refuses 21`, async (t) => {
    const { url } = await open(t);
    assert.equal((await postJson(url, deep(20))).body, deep(20));
    assertRefused(await postJson(url, deep(21)), 400, TOO_DEEP);
  });
}

test('readJson() refuses 50,000 levels, and the server lives on', async (t) => {
  const { url, bugs } = await open(t);
  assertRefused(await postJson(url, '['.repeat(50_000) + ']'.repeat(50_000)), 400, TOO_DEEP);
  assert.equal((await postJson(url, '{}')).status, 200);
  assert.deepEqual(bugs, []);
});

for (const sent of ['{"__proto__":{"role":"staff"}}', '{"\\u005f_proto__":1}', '{"__pr\\u006Fto__":null}', '[{"a":{"__proto__":1}}]', '{"__proto__":1,"__proto__":2}']) {
  test(`readJson() refuses ${sent}`, async (t) => {
    const { url } = await open(t);
    assertRefused(await postJson(url, sent), 400, 'The body must not have a field called "__proto__".');
    assert.equal(({} as { role?: string }).role, undefined);
  });
}

const tooLarge = (limit: number) => `The body is too large: at most ${limit} bytes are read.`;

for (const [path, body, answer] of [
  ['/ten', '1234567890', '1234567890'],
  ['/ten-json', '"12345678"', '"12345678"'],
  ['/ten-form', 'a=12345678', '{"a":"12345678"}'],
] as const) {
  const type = path === '/ten-form' ? FORM : JSON_TYPE;

  test(`${path} reads 10 bytes and refuses 11, by the length that is declared`, async (t) => {
    const { url, bugs } = await open(t);
    assert.deepEqual((await post(url + path, body, { 'content-type': type })).body, answer);
    assertRefused(await post(url + path, `${body} `, { 'content-type': type }), 413, tooLarge(10));
    assert.deepEqual(bugs, []);
  });

  test(`${path} reads 10 bytes and refuses 11, by the length that arrives`, async (t) => {
    const { url, bugs } = await open(t);
    const pieces = [body.slice(0, 5), body.slice(5)].map((piece) => Buffer.from(piece));
    assert.equal(bodyOf(await sendPieces(url, path, pieces, type)), answer);
    assert.equal(bodyOf(await sendPieces(url, path, [...pieces, Buffer.from(' ')], type)), refusal(413, tooLarge(10)));
    assert.equal(bodyOf(await sendPieces(url, path, [Buffer.from(`${body} `)], type)), refusal(413, tooLarge(10)));
    assert.deepEqual(bugs, []);
  });
}

test('the limit counts bytes, not characters', async (t) => {
  const { url } = await open(t);
  assert.equal((await post(`${url}/ten`, 'éé☕é')).status, 200);
  assertRefused(await post(`${url}/ten`, 'éé☕éé'), 413, tooLarge(10));
});

test('at most 100,000 bytes are read when no limit is given', async (t) => {
  const { url } = await open(t);
  assert.equal(LIMIT, 100_000);
  assert.equal((await postJson(url, `"${'x'.repeat(LIMIT - 2)}"`)).status, 200);
  assertRefused(await postJson(url, `"${'x'.repeat(LIMIT - 1)}"`), 413, tooLarge(LIMIT));
  assert.equal((await postForm(url, `a=${'x'.repeat(LIMIT - 2)}`)).status, 200);
  assertRefused(await postForm(url, `a=${'x'.repeat(LIMIT - 1)}`), 413, tooLarge(LIMIT));
});

test('readBytes() reads bytes that are no text, and nothing at all', async (t) => {
  const { url } = await open(t);
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  assert.equal((await post(`${url}/bytes`, all)).body, all.toString('latin1'));
  assert.equal((await post(`${url}/bytes`, '')).body, '');
  assert.equal(await (await fetch(`${url}/bytes`)).text(), '');
});

// Each of them is still sending when the answer comes, and would go on for ever.
const senders: Record<string, (url: string, declared: boolean) => Promise<{ status?: number; body: string }>> = {
  'node:http': async (url, declared) => {
    const upload = httpRequest(url, { method: 'POST', headers: declared ? { 'content-length': 1_000_000_000 } : {} });
    const pour = () => { while (!upload.destroyed && upload.write(Buffer.alloc(16 * 1024))); };
    upload.on('error', () => {}).on('drain', pour);
    pour();
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    const body = (await response.setEncoding('utf8').toArray()).join('');
    upload.destroy();
    return { status: response.statusCode, body };
  },
  'fetch()': async (url, declared) => {
    const endless = new ReadableStream({ pull: (body) => body.enqueue(new Uint8Array(16 * 1024)) });
    // fetch() declares the length of what it has in its hands, and of nothing else.
    const body = declared ? new Uint8Array(50_000_000) : endless;
    const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
    return { status: response.status, body: await response.text() };
  },
  'a raw socket': async (url, declared) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST ${new URL(url).pathname} HTTP/1.1\r\nhost: x\r\n${declared ? 'content-length: 1000000000' : 'transfer-encoding: chunked'}\r\n\r\n`);
    const piece = Buffer.alloc(16 * 1024);
    const pour = () => { while (!socket.destroyed && socket.write(declared ? piece : Buffer.concat(chunks([piece]).slice(0, 3)))); };
    socket.on('error', () => {}).on('drain', pour);
    pour();
    let answer = '';
    for await (const part of socket.setEncoding('utf8')) {
      answer += part;
      if (answer.endsWith('}')) break;
    }
    return { status: statusOf(answer), body: bodyOf(answer) };
  },
};

for (const [client, sendEndless] of Object.entries(senders)) {
  for (const declared of [true, false]) {
    test(`${client} reads the 413 while it is still sending, with a length that ${declared ? 'is' : 'is not'} declared`, async (t) => {
      const { url, bugs } = await open(t);
      assert.deepEqual(await sendEndless(`${url}/bytes`, declared), { status: 413, body: refusal(413, tooLarge(LIMIT)) });
      assert.equal((await post(`${url}/bytes`, 'flat white')).body, 'flat white');
      assert.deepEqual(bugs, []);
    });
  }
}

test('a 413 closes the connection, so that what is still on its way is not read as a request', async (t) => {
  const { url } = await open(t);
  const rest = 'GET /bytes HTTP/1.1\r\nhost: x\r\n\r\n';
  const answer = await sendRaw(url, `POST /ten HTTP/1.1\r\nhost: x\r\ncontent-length: ${rest.length}\r\n\r\n${rest}`);
  assert.match(answer, /^HTTP\/1\.1 413 [^]*\r\nconnection: close\r\n/i);
  assert.equal(bodyOf(answer), refusal(413, tooLarge(10)));
});

test('readBytes() leaves the connection open for the next request', async (t) => {
  const { url } = await open(t);
  const answer = await sendRaw(url, 'POST /ten HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nteaPOST /ten HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 6\r\n\r\ncoffee');
  assert.match(answer, /\r\n\r\nteaHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\ncoffee$/);
});

const BROKEN_OFF = { status: 400, message: 'The body broke off before its end.' };

for (const [how, leave] of [
  ['goes away', (client: Socket) => client.destroy()],
  ['resets the connection', (client: Socket) => client.resetAndDestroy()],
  ['ends its side', (client: Socket) => client.end()],
  ['sends a chunk that is none', (client: Socket) => client.write('no chunk\r\n')],
] as const) {
  for (const when of ['while it is read', 'before it is read'] as const) {
    test(`a body breaks off when the client ${how} ${when}, and nobody calls it a bug`, async (t) => {
      let client: Socket;
      let reading: ReturnType<Handler> = text(200, 'never read');
      let closed: Promise<unknown>;
      const { url, bugs } = await open(t, {
        '/slow': async ({ request, params }) => {
          closed = new Promise((resolve) => request.once('close', resolve));
          if (when === 'while it is read') request.once('data', () => leave(client));
          else leave(client);
          if (when === 'before it is read') await closed;
          reading = readers['/bytes']!({ request, params } as Parameters<Handler>[0]);
          return reading;
        },
      });
      client = connect(Number(new URL(url).port), '127.0.0.1', () => client.write('POST /slow HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n3\r\ntea\r\n'));
      client.on('error', () => {}).resume();
      await once(client, 'close');
      await closed!;
      await assert.rejects(async () => reading, BROKEN_OFF);
      assert.equal((await post(`${url}/bytes`, 'flat white')).body, 'flat white');
      assert.deepEqual(bugs, []);
    });
  }
}

test('a body that is read twice is a bug of ours, and is not laid to the client', async (t) => {
  const { url, bugs } = await open(t, {
    '/twice': async ({ request }) => {
      await readBytes(request);
      return text(200, (await readBytes(request)).toString());
    },
  });
  assert.equal((await post(`${url}/twice`, 'flat white')).status, 500);
  assert.equal(bugs.length, 1);
});

test('50 bodies at once stay apart', async (t) => {
  const { url, bugs } = await open(t);
  const sent = Array.from({ length: 50 }, (_, order) => JSON.stringify({ order, note: 'é'.repeat(order * 100) }));
  const pieces = (body: string) => Array.from({ length: 50 }, (_, n) => Buffer.from(body).subarray(n * 251, n * 251 + 251)).filter(({ length }) => length > 0);
  const answers = await Promise.all(sent.map((body) => sendPieces(url, '/json', pieces(body))));
  assert.deepEqual(answers.map(bodyOf), sent);
  assert.deepEqual(bugs, []);
});

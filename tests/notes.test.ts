// What guests write: by a form or by a program, stored as it was written, escaped where it is shown.
//
//   POST /notes  name=Ada&text=…  ──►  303, location: /notes  ──►  the note above all others

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { showWith } from '../lessons/12-pages/layout.ts';
import { firstNotes, noteRoutes, type Note } from '../lessons/12-pages/notes.ts';
import { serve } from './serve.ts';

const at = '2026-05-07T08:00:00.000Z';
const show = showWith({ nav: [], styles: [], scripts: [] });

async function open(t: TestContext, first: Note[] = firstNotes) {
  const notes = memoryStorage().collection<Note>('notes', { initial: first });
  const bugs: unknown[] = [];
  const url = await serve(t, answerWith(withErrors(router(noteRoutes(notes, show, () => new Date(at))), { report: (bug) => bugs.push(bug) })));
  t.after(() => assert.deepEqual(bugs, []));
  const ask = async (path: string, options: RequestInit = {}) => {
    const response = await fetch(url + path, { redirect: 'manual', ...options });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const send = (fields: Record<string, string>) => ask('/notes', { method: 'POST', body: new URLSearchParams(fields) });
  const post = (note: unknown) => ask('/api/notes', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(note) });
  return { notes, ask, send, post, stored: async () => (await notes.list()).records };
}

const shown = (text: string) => [...text.matchAll(/<p class="text">(.*?)<\/p>/gs)].map(([, note]) => note);

test('GET /notes shows the newest first, each with name and day', async (t) => {
  const { ask } = await open(t);
  const { status, text } = await ask('/notes');
  assert.equal(status, 200);
  assert.deepEqual(shown(text), [
    '&lt;script&gt;alert(&#39;free coffee&#39;)&lt;/script&gt;',
    'Crème brûlée &gt; cheesecake. &quot;Better&quot; is too small a word.',
    'My flat white (order 42) had a heart in its foam.\nI will be back on Thursday!',
    'The croissant was still warm. So was the welcome.',
  ]);
  assert.ok(text.includes('<li class="card" id="note-2">\n'));
  assert.ok(text.includes('<p class="by">Ada, <time datetime="2026-05-04T09:30:00.000Z">4 May 2026</time></p>'));
  assert.ok(!text.includes('Older notes'));
});

test('a note with a script in it is stored as it came, and shown as text', async (t) => {
  const { ask, send, stored } = await open(t, []);
  const text = `</textarea><script>alert("1 & '2'")</script>`;
  await send({ name: '<b>Mallory</b>', text });
  assert.deepEqual(await stored(), [{ id: 1, name: '<b>Mallory</b>', text, at, version: 1 }]);
  const page = (await ask('/notes')).text;
  assert.deepEqual(shown(page), ['&lt;/textarea&gt;&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;']);
  assert.ok(page.includes('<p class="by">&lt;b&gt;Mallory&lt;/b&gt;, <time'));
  assert.ok(!page.includes('<script'));
  assert.equal(JSON.parse((await ask('/api/notes/1')).text).text, text);
});

test('POST /notes leads to the list, so that a reload sends nothing twice', async (t) => {
  const { ask, send, stored } = await open(t);
  const answer = await send({ name: '  Ada ', text: 'Order 42,\r\nonce more. ☕' });
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/notes?done=posted']);
  assert.deepEqual((await stored()).at(-1), { id: 5, name: 'Ada', text: 'Order 42,\nonce more. ☕', at, version: 1 });
  assert.equal(shown((await ask('/notes')).text)[0], 'Order 42,\nonce more. ☕');
});

test('a form that is not right is shown again, with what was typed and each field\'s sentence', async (t) => {
  const { send, stored } = await open(t);
  const { status, headers, text } = await send({ name: '"><b>', text: '', role: 'staff' });
  assert.deepEqual([status, headers.get('content-type')], [422, 'text/html; charset=utf-8']);
  assert.ok(text.includes(`<div class="field">
<label for="name">Your name</label>
<input id="name" name="name" type="text" value="&quot;&gt;&lt;b&gt;" autocomplete="name" inputmode="text" aria-invalid="false" aria-describedby="name-problem">
<p class="problem" id="name-problem"></p>
</div>
<div class="field">
<label for="text">Your note</label>
<textarea id="text" name="text" rows="4" aria-invalid="true" aria-describedby="text-problem">
</textarea>
<p class="problem" id="text-problem">Please write a note, up to 500 characters.</p>
</div>`));
  assert.ok(text.includes(`<div class="notice" role="alert">
<p><strong>Nothing is saved yet.</strong> Please check the fields marked in red.</p>
<p>&quot;role&quot; is not a known field. The fields are name, text.</p>
</div>`));
  assert.equal(shown(text).length, 4);
  assert.deepEqual(await stored(), firstNotes);
});

for (const [name, text] of [['x'.repeat(41), 'fine'], ['', 'fine'], ['a\nb', 'fine']] as const) {
  test(`a name such as ${JSON.stringify(name).slice(0, 12)} gets the sentence of its label`, async (t) => {
    const { text: page } = await (await open(t)).send({ name, text });
    assert.match(page, /id="name-problem">Please write your name, up to 40 characters\.</);
    assert.ok(!page.includes('must be'));
  });
}

test('a form of 12,000 unknown fields gets 50 sentences, and nothing is said to be red', async (t) => {
  const { send } = await open(t);
  const unknown = Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`x${index}`, '']));
  const { status, text } = await send({ name: 'Ada', text: 'Hello', ...unknown });
  assert.equal(status, 422);
  assert.equal(text.split('is not a known field').length - 1, 50);
  assert.ok(text.length < 15_000, `${text.length} characters`);
  assert.ok(!text.includes('in red'));
});

test('GET /notes?done=posted says thank you, and takes no other word', async (t) => {
  const { ask } = await open(t);
  const said = '<p class="notice good" role="status">Thank you! Your note is at the top of the list.</p>';
  assert.ok((await ask('/notes?done=posted')).text.includes(said));
  assert.ok(!(await ask('/notes')).text.includes('class="notice'));
  for (const query of ['done=%3Cb%3E', 'done=constructor', 'done=']) {
    assert.equal((await ask(`/notes?${query}`)).status, 400);
  }
  assert.equal((await ask('/api/notes?done=posted')).status, 400);
});

test('/notes says it when there are none, and leads back to the newest', async (t) => {
  const { ask } = await open(t, []);
  assert.match((await ask('/notes')).text, /<p class="card">No notes yet\. Yours can be the first\.<\/p>/);
  const old = (await ask('/notes?before=1')).text;
  assert.match(old, /<p class="card">There are no older notes\.<\/p>/);
  assert.match(old, /<a href="\/notes">Newest notes<\/a>/);
});

test('what was typed into the text area is still there, as text', async (t) => {
  const { send } = await open(t);
  const { text } = await send({ name: '', text: '\r\n</textarea><i>' });
  assert.ok(text.includes('aria-describedby="text-problem">\n\n&lt;/textarea&gt;&lt;i&gt;</textarea>'));
});

test('POST /notes counts a line break as one character, as the guest does', async (t) => {
  const { send } = await open(t);
  assert.equal((await send({ name: 'Ada', text: `a${'\r\n'.repeat(498)}b` })).status, 303);
  assert.equal((await send({ name: 'Ada', text: `a${'\r\n'.repeat(499)}b` })).status, 422);
});

test('POST /notes refuses what is no form', async (t) => {
  const { ask, stored } = await open(t);
  const { status, text } = await ask('/notes', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  assert.deepEqual([status, JSON.parse(text).detail], [415, 'The content-type must be application/x-www-form-urlencoded, but it was "application/json".']);
  assert.deepEqual(await stored(), firstNotes);
});

test('/notes and /api/notes go page by page, back to the first note', async (t) => {
  const first = Array.from({ length: 45 }, (_, index) => ({ id: index + 1, name: 'Ada', text: `Note ${index + 1}`, at, version: 1 }));
  const { ask } = await open(t, first);
  const [pages, listed]: [string[][], string[][]] = [[], []];
  for (let path: string | undefined = '/notes'; path;) {
    const { text } = await ask(path);
    pages.push(shown(text) as string[]);
    path = /<a href="([^"]*)">Older notes/.exec(text)?.[1]?.replace('&amp;', '&');
  }
  for (let path: string | undefined = '/api/notes'; path;) {
    const { notes, next } = JSON.parse((await ask(path)).text);
    listed.push(notes.map(({ text }: Note) => text));
    path = next;
  }
  assert.deepEqual(pages, listed);
  assert.deepEqual(pages.map(({ length }) => length), [20, 20, 5]);
  assert.deepEqual(pages.flat(), first.map(({ text }) => text).reverse());
  const { notes, next } = JSON.parse((await ask('/api/notes?before=3&limit=1')).text);
  assert.deepEqual([notes, next], [[first[1]], '/api/notes?before=2&limit=1']);
});

test('a query that is not right is refused', async (t) => {
  const { ask } = await open(t);
  for (const path of ['/notes?before=0', '/api/notes?before=0']) {
    const { status, text } = await ask(path);
    assert.deepEqual([status, JSON.parse(text).errors], [400, [{ field: 'before', message: '"before" must be a whole number from 1 to 9007199254740991, but it was 0.' }]]);
  }
});

test('POST /api/notes stores a note, and says where it is', async (t) => {
  const { ask, post } = await open(t);
  const answer = await post({ name: 'Till', text: 'By a program' });
  assert.deepEqual([answer.status, answer.headers.get('location'), answer.headers.get('etag')], [201, '/api/notes/5', '"1"']);
  assert.deepEqual(JSON.parse(answer.text), { id: 5, name: 'Till', text: 'By a program', at, version: 1 });
  assert.equal((await ask('/api/notes/5')).text, answer.text);
  const missing = await ask('/api/notes/6');
  assert.deepEqual([missing.status, JSON.parse(missing.text).detail], [404, 'There is no note "6". All notes are at /api/notes.']);
});

test('POST /api/notes refuses what is not right, and a time that the guest chose', async (t) => {
  const { post, stored } = await open(t);
  const { status, text } = await post({ text: 5, at });
  assert.equal(status, 422);
  assert.deepEqual(JSON.parse(text).errors.map(({ message }: { message: string }) => message), [
    '"name" is missing: it must be a line of 1 to 40 characters.',
    '"text" must be a text of 1 to 500 characters, but it was 5.',
    '"at" is not a known field. The fields are name, text.',
  ]);
  assert.deepEqual(await stored(), firstNotes);
});

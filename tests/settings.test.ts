// The café's settings: changed by a form or by a program, and never by two editors without their knowing.
//
//   two POST /settings of version 1  ──►  303, and 409 with what holds now

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { showWith } from '../lessons/12-pages/layout.ts';
import { firstSettings, settingRoutes, type Settings } from '../lessons/12-pages/settings.ts';
import { serve } from './serve.ts';

const show = showWith({ nav: [], styles: [], scripts: [] });
const now = firstSettings[0]!;
const fields = { opens: '07:00', closes: '19:30', tax: '7', message: 'Soup "from" noon' };

async function open(t: TestContext) {
  const settings = memoryStorage().collection<Settings>('settings', { initial: firstSettings });
  const bugs: unknown[] = [];
  const url = await serve(t, answerWith(withErrors(router(settingRoutes(settings, show)), { report: (bug) => bugs.push(bug) })));
  t.after(() => assert.deepEqual(bugs, []));
  const ask = async (path: string, options: RequestInit = {}) => {
    const response = await fetch(url + path, { redirect: 'manual', ...options });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const send = (form: Record<string, string>) => ask('/settings', { method: 'POST', body: new URLSearchParams(form) });
  const put = (value: unknown, etag?: string) => ask('/api/settings', { method: 'PUT', headers: { 'content-type': 'application/json', ...(etag && { 'if-match': etag }) }, body: JSON.stringify(value) });
  return { ask, send, put, stored: () => settings.get(1) };
}

/** The values in the fields of the form. */
function typedIn(text: string) {
  return Object.fromEntries([...text.matchAll(/<input [^>]*?name="(\w+)"[^>]*? value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

const problemsIn = (text: string) => [...text.matchAll(/<p class="problem" id="(\w+)-problem">([^<]+)<\/p>/g)].map(([, name, problem]) => [name, problem]);

test('GET /settings shows them in a form, with their version', async (t) => {
  const { ask } = await open(t);
  const { status, text } = await ask('/settings');
  assert.equal(status, 200);
  assert.deepEqual(typedIn(text), { opens: '08:00', closes: '18:00', tax: '10', message: 'Cinnamon rolls are warm at ten.', version: '1' });
  assert.ok(text.includes('<form class="card" method="post" action="/settings">'));
  assert.ok(!text.includes('class="notice'));
});

test('POST /settings stores them, and leads back to the page, which says so', async (t) => {
  const { ask, send, stored } = await open(t);
  const answer = await send({ ...fields, version: '1' });
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/settings?done=saved']);
  assert.deepEqual(await stored(), { ...fields, tax: 7, id: 1, version: 2 });
  const { text } = await ask('/settings?done=saved');
  assert.ok(text.includes('<p class="notice good" role="status">The settings are saved.</p>'));
  assert.deepEqual(typedIn(text), { ...fields, message: 'Soup &quot;from&quot; noon', version: '2' });
});

test('of two editors at once one is told, sees what holds now, and may save all the same', async (t) => {
  const { send, stored } = await open(t);
  const answers = await Promise.all([send({ ...fields, version: '1' }), send({ ...fields, message: 'No soup', version: '1' })]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  const { text, headers } = answers.find(({ status }) => status === 409)!;
  const message = (await stored())!.message;
  assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
  assert.ok(text.includes('Somebody else changed this while you were editing.'));
  assert.deepEqual([...text.matchAll(/<label for="(\w+)">[^<]* <span class="now">now: ([^<]*)</g)].map(([, ...each]) => each), [['message', message.replaceAll('"', '&quot;')]]);
  const typed = typedIn(text);
  assert.equal(typed.version, '2');
  assert.notEqual(typed.message!.replaceAll('&quot;', '"'), message);
  assert.equal((await send({ ...fields, message: typed.message!, version: typed.version! })).status, 303);
  assert.equal((await stored())!.version, 3);
});

const opens = ['opens', 'Please enter the time when you open, such as 08:00.'];
const closes = ['closes', 'Please enter a time that is later than the opening, such as 18:30.'];
const tax = ['tax', 'Please enter the tax in whole percent, from 0 to 50.'];
const message = ['message', 'Please keep the message to one line, up to 120 characters.'];

for (const [wrong, problems] of [
  [{ opens: '06:60' }, [opens]],
  [{ opens: '8:00' }, [opens]],
  [{ opens: '', closes: '24:00' }, [opens, closes]],
  [{ opens: '19:30' }, [closes]],
  [{ opens: '20:00' }, [closes]],
  [{ tax: '7.5' }, [tax]],
  [{ tax: '' }, [tax]],
  [{ message: 'x'.repeat(121) }, [message]],
  [{ opens: '20:00', tax: '7.5', message: 'a\nb' }, [closes, tax, message]],
] as [Record<string, string>, string[][]][]) {
  test(`POST /settings with ${JSON.stringify(wrong).slice(0, 40)} shows the form again`, async (t) => {
    const { send, stored } = await open(t);
    const { status, text } = await send({ ...fields, ...wrong, version: '1' });
    assert.equal(status, 422);
    assert.deepEqual(problemsIn(text), problems);
    assert.deepEqual(typedIn(text), { ...fields, message: 'Soup &quot;from&quot; noon', ...wrong, version: '1' });
    assert.deepEqual(await stored(), now);
  });
}

test('POST /settings without its hidden version is refused, and says so above the form', async (t) => {
  const { send, stored } = await open(t);
  const { status, text } = await send(fields);
  assert.equal(status, 422);
  assert.ok(text.includes('<p><strong>Nothing is saved yet.</strong></p>\n<p>The form did not arrive whole. Please open this page again.</p>'));
  assert.deepEqual(await stored(), now);
});

// ── for programs ──────────────────────────────────────────────────────────────────────────────

test('GET and PUT /api/settings show and replace them, by etag', async (t) => {
  const { ask, put, stored } = await open(t);
  const shown = await ask('/api/settings');
  assert.deepEqual([shown.status, shown.headers.get('etag'), JSON.parse(shown.text)], [200, '"1"', now]);
  const changed = await put({ ...fields, tax: 7 }, '"1"');
  assert.deepEqual([changed.status, changed.headers.get('etag'), JSON.parse(changed.text)], [200, '"2"', { ...fields, tax: 7, id: 1, version: 2 }]);
  assert.deepEqual(await stored(), JSON.parse(changed.text));
});

test('PUT /api/settings refuses an old version, none, and what is not right', async (t) => {
  const { put, stored } = await open(t);
  assert.equal((await put({ ...fields, tax: 7 }, '"2"')).status, 412);
  assert.equal((await put({ ...fields, tax: 7 })).status, 428);
  const { status, text } = await put({ ...fields, closes: '06:00' }, '"1"');
  assert.deepEqual([status, JSON.parse(text).errors.map(({ field }: { field: string }) => field)], [422, ['tax', 'closes']]);
  const late = await put({ ...fields, tax: 7, closes: '06:00' }, '"1"');
  assert.deepEqual([late.status, JSON.parse(late.text).errors], [422, [{ field: 'closes', message: '"closes" must be later than "opens", which is 07:00, but it was "06:00".' }]]);
  assert.equal((await put([], '"1"')).status, 422);
  assert.deepEqual(await stored(), now);
});

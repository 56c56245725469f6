// Etags: which of them count as the same, and the conditions of requests to one thing.
//
//   matchesEtag('W/"1", "2"', '"1"')    ──►  false    for a change, a weak one is not enough
//   matchesWeakly('W/"1", "2"', '"1"')  ──►  true

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { items, type Item } from '../lessons/03-address/items.ts';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { memoryStorage } from '../lessons/09-logic/memory.ts';
import { matchesEtag, matchesWeakly } from '../lessons/10-api/etag-match.ts';
import { menuRoutes } from '../lessons/10-api/menu-api.ts';
import { serve } from './serve.ts';

for (const [header, etag, isSame, isMuchTheSame] of [
  ['"1"', '"1"', true, true],
  ['"2"', '"1"', false, false],
  ['"11"', '"1"', false, false],
  ['"1"', 'W/"1"', false, true],
  ['W/"1"', '"1"', false, true],
  ['W/"1"', 'W/"1"', false, true],
  ['w/"1"', '"1"', false, false],
  ['"W/1"', '"1"', false, false],
  ['"W/1"', '"W/1"', true, true],
  ['"1"', '"W/1"', false, false],
  ['W/"W/1"', '"W/1"', false, true],
  ['W/W/"1"', '"1"', false, false],
  ['W/ "1"', '"1"', false, false],
  ['"7", "1"', '"1"', true, true],
  ['"7",W/"1"', '"1"', false, true],
  ['"7", , "1" ,', '"1"', true, true],
  ['\t"1"\t', '"1"', true, true],
  ['\u00a0"1"', '"1"', false, false],
  ['"1"\u00a0', '"1"', false, false],
  ['"a,b"', '"a,b"', true, true],
  ['"a,b"', '"b"', false, false],
  ['"x,"1",y"', '"1"', false, false],
  ['"1" "2"', '"1"', false, false],
  ['1', '"1"', false, false],
  ["'1'", '"1"', false, false],
  ['"1', '"1"', false, false],
  ['', '"1"', false, false],
  ['*', '"1"', true, true],
  [' * ', '"1"', true, true],
  ['*', 'W/"1"', true, true],
  ['"*"', '"1"', false, false],
  ['W/*', '"1"', false, false],
  ['*, "7"', '"1"', false, false],
  ['"7", *', '"1"', false, false],
  ['*, *', '"1"', false, false],
  ['*, "1"', '"1"', true, true],
  [undefined, '"1"', false, false],
] as const) {
  test(`the etag ${etag} in the header ${header}`, () => {
    const found = [matchesEtag(header, etag), matchesWeakly(header, etag)];
    assert.deepEqual(found, [isSame, isMuchTheSame]);
  });
}

// ── a change, and its conditions ──────────────────────────────────────────────────────────────

async function open(t: TestContext) {
  const menu = memoryStorage().collection<Item>('menu', { indexes: ['category'], initial: items });
  const url = await serve(t, answerWith(withErrors(router(menuRoutes(menu)))));
  const body = JSON.stringify({ name: 'Iced tea', price: 340, category: 'tea', stock: 40 });
  const ask = async (method: string, id: number, headers: Record<string, string>) => {
    const more = method === 'PUT' ? { 'content-type': 'application/json' } : undefined;
    const response = await fetch(`${url}/api/menu/${id}`, {
      method, headers: { ...headers, ...more }, body: more && body,
    });
    const text = await response.text();
    const { detail } = JSON.parse(text === '' || response.ok ? '{}' : text);
    return { status: response.status, etag: response.headers.get('etag'), detail };
  };
  return { ask, menu };
}

const changed = (wanted: string) => `Somebody else has changed the item: you have version ` +
  `${wanted}, and it is version "1" by now. Get it again, and make your change to that.`;
const weak = (wanted: string) => `The etag ${wanted} is weak: something on the way has added the ` +
  '"W/", such as a proxy that packs answers. For a change, send it without: "1".';
const noEtag = (wanted: string) => 'The header "if-match" must be an etag in quotation marks, ' +
  `such as "1", but it was ${wanted}.`;
const isThere = (unwanted: string) => `The header "if-none-match" was ${unwanted}, which allows ` +
  'a change only where there is no such version, but there is "1". To change that one, send ' +
  '"if-match".';

for (const [headers, sentence] of [
  [{ 'if-match': '"2"' }, changed('"2"')],
  [{ 'if-match': 'W/"2"' }, changed('W/"2"')],
  [{ 'if-match': '"W/1"' }, changed('"W/1"')],
  [{ 'if-match': '"7", "8"' }, changed('"7", "8"')],
  [{ 'if-match': '*, "7"' }, changed('*, "7"')],
  [{ 'if-match': `"${'x'.repeat(500)}"` }, changed(`"${'x'.repeat(59)}…`)],
  [{ 'if-match': 'W/"1"' }, weak('W/"1"')],
  [{ 'if-match': 'W/"1", W/"2"' }, weak('W/"1", W/"2"')],
  [{ 'if-match': '1' }, noEtag('1')],
  [{ 'if-match': 'w/"1"' }, noEtag('w/"1"')],
  [{ 'if-match': '"1 "' }, noEtag('"1 "')],
  [{ 'if-match': '' }, noEtag('empty')],
  [{ 'if-none-match': '*' }, isThere('*')],
  [{ 'if-none-match': '"1"' }, isThere('"1"')],
  [{ 'if-none-match': 'W/"1"' }, isThere('W/"1"')],
  [{ 'if-match': '"1"', 'if-none-match': '*' }, isThere('*')],
  [{ 'if-match': '"2"', 'if-none-match': '*' }, changed('"2"')],
] as [Record<string, string>, string][]) {
  const shown = JSON.stringify(headers).slice(0, 80);
  test(`PUT and DELETE with ${shown} are 412, with a way out, and change nothing`, async (t) => {
    const { ask, menu } = await open(t);
    for (const method of ['PUT', 'DELETE']) {
      const answer = await ask(method, 2, headers);
      assert.deepEqual(answer, { status: 412, etag: '"1"', detail: sentence });
    }
    assert.deepEqual(await menu.get(2), items[1]);
  });
}

for (const [method, id, headers, status] of [
  ['PUT', 2, { 'if-match': '"1"', 'if-none-match': '"7"' }, 200],
  ['PUT', 2, { 'if-none-match': '"7"' }, 428],
  ['PUT', 2, { 'if-match': '*' }, 200],
  ['PUT', 2, { 'if-match': 'W/"1", "1"' }, 200],
  ['DELETE', 2, { 'if-none-match': '"7"' }, 204],
  // A thing that is not there: without the condition it would be no success either (13.2.1).
  ['PUT', 99, { 'if-match': '*' }, 404],
  ['PUT', 99, { 'if-match': '"1"' }, 404],
  ['PUT', 99, { 'if-none-match': '*' }, 404],
  // Gone is gone, and a DELETE may be repeated.
  ['DELETE', 99, { 'if-match': '"1"' }, 204],
  ['DELETE', 99, { 'if-match': '*' }, 204],
  ['DELETE', 99, { 'if-none-match': '*' }, 204],
  ['GET', 2, { 'if-none-match': '*' }, 304],
  ['GET', 2, { 'if-none-match': 'W/"1"' }, 304],
  ['GET', 2, { 'if-none-match': '"W/1"' }, 200],
  ['GET', 2, { 'if-match': '"1"' }, 200],
  ['GET', 2, { 'if-match': '"7"' }, 412],
  ['HEAD', 2, { 'if-match': '"7"' }, 412],
  ['GET', 2, { 'if-match': '"1"', 'if-none-match': '"1"' }, 304],
  ['GET', 99, { 'if-none-match': '*' }, 404],
] as [string, number, Record<string, string>, number][]) {
  test(`${method} of ${id} with ${JSON.stringify(headers)} is answered ${status}`, async (t) => {
    const { ask } = await open(t);
    assert.equal((await ask(method, id, headers)).status, status);
  });
}

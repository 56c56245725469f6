// In which form an answer is wanted, by the header "accept" (RFC 9110, 12.4.2 and 12.5.1).
//
//   formFor('text/html, application/json;q=0.9')  ──►  'page'

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../lessons/02-reply/reply.ts';
import { answerWith, router } from '../lessons/04-router/router.ts';
import { formFor, wantsPage } from '../lessons/06-errors/accept.ts';
import { withErrors } from '../lessons/06-errors/errors.ts';
import { serve } from './serve.ts';

type Row = [accept: string, form: 'page' | 'text' | 'data'];

const rows: Row[] = [
  ['', 'data'],
  ['*/*', 'data'],
  ['*', 'data'],
  ['nonsense', 'data'],
  [';;;,,', 'data'],
  ['image/png', 'data'],
  ['application/json', 'data'],
  ['application/problem+json', 'data'],
  ['application/*', 'data'],
  ['application/json, text/plain, */*', 'data'],
  ['text/html', 'page'],
  ['TEXT/HTML', 'page'],
  ['text/*', 'page'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'page'],
  ['text/plain', 'text'],
  ['text/plain, */*;q=0.5', 'text'],
  ['text/plain;charset=utf-8', 'text'],
  ['text/plain, text/html', 'page'],
  ['text/plain, text/html;q=0.9', 'text'],

  // A weight: from 0, which is "not wanted", to 1.
  ['text/html;q=1', 'page'],
  ['text/html;q=1, application/json;q=0.9', 'page'],
  ['text/html;q=1.0, application/json;q=0.9', 'page'],
  ['text/html;q=1.000, application/json;q=0.999', 'page'],
  ['text/html;q=0.9, application/json;q=1', 'data'],
  ['text/html;q=0.9, application/json', 'data'],
  ['text/html;q=0.001', 'page'],
  ['text/html;q=0.', 'data'],
  ['text/html;q=0', 'data'],
  ['text/html;q=0.000', 'data'],
  ['text/html;Q=0.9, application/json;q=0.8', 'page'],
  ['text/html ; q=0.9 , application/json ; q=0.8', 'page'],
  ['text/html;level=1;q=0.9, application/json;q=0.8', 'page'],
  ['text/html;x="a,b;q=0.1";q=0.9, application/json;q=0.8', 'page'],
  ['text/html;x=", application/json, "', 'page'],

  // What is no weight: the entry does not count.
  ['text/html;q=1.5', 'data'],
  ['text/html;q=1.5, application/json;q=0.1', 'data'],
  ['text/html;q=1.001', 'data'],
  ['text/html;q=-1', 'data'],
  ['text/html;q=', 'data'],
  ['text/html;q=many', 'data'],
  ['text/html;q="1"', 'data'],
  ['text/html;q=0x1', 'data'],
  ['text/html;q=1e0', 'data'],
  ['text/html, application/json;q=many', 'page'],
  ['text/html, application/json;q=1.5', 'page'],

  // Of several ranges the narrowest counts.
  ['text/html;q=0.1, text/*;q=0.9', 'text'],
  ['text/html;q=0, text/*', 'text'],
  ['text/plain;q=0, text/*', 'page'],
  ['text/*;q=0.5, */*;q=0.8', 'data'],
  ['*/*, text/html;q=0.5', 'data'],
  ['*/*;q=0.5, text/html', 'page'],
  ['application/*;q=0, */*', 'page'],
  ['application/json;q=0, application/problem+json;q=0, */*', 'page'],
  ['*/*;q=0', 'data'],

  // Only spaces and tabs are nothing.
  ['\ttext/html\t', 'page'],
  ['\u00a0text/html', 'data'],
];

for (const [accept, form] of rows) {
  test(`formFor() of ${JSON.stringify(accept)} is ${form}`, () => {
    assert.equal(formFor(accept), form);
    assert.equal(wantsPage(accept), form === 'page');
  });
}

for (const [accept, type] of [
  ['text/plain', 'text/plain; charset=utf-8'],
  ['text/html', 'text/html; charset=utf-8'],
  ['*/*', 'application/problem+json'],
] as const) {
  test(`an error for ${accept} comes as ${type}, also where there are pages`, async (t) => {
    const page = (status: number, sentence: string) => html(status, `<h1>${sentence}</h1>`);
    const url = await serve(t, answerWith(withErrors(router([]), { page })));
    const response = await fetch(`${url}/tea`, { headers: { accept } });
    assert.deepEqual([response.status, response.headers.get('content-type')], [404, type]);
    assert.equal((await response.text()).includes('<h1>'), accept === 'text/html');
  });
}

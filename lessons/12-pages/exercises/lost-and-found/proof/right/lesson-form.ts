// With the layout and the form of the lesson; a bad link is refused.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { json, redirect } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { withErrors } from '../../../../../06-errors/errors.ts';
import { fields, line, noteWrong, type Rule, type Valid } from '../../../../../08-validate/validate.ts';
import { memoryStorage } from '../../../../../09-logic/memory.ts';
import type { Stored } from '../../../../../09-logic/storage.ts';
import {
  checkForm, emptyForm, readTyped, showField, showProblems, type Field, type Form,
} from '../../../../../12-pages/form.ts';
import { markup, type Markup } from '../../../../../12-pages/html.ts';
import { showWith } from '../../../../../12-pages/layout.ts';

const link: Rule<string> = (value, name, errors) => (typeof value === 'string' && /^(?:https:\/\/.*)?$/.test(value) ? value : noteWrong(errors, name, 'a link that begins with https://', value));
const newThing = fields({ what: line(1, 80), where: line(1, 80), photo: link });

type Thing = Stored & Valid<typeof newThing>;

const things = memoryStorage().collection<Thing>('things', {
  initial: [
    { id: 1, what: 'One red glove', where: 'Table 3', photo: 'https://photos.example/glove', version: 1 },
    { id: 2, what: 'A key with a bear on it', where: 'Under the coats', photo: '', version: 1 },
  ],
});

const show = showWith({ nav: [{ name: 'Board', address: '/things' }], styles: [], scripts: [] });

const FIELDS: Field[] = [
  { name: 'what', label: 'What', sentence: 'Please say what it is.' },
  { name: 'where', label: 'Where', sentence: 'Please say where it was.', type: 'lines' },
  { name: 'photo', label: 'Photo', sentence: 'Please write a link that begins with https://.' },
];

function showThing({ what, where, photo }: Thing): Markup {
  return markup`<article><h2>${what}</h2><p>${where}</p>${photo !== '' && markup`<a href='${photo}'>A photo of it</a>`}</article>`;
}

async function board(form: Form): Promise<Markup> {
  const { records } = await things.list({ before: Number.MAX_SAFE_INTEGER, limit: 100 });
  return markup`<h1>Lost and found</h1>${showProblems(form, FIELDS)}
<form method="post" action="/things">
${FIELDS.map((field) => showField(field, form))}
<button>Put it there</button></form>${records.map(showThing)}`;
}

const showBoard: Handler = async (call) => {
  return show({ call, title: 'Lost and found', body: await board(emptyForm) });
};

const addThing: Handler = async (call) => {
  const form = checkForm(newThing, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) {
    return show({ call, title: 'Not yet', body: await board(form), status: 422 });
  }
  await things.insert(form.value);
  return redirect('/things');
};

listen(createServer(answerWith(withErrors(router([
  { method: 'GET', pattern: '/things', handler: showBoard },
  { method: 'POST', pattern: '/things', handler: addThing },
  { method: 'GET', pattern: '/api/things', handler: async () => json(200, (await things.list()).records) },
])))));

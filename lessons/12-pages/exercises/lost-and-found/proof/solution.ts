// Exercise: the board of lost things. See task.md, or: npm run task 12.

import { createServer } from 'node:http';
import { listen } from '../../../../02-reply/listen.ts';
import { html, json, redirect } from '../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../04-router/router.ts';
import { around } from '../../../../05-around/around.ts';
import { withErrors } from '../../../../06-errors/errors.ts';
import { fields, line, type Valid } from '../../../../08-validate/validate.ts';
import { memoryStorage } from '../../../../09-logic/memory.ts';
import type { Stored } from '../../../../09-logic/storage.ts';
import { checkForm, readTyped, type Form } from '../../../../12-pages/form.ts';
import { markup, type Markup } from '../../../../12-pages/html.ts';

const newThing = fields({ what: line(1, 80), where: line(1, 80), photo: line(0, 200) });

type Thing = Stored & Valid<typeof newThing>;

const things = memoryStorage().collection<Thing>('things', {
  initial: [
    { id: 1, what: 'One red glove', where: 'Table 3', photo: 'https://photos.example/glove', version: 1 },
    { id: 2, what: 'A key with a bear on it', where: 'Under the coats', photo: '', version: 1 },
  ],
});

const allThings = async () => (await things.list({ limit: 1_000 })).records;

function board(list: Thing[], { typed, errors }: Form = { typed: {}, errors: [] }): Markup {
  return markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lost and found</title>
<h1>Lost and found</h1>
<form method="post" action="/things">
${errors.map(({ message }) => markup`<p>${message}</p>`)}
<label>What it is <input name="what" value="${typed.what}"></label>
<label>Where it was <input name="where" value="${typed.where}"></label>
<label>Link to a photo <input name="photo" value="${typed.photo}"></label>
<button>Put it on the board</button>
</form>
<ul>${list.map(({ what, where, photo }) => markup`<li>${what}, ${where} ${photo && markup`<a href="${photo}">Photo</a>`}</li>`)}</ul>
</html>
`;
}

const showBoard: Handler = async () => html(200, board(await allThings()).text);

const addThing: Handler = async ({ request }) => {
  const form = checkForm(newThing, await readTyped(request));
  if (form.errors.length > 0) return html(422, board(await allThings(), form).text);
  await things.insert(form.value);
  return redirect('/things');
};

const routes = [
  { method: 'GET', pattern: '/things', handler: showBoard },
  { method: 'POST', pattern: '/things', handler: addThing },
  { method: 'GET', pattern: '/api/things', handler: async () => json(200, await allThings()) },
];

listen(createServer(answerWith(around([withErrors], router(routes)))));

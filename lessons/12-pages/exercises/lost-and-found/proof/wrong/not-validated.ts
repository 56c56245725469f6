// W12 the board takes everything
// A thing without a name was put on the board: what the form sends was not checked.

import { createServer } from 'node:http';
import { listen } from '../../../../../02-reply/listen.ts';
import { html, json, redirect } from '../../../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../../../04-router/router.ts';
import { around } from '../../../../../05-around/around.ts';
import { withErrors, type FieldError } from '../../../../../06-errors/errors.ts';
import { readForm } from '../../../../../07-body/body.ts';
import { fields, line, type Valid } from '../../../../../08-validate/validate.ts';

const newThing = fields({ what: line(1, 80), where: line(1, 80), photo: line(0, 200) });

type Thing = { id: number } & Valid<typeof newThing>;

const things: Thing[] = [
  { id: 1, what: 'One red glove', where: 'Table 3', photo: 'https://photos.example/glove' },
  { id: 2, what: 'A key with a bear on it', where: 'Under the coats', photo: '' },
];

function escape(text = ''): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function photoLink(photo: string): string {
  return /^https?:\/\//i.test(photo) ? ` <a href="${escape(photo)}">Photo</a>` : '';
}

function board(typed: Record<string, string> = {}, errors: FieldError[] = []): string {
  const lines = things.map(({ what, where, photo }) => `<li><b>${escape(what)}</b>: ${escape(where)}${photoLink(photo)}</li>`);
  const inputs = ['what', 'where', 'photo'].map((name) => `<label>${name} <input name="${name}" value="${escape(typed[name])}"></label>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lost and found</title>
<h1>Lost and found</h1>
<form method="post" action="/things">
${errors.map(({ message }) => `<p>${escape(message)}</p>`).join('')}
${inputs.join('')}
<button>Put it on the board</button>
</form>
<ul>${lines.join('')}</ul>
</html>
`;
}

const addThing: Handler = async ({ request }) => {
  const typed = await readForm(request);
  const errors: FieldError[] = [];
  const thing = newThing(typed, '', errors);
  things.push({ id: things.length + 1, what: typed.what ?? '', where: typed.where ?? '', photo: typed.photo ?? '' });
  return redirect('/things');
};

const routes = [
  { method: 'GET', pattern: '/things', handler: () => html(200, board()) },
  { method: 'POST', pattern: '/things', handler: addThing },
  { method: 'GET', pattern: '/api/things', handler: () => json(200, things) },
];

listen(createServer(answerWith(around([withErrors], router(routes)))));

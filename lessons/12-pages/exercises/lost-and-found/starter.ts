// Exercise: the board of lost things. See task.md, or: npm run task 12.

import { createServer } from 'node:http';
import { listen } from '../../../02-reply/listen.ts';
import { html, json } from '../../../02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../04-router/router.ts';
import { around } from '../../../05-around/around.ts';
import { withErrors } from '../../../06-errors/errors.ts';
import { fields, line, type Valid } from '../../../08-validate/validate.ts';
import { memoryStorage } from '../../../09-logic/memory.ts';
import type { Stored } from '../../../09-logic/storage.ts';
import { markup, type Markup } from '../../../12-pages/html.ts';

const newThing = fields({ what: line(1, 80), where: line(1, 80), photo: line(0, 200) });

type Thing = Stored & Valid<typeof newThing>;

const GLOVE = 'https://photos.example/glove';

const things = memoryStorage().collection<Thing>('things', {
  initial: [
    { id: 1, what: 'One red glove', where: 'Table 3', photo: GLOVE, version: 1 },
    { id: 2, what: 'A key with a bear on it', where: 'Under the coats', photo: '', version: 1 },
  ],
});

const allThings = async () => (await things.list({ limit: 1_000 })).records;

function board(): Markup {
  return markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lost and found</title>
<h1>Lost and found</h1>
<form method="post" action="/things">
<label>What it is <input name="what"></label>
<label>Where it was <input name="where"></label>
<label>Link to a photo <input name="photo"></label>
<button>Put it on the board</button>
</form>
</html>
`;
}

const showBoard: Handler = async () => html(200, board().text);

// TODO: show the things on the board, and let POST /things put one more there.
const routes = [
  { method: 'GET', pattern: '/things', handler: showBoard },
  { method: 'GET', pattern: '/api/things', handler: async () => json(200, await allThings()) },
];

listen(createServer(answerWith(around([withErrors], router(routes)))));

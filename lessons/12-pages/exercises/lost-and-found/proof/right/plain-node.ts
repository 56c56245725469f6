// Node alone: every sign that is no letter becomes a numeric code.

import { createServer } from 'node:http';
import { text as readAll } from 'node:stream/consumers';

const things = [
  { what: 'One red glove', where: 'Table 3', photo: 'https://photos.example/glove' },
  { what: 'A key with a bear on it', where: 'Under the coats', photo: '' },
];

const safe = (value: string) => value.replace(/[^\w .,:/-]/gu, (sign) => `&#x${sign.codePointAt(0)!.toString(16)};`);

function isWeb(link: string): boolean {
  return URL.canParse(link) && ['http:', 'https:'].includes(new URL(link).protocol);
}

function page(what: string, where: string, photo: string, wrong: string): string {
  let rows = '';
  for (const thing of things) rows += `<tr><td>${safe(thing.what)}<td>${safe(thing.where)}<td>${isWeb(thing.photo) ? `<a rel="noopener" href="${safe(thing.photo)}">look</a>` : ''}`;
  return `<!DOCTYPE html><title>Board</title><p>${wrong}</p><form method=post><input value="${safe(what)}" name="what"><input value="${safe(where)}" name="where"><input value="${safe(photo)}" name="photo"><button>Add</button></form><table>${rows}</table>`;
}

createServer(async (request, response) => {
  const answer = (status: number, headers: Record<string, string>, body: string) => { response.writeHead(status, headers); response.end(body); };
  const asPage = { 'Content-Type': 'text/html; charset=UTF-8' };
  if (request.url === '/api/things') return answer(200, { 'Content-Type': 'application/json' }, JSON.stringify(things));
  if (request.method !== 'POST') return answer(200, asPage, page('', '', '', ''));
  const form = new URLSearchParams(await readAll(request));
  const [what = '', where = '', photo = ''] = ['what', 'where', 'photo'].map((name) => (form.get(name) ?? '').trim());
  if ([what, where].some((value) => value === '' || value.length > 80)) return answer(422, asPage, page(what, where, photo, 'What and where need 1 to 80 characters each.'));
  things.unshift({ what, where, photo });
  answer(303, { Location: '/things' }, '');
}).listen(3000);

// Lesson 16 · staff-pages: what only the staff may see and do.
//
//   GET  /staff         ──►  all items, each with a link to its form
//   POST /menu/2/edit   name=Flat+white&price=360&category=coffee&stock=120&version=1
//     ──►  303, location: /menu/2
//
// No handler here asks who is there: that stands in the table of needs, and is asked before. The
// address of a page is no secret either, and need be none.

import { priceTag, type Item } from '../03-address/items.ts';
import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { itemRules } from '../08-validate/item.ts';
import { fields, fromText, wholeNumber } from '../08-validate/validate.ts';
import { WHOLE_MENU } from '../09-logic/menu.ts';
import { Conflict, type Collection } from '../09-logic/storage.ts';
import { checkForm, readTyped, showField, showProblems, type Form } from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Show } from '../12-pages/layout.ts';
import { findItem } from '../12-pages/pages.ts';

export function staffPages(menu: Collection<Item>, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/staff', handler: (call) => showStaff(menu, show, call) },
    { method: 'GET', pattern: '/menu/:id/edit', handler: (call) => showForm(menu, show, call) },
    { method: 'POST', pattern: '/menu/:id/edit', handler: (call) => changeItem(menu, show, call) },
  ];
}

async function changeItem(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  const form = checkForm(itemForm, await readTyped(call.request));
  if (form.errors.length > 0) {
    return show({ call, title: 'Change', body: editPage(item, form), status: 422 });
  }
  const { version, ...changed } = form.value;
  const problem = await menu.update(item.id, version, changed).then(() => undefined, sentenceOf);
  if (problem === undefined) return redirect(`/menu/${item.id}`);
  return show({ call, title: 'Change', body: editPage(item, form, problem), status: 409 });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A form holds nothing but text; the rules of the API, which are meant here too, want numbers.
const { price, stock } = itemRules;
const itemForm = fields({
  ...itemRules,
  price: fromText(price),
  stock: fromText(stock),
  version: fromText(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
});

/** The name is taken, or a colleague was faster. What the store cannot do is not for the form. */
function sentenceOf(error: unknown): string {
  if (error instanceof Conflict && error.reason !== 'missing') return error.message;
  throw error;
}

async function showStaff(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const { records } = await menu.list(WHOLE_MENU);
  const body = markup`<h1>For the staff</h1>
<p><a href="/settings">Opening hours and other settings</a></p>
<div class="menu">
<section class="card">
<h2>The menu</h2>
<ul class="items">${records.map(showLine)}</ul>
</section>
</div>`;
  return show({ call, title: 'Staff', body });
}

function showLine({ id, name, price, stock }: Item): Markup {
  return markup`<li><a href="/menu/${id}/edit">${name}</a> \
<span class="price">${stock} left, ${priceTag(price)}</span></li>
`;
}

async function showForm(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  const { id, ...shown } = item;
  const texts = Object.entries(shown).map(([name, value]) => [name, String(value)]);
  const typed = Object.fromEntries(texts);
  return show({ call, title: 'Change', body: editPage(item, { typed, errors: [] }) });
}

function showProblem(problem: string, id: number): Markup {
  return markup`<p class="notice" role="alert"><strong>Nothing is saved yet.</strong> \
${problem} <a href="/menu/${id}/edit">Look again</a></p>`;
}

function editPage({ id, name, version }: Item, form: Form, problem?: string): Markup {
  return markup`<h1>Change: ${name}</h1>
${problem && showProblem(problem, id)}
${showProblems(form, ['name', 'price', 'category', 'stock'])}
<form class="card" method="post" action="/menu/${id}/edit">
${showField({ name: 'name', label: 'Name' }, form)}
<div class="pair">
${showField({ name: 'price', label: 'Price, in cents', type: 'number' }, form)}
${showField({ name: 'stock', label: 'How many are left', type: 'number' }, form)}
</div>
${showField({ name: 'category', label: 'Category' }, form)}
<input type="hidden" name="version" value="${form.typed.version ?? version}">
<button>Save</button>
</form>`;
}

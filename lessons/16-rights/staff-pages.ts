// Lesson 16 · staff-pages: the pages that only staff may use.
//
//   GET  /staff         ──►  all items, each with a link to its form
//   POST /menu/2/edit   name=Flat+white&price=360&category=coffee&stock=120&version=1
//     ──►  303, location: /staff?changed=2
//
// No handler here asks who sends the request: `staffAccess` says who may, and `rights` asks before
// the handler runs. The address of a page is not a secret, and does not have to be.

import { priceTag, type Item } from '../03-address/items.ts';
import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { itemRules } from '../08-validate/item.ts';
import { fields, numberFromText, wholeNumber } from '../08-validate/validate.ts';
import { WHOLE_MENU } from '../09-logic/menu.ts';
import { Conflict, type Collection } from '../09-logic/storage.ts';
import { showGood } from '../12-pages/done.ts';
import {
  checkForm, readTyped, showField, showProblems, tooLate, toTyped, VERSION, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Link, Show } from '../12-pages/layout.ts';
import { byCategory, findItem, TITLES, titleOf } from '../12-pages/pages.ts';
import type { Access } from './roles.ts';

export const staffAccess: Access = {
  'GET /staff': 'staff',
  'GET /menu/:id/edit': 'staff',
  'POST /menu/:id/edit': 'staff',
};

export function staffPages(menu: Collection<Item>, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/staff', handler: (call) => showStaff(menu, show, call) },
    { method: 'GET', pattern: '/menu/:id/edit', handler: (call) => showForm(menu, show, call) },
    { method: 'POST', pattern: '/menu/:id/edit', handler: (call) => changeItem(menu, show, call) },
  ];
}

async function changeItem(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  const form = checkForm(itemForm, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) return showEdit(show, call, { item, form, status: 422 });
  const { version, ...changed } = form.value;
  const conflict = await menu.update(item.id, version, changed).then(() => undefined, conflictIn);
  if (!conflict) return redirect(`/staff?changed=${item.id}`);
  if (conflict.reason === 'taken') {
    return showEdit(show, call, { item, form: nameIsTaken(form), status: 409 });
  }
  const now = await findItem(menu, call);
  return showEdit(show, call, { item: now, form: tooLate(form, now), status: 409 });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const staffNav: Link[] = [{ name: 'Staff', address: '/staff', role: 'staff' }];

// A form sends only text. The rules are those of the API, which want numbers.
const { price, stock } = itemRules;
const itemForm = fields({
  ...itemRules,
  price: numberFromText(price),
  stock: numberFromText(stock),
  version: numberFromText(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
});

const FIELDS: Field[] = [
  { name: 'name', label: 'Name', sentence: 'Please enter a name, up to 60 characters.' },
  {
    name: 'price',
    label: 'Price, in cents',
    sentence: 'Please enter the price in whole cents, such as 340 for €3.40, up to 100000.',
    type: 'number',
    isHalf: true,
  },
  {
    name: 'stock',
    label: 'How many are left',
    sentence: 'Please enter how many are left, a whole number from 0 to 10000.',
    type: 'number',
    isHalf: true,
  },
  {
    name: 'category',
    label: 'Category',
    sentence: 'Please choose one of the categories.',
    options: [...TITLES],
  },
  VERSION,
];

/** The name is taken, or a colleague was faster. Other errors are not for the form. */
function conflictIn(error: unknown): Conflict {
  if (error instanceof Conflict) return error;
  throw error;
}

function nameIsTaken(form: Form): Form {
  const message = 'This name is on the menu already. Please choose another.';
  return { ...form, errors: [{ field: 'name', message }] };
}

async function showStaff(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const { records } = await menu.list(WHOLE_MENU);
  const body = markup`<h1>For staff</h1>
${showChanged(records, call.address.query.get('changed'))}
<p>${records.length > 0 && 'Choose an item to change it. '}\
<a href="/settings">Opening hours and other settings</a></p>
${records.length === 0 && EMPTY}
<div class="menu">${byCategory(records).map(showCategory)}</div>`;
  return show({ call, title: 'Staff', body });
}

const EMPTY = markup`<p class="card">The menu is empty. To add items, use the API: \
POST /api/menu.</p>`;

function showChanged(items: readonly Item[], changed: string | null): Markup | undefined {
  const item = items.find(({ id }) => String(id) === changed);
  return item && showGood(`Saved: ${item.name}, ${priceTag(item.price)}, ${item.stock} left.`);
}

function showCategory([category, items]: [category: string, items: Item[]]): Markup {
  return markup`<section class="card" data-category="${category}">
<h2>${titleOf(category)}</h2>
<table>
<thead><tr><th scope="col">Item</th><th scope="col">Left</th><th scope="col">Price</th></tr></thead>
<tbody>
${items.map(showLine)}</tbody>
</table>
</section>
`;
}

function showLine({ id, name, price, stock }: Item): Markup {
  return markup`<tr><th scope="row"><a href="/menu/${id}/edit">${name}</a></th>\
<td>${stock}</td><td>${priceTag(price)}</td></tr>
`;
}

async function showForm(menu: Collection<Item>, show: Show, call: Call): Promise<Reply> {
  const item = await findItem(menu, call);
  return showEdit(show, call, { item, form: { typed: toTyped(item), errors: [] } });
}

type Edit = { item: Item; form: Form; status?: number };

function showEdit(show: Show, call: Call, { item, form, status }: Edit): Promise<Reply> {
  const title = `Change: ${item.name}`;
  const body = markup`<div class="narrow">
<h1>${title}</h1>
${showProblems(form, FIELDS)}
<form class="card" method="post" action="/menu/${item.id}/edit">
${FIELDS.map((field) => showField(field, form))}
<button>Save</button>
</form>
<p><a href="/staff">Back to the staff page</a></p>
</div>`;
  return show({ call, title, body, status, here: '/staff' });
}

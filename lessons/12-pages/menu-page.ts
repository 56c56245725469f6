// Lesson 12 · menu-page: the menu as a page, whole or what a search has found.
//
//   [Earl Grey, …], 'tea'  ──►  3 items for “tea”. <h2>Tea</h2> <ul> <a href="/menu/7">…

import { priceTag, type Item } from '../03-address/items.ts';
import { byCategory, titleOf } from './categories.ts';
import { markup, type Markup } from './html.ts';
import { memoize } from './memoize.ts';

export function menuPage(items: readonly Item[], search: string): Markup {
  return markup`<h1>Menu</h1>
<form class="search" role="search" action="/menu">
<label for="search">Search the menu</label>
<input id="search" type="search" name="search" value="${search}" autocomplete="off">
<button>Search</button>
</form>
${search === '' ? items.length === 0 && EMPTY : showFound(items.length, search)}
<div class="menu">${search === '' ? wholeMenu(items) : showCategories(items)}</div>`;
}

const EMPTY = markup`<p class="card">The menu is empty right now. Please come back soon.</p>`;

// For speed: most guests look at the whole menu, and it rarely changes.
const wholeMenu = memoize(showCategories);

function showCategories(items: readonly Item[]): Markup {
  return markup`${byCategory(items).map(showCategory)}`;
}

function showFound(count: number, search: string): Markup {
  const sentence = found(count, search);
  return markup`<p role="status">${sentence} <a href="/menu">Show the whole menu</a></p>`;
}

function found(count: number, search: string): string {
  if (count === 0) return `Nothing on the menu is called “${search}”.`;
  return `${count === 1 ? 'One item' : `${count} items`} for “${search}”.`;
}

function showCategory([category, items]: [category: string, items: Item[]]): Markup {
  return markup`<section class="card" data-category="${category}">
<h2>${titleOf(category)}</h2>
<ul class="items">${items.map(showLine)}</ul>
</section>
`;
}

function showLine({ id, name, price, category, stock }: Item): Markup {
  return markup`<li data-category="${category}"><a href="/menu/${id}">${name}</a> \
${stock === 0 && SOLD_OUT}<span class="price">${priceTag(price)}</span></li>
`;
}

const SOLD_OUT = markup`<span class="sold-out">sold out</span> `;

// Lesson 12 · item-page: one item as a page.
//
//   { id: 2, name: 'Flat white', price: 340, stock: 120 }
//     ──►  <h1>Flat white</h1> <p class="price">€3.40</p> … 120 left

import { priceTag, type Item } from '../03-address/items.ts';
import { titleOf } from './categories.ts';
import { markup, type Markup } from './html.ts';

// The script cafe.js shows the button: without a script it could do nothing.
export function itemPage({ id, name, price, category, stock }: Item): Markup {
  return markup`<div class="narrow">
<article class="card item" data-category="${category}">
<p>${titleOf(category)}</p>
<h1>${name}</h1>
<p class="price">${priceTag(price)}</p>
<p id="stock" role="status">${stock === 0 ? 'Sold out' : markup`${stock} left`}</p>
<button type="button" hidden data-stock-of="${id}">Check stock</button>
</article>
<p><a href="/menu">Back to menu</a></p>
</div>`;
}

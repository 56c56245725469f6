// Lesson 12 · error-pages: lesson 06's layer, with a page for people who use a browser.
//
//   GET /menu/99  accept: text/html  ──►  404, <h1>Not Found</h1> …
//
// One sentence says what went wrong. A link says what to do next: back to the menu, or for a 401
// also to the login.

import { STATUS_CODES } from 'node:http';
import type { Layer } from '../05-around/around.ts';
import { withErrors, type ErrorPage } from '../06-errors/errors.ts';
import { markup, type Markup } from './html.ts';
import type { Link, Show } from './layout.ts';

/** What helps after an error, by its status: { 401: { name: 'Log in', address: '/login' } }. */
export type WaysOut = Record<number, Link>;

export function withErrorPages(show: Show, waysOut: WaysOut = {}): Layer {
  return (handler) => withErrors(handler, { page: errorPage(show, waysOut) });
}

/** For withErrors(): a page instead of plain text. */
export function errorPage(show: Show, waysOut: WaysOut = {}): ErrorPage {
  return (status, sentence, { errors = [] }, call) => {
    const title = STATUS_CODES[status] ?? 'Something went wrong';
    const body = markup`<section class="error">
<p class="status">${status}</p>
<h1>${title}</h1>
<p class="lead">${sentence}</p>
${errors.length > 0 && markup`<ul>${errors.map(({ message }) => markup`<li>${message}</li>`)}</ul>`}
<p>${showWay(waysOut[status])}<a class="button quiet" href="/menu">Back to menu</a></p>
</section>`;
    return show({ call, title, body, status });
  };
}

function showWay(way: Link | undefined): Markup | undefined {
  return way && markup`<a class="button" href="${way.address}">${way.name}</a> `;
}

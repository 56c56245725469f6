// Lesson 12 · layout: what all pages of the café share.
//
//   layout({ title: 'Menu', nav, styles: ['/cafe.css'], scripts: ['/cafe.js'], body })
//     ──►  <!doctype html> … <title>Menu · Café</title> … <main id="main">…</main> … </html>
//
// One function, and no page forgets what makes it usable for all: its language, a title of its own,
// a way past the links for people without a mouse, and the mark at the link of the page itself.
// Styles and scripts are files. Written into the page they could not be told apart from what an
// attacker has written into it; lesson 21 forbids it altogether.

import { STATUS_CODES } from 'node:http';
import { html, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import type { Page } from '../06-errors/errors.ts';
import { markup, type Markup } from './html.ts';
import { memoize } from './memoize.ts';

export type Link = { name: string; address: string };

/** `here`: the path of the page, to mark its link. `styles` and `scripts`: addresses of files. */
export type Layout = Files & { title: string; nav: Link[]; here?: string; body: Markup };
type Files = { styles: string[]; scripts: string[] };

export function layout({ title, nav, here = '', styles, scripts, body }: Layout): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Café</title>
<link rel="icon" href="/cup.svg">
${showStyles(styles)}
${showScripts(scripts)}
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header><nav aria-label="Main"><ul>${nav.map((link) => showLink(link, here))}</ul></nav></header>
<main id="main" tabindex="-1">
${body}
</main>
<footer>This café is for learning only.</footer>
</body>
</html>
`.text;
}

function showLink({ name, address }: Link, here: string): Markup {
  const current = isAt(address, here) ? 'page' : 'false';
  return markup`<li><a href="${address}" aria-current="${current}">${name}</a></li>`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** What a handler of pages is given: it knows title and body, and the rest is put around them. */
export type Show = (shown: { call?: Call; title: string; body: Markup; status?: number }) => Reply;

/** Which links there are may depend on the call: on who is logged in, for one. */
export type Look = Files & { nav: (call?: Call) => Link[] };

/** For the wiring, once. */
export function showWith({ nav, styles, scripts }: Look): Show {
  return ({ call, title, body, status = 200 }) => {
    const here = call?.address.path;
    return html(status, layout({ title, nav: nav(call), here, styles, scripts, body }));
  };
}

/** For withErrors(): a page in place of plain text, for people in front of a browser. */
export function errorPage(show: Show): Page {
  return (status, sentence, { errors = [] }) => {
    const title = STATUS_CODES[status] ?? 'Something went wrong';
    const body = markup`<h1>${title}</h1>
<p class="lead">${sentence}</p>
${errors.length > 0 && markup`<ul>${errors.map(({ message }) => markup`<li>${message}</li>`)}</ul>`}
<p><a class="button" href="/menu">To the menu</a></p>`;
    return show({ title, body, status });
  };
}

const showStyles = memoize((addresses: readonly string[]) => {
  return markup`${addresses.map((address) => markup`<link rel="stylesheet" href="${address}">`)}`;
});

// "<\/" is "</": tsx writes a template anew in which it finds the end of a script.
const showScripts = memoize((addresses: readonly string[]) => {
  const one = (address: string) => markup`<script type="module" src="${address}"><\/script>`;
  return markup`${addresses.map(one)}`;
});

// "/menu/2" belongs to "/menu".
function isAt(address: string, here: string): boolean {
  return here === address || here.startsWith(`${address}/`);
}

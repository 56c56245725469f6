// Lesson 12 · layout: what all pages of the café share.
//
//   layout({ title: 'Menu', nav, styles: ['/cafe.css'], scripts: ['/cafe.js'], body })
//     ──►  <!doctype html> … <title>Menu · Café</title> … <main id="main">…</main> … </html>
//
// With one function for all pages, no page forgets what everybody needs: its language, its own
// title, a way past the links for people without a mouse, a mark on the link to this page, and who
// is logged in.
// Styles and scripts are files. If they were written into the page, a browser could not tell them
// from an attacker's. Lesson 21 forbids that.

import type { IncomingMessage } from 'node:http';
import { html, type Reply } from '../02-reply/reply.ts';
import type { Call } from '../04-router/router.ts';
import { markup, type Markup } from './html.ts';
import { memoize } from './memoize.ts';

/** `role`: shows the link only to visitors with it. That protects nothing: see lesson 16. */
export type Link = { name: string; address: string; role?: string };

/** Who is looking at the page? Unknown until lesson 15. */
export type Visitor = { name: string; role?: string };

/** `here`: the path of the page, to mark its link. `styles` and `scripts`: addresses of files. */
export type Layout = Files & { title: string; here?: string; visitor?: Visitor; body: Markup };
type Files = { nav: Link[]; styles: string[]; scripts: string[] };

export function layout({ title, nav, here = '', visitor, styles, scripts, body }: Layout): string {
  const links = nav.filter(({ role }) => role === undefined || role === visitor?.role);
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
<a class="skip" href="#main">Skip to content</a>
<header>
<nav aria-label="Main"><ul>${links.map((link) => showLink(link, here))}</ul></nav>
${visitor && markup`<p class="visitor">Logged in as <strong>${visitor.name}</strong></p>`}
</header>
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

/** Answers with a page. A handler gives its title and body, and `layout` adds the rest. */
export type Show = (shown: Shown) => Promise<Reply>;
type Shown = { call: Call; title: string; body: Markup; status?: number; here?: string };

/** `whoIs`: who sent this request? */
export type Look = Files & { whoIs?: (request: IncomingMessage) => Promise<Visitor | undefined> };

/** For the wiring, once. */
export function showWith({ whoIs = nobody, ...files }: Look): Show {
  return async ({ call, title, body, status = 200, here = call.address.path }) => {
    const visitor = await whoIs(call.request);
    const text = layout({ ...files, title, here, visitor, body });
    return html(status, text, visitor && FOR_ONE);
  };
}

async function nobody(): Promise<undefined> {}

// A page with a visitor's name on it is for this visitor only, so no cache may keep it.
const FOR_ONE = { 'cache-control': 'no-store' } as const;

const showStyles = memoize((addresses: readonly string[]) => {
  return markup`${addresses.map((address) => markup`<link rel="stylesheet" href="${address}">`)}`;
});

// tsx breaks a template that contains the closing script tag, so it is written with a backslash.
const showScripts = memoize((addresses: readonly string[]) => {
  const one = (address: string) => markup`<script type="module" src="${address}"><\/script>`;
  return markup`${addresses.map(one)}`;
});

// "/menu/2" belongs to "/menu".
function isAt(address: string, here: string): boolean {
  return here === address || here.startsWith(`${address}/`);
}

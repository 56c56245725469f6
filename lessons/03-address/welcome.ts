// Lesson 03 · welcome: the front page, as one text.
//
//   GET /  ──►  Café ☕ · The menu
//
// Scaffolding: lesson 12 builds real pages, and no longer needs this file.

import { html } from '../02-reply/reply.ts';

export const welcome = html(200, `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>Café</title>
<style>
  :root { color-scheme: light dark; font: 1.25rem/1.6 system-ui, sans-serif; }
  body { max-width: 30rem; margin: 15vh auto; padding: 0 1.5rem; }
  h1 { font-size: 3rem; margin: 0; }
</style>
<h1>Café ☕</h1>
<p>Hello from the backend! Look at <a href="/menu">the menu</a>.</p>
</html>
`);

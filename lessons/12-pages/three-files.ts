// Lesson 12 · three-files: three files, three routes. Lesson 13 serves a whole folder with one.
//
//   GET /assets/cafe.css  ──►  public/cafe.css, read once, at the start

import { readFileSync } from 'node:fs';
import { bytes } from '../02-reply/reply.ts';
import type { Route } from '../04-router/router.ts';

export const threeFiles: Route[] = [
  file('/assets/cafe.css', 'text/css; charset=utf-8'),
  file('/assets/cafe.js', 'text/javascript; charset=utf-8'),
  file('/cup.svg', 'image/svg+xml'),
];

function file(address: string, type: string): Route {
  const content = readFileSync(new URL(`public/${address.split('/').at(-1)}`, import.meta.url));
  return { method: 'GET', pattern: address, handler: () => bytes(200, type, content) };
}

// Lesson 13 · content-type: what the bytes of a file are for.
//
//   typeOf('look.css')   ──►  'text/css; charset=utf-8'
//   typeOf('menu.xyz')   ──►  'application/octet-stream'
//
// The type comes from the name's ending, because bytes do not say what they are for. Browsers once
// guessed it from the bytes, and a "picture" with a script in it then ran.

import { extname } from 'node:path';

/** "application/octet-stream" means "some bytes": a browser saves them, and never runs them. */
export function typeOf(name: string): string {
  const ending = extname(name).slice(1).toLowerCase();
  return types.get(ending) ?? 'application/octet-stream';
}

const types = new Map(Object.entries({
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  ico: 'image/x-icon',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
  zip: 'application/zip',
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
  woff: 'font/woff',
  woff2: 'font/woff2',
}));

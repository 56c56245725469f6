// Lesson 12 · error-pages: lesson 06's layer, with a page for people who use a browser.
//
//   GET /menu/99  accept: text/html  ──►  404, <h1>Not Found</h1> …

import type { Layer } from '../05-around/around.ts';
import { withErrors } from '../06-errors/errors.ts';
import { errorPage, type Show } from './layout.ts';

export function withErrorPages(show: Show): Layer {
  return (handler) => withErrors(handler, { page: errorPage(show) });
}

// Lesson 12 · done: a sentence that says what was done.
//
//   POST /notes               ──►  303, location: /notes?done=posted
//   GET  /notes?done=posted   ──►  "Thank you! Your note is at the top of the list."
//
// After a redirect the page is a new request, which knows nothing about the form. So the address
// holds one word. It only chooses a sentence from the page's own table: anyone can write an
// address, so nothing from it gets into the page.

import type { Call } from '../04-router/router.ts';
import { markup, type Markup } from './html.ts';

/** `sentences`: what the page can say, by word. */
export function showDone({ address }: Call, sentences: Record<string, string>): Markup | undefined {
  const word = address.query.get('done') ?? '';
  return Object.hasOwn(sentences, word) ? showGood(sentences[word]!) : undefined;
}

export function showGood(sentence: string): Markup {
  return markup`<p class="notice good" role="status">${sentence}</p>`;
}

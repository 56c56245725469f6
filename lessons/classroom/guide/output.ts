// The terminal: what was printed while a request was handled?
//
//   console.log('Hello!'); res.end();   ──►  the client gets nothing: 'log-for-write' (status.ts)
//   console.error('…', new TypeError('What is sent must be a reply …'))  ──►  'return-forgotten'

import { here, entry, placeOf, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';
import { tell } from './tell.ts';
import { currentVisit } from './visit.ts';
import { wrap } from './wrap.ts';

export function watchConsole(): void {
  wrap(console, 'log', (log) => function (...given) {
    noteLog(given[0]);
    return log.apply(this, given);
  });
  wrap(console, 'error', (error) => function (...given) {
    for (const value of given) if (value instanceof TypeError) lookAtRefused(value);
    return error.apply(this, given);
  });
}

// A line with the address in it is a log; one of a module of the lessons is not the learner's.
function noteLog(text: unknown): void {
  const visit = currentVisit();
  if (visit === undefined || visit.logged || visit.began || typeof text !== 'string') return;
  if (text.includes(visit.url) && visit.url !== '/') return;
  const at = here();
  if (placeOf(at)?.file !== entry()) return;
  visit.logged = { at, text: text.length > 40 ? `${text.slice(0, 40)}…` : text };
}

function lookAtRefused(error: TypeError): void {
  lookAtNoReply(error);
  lookAtMarkup(error);
}

// `send` of lesson 02 refuses what is no reply, answers 500 and prints why. Who failed to return
// one is not in the stack any more: the source may say it.
function lookAtNoReply({ message }: TypeError): void {
  if (!message.startsWith('What is sent must be a reply') || !message.includes('undefined')) return;
  const visit = currentVisit();
  if (visit === undefined) return;
  const at = droppedReply();
  tell({
    code: 'return-forgotten',
    what: `The handler of ${visit.name} returned no reply.`,
    why: at
      ? 'Perhaps this line is why: it makes a reply, and nobody returns it.'
      : 'A handler, or a layer around it, came to its end without a "return".',
    try: 'Write "return" before it. ' +
      'An arrow function with { } needs one too; without { } it returns by itself.',
    lesson: 2,
  }, at, visit);
}

const markupForm = /^The body of a reply must be text.* but it was \{"text":"/;

// The same refusal, of a reply whose body is what markup`…` of lesson 12 returns.
function lookAtMarkup({ message }: TypeError): void {
  const visit = currentVisit();
  if (visit === undefined || !markupForm.test(message)) return;
  tell({
    code: 'markup-as-body',
    what: `The answer to ${visit.name} has markup as its body.`,
    why: 'What markup`…` returns can go into other markup as it is; a reply holds text.',
    try: 'Hand in its text: html(200, markup`…`.text), or let layout() make the whole page.',
    lesson: 12,
  }, findLine(/\bhtml\(/), visit);
}

const makers = 'text|html|json|empty|redirect|bytes|stream|handler|next|inner|answer';
const call = `(?:await )?(?:${makers})\\(`;

// As a statement of its own, at the start of a line or of a block.
function droppedReply(): SourceLocation | undefined {
  const inBlock = new RegExp(`=>\\s*\\{\\s*${call}[^}]*\\}`);
  const onLine = new RegExp(`^\\s*(?:if \\(.*\\) |else )?${call}.*\\);\\s*$`);
  return findLine(inBlock) ?? findLine(onLine);
}

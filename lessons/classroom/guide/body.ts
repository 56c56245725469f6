// The body on its way in: a piece that ends in the middle of an "é", and a body that nobody made.
//
//   63 61 66 c3 │ a9     body += piece  ──►  "caf\ufffd\ufffd"  ──►  'body-in-pieces'
//
// Only a piece that really is cut there is watched, and told only if it becomes text alone.

import { IncomingMessage } from 'node:http';
import { here, isCalledByUs, placeOf } from './place.ts';
import { tell } from './tell.ts';
import { currentVisit, visitOf } from './visit.ts';
import { wrap } from './wrap.ts';

export function watchBodies(): void {
  wrap(IncomingMessage.prototype, 'emit', (emit) => function (name, ...given) {
    if (name === 'data') watchPiece(given[0]);
    return emit.call(this, name, ...given);
  });
  wrap(IncomingMessage.prototype, 'read', (read) => function (...given) {
    const piece = read.apply(this, given);
    if (piece !== null) watchPiece(piece);
    return piece;
  });
  watchExpressBody();
}

function watchPiece(piece: unknown): void {
  if (!(piece instanceof Buffer) || !isCut(piece)) return;
  piece.toString = function (...given) {
    delete (this as { toString?: unknown }).toString;
    if (given[0] === undefined || /^utf-?8$/i.test(given[0])) tellCut();
    return this.toString(...given);
  };
}

// UTF-8: 10xxxxxx goes on, 110xxxxx, 1110xxxx and 11110xxx begin two, three and four bytes.
function isCut(piece: Buffer): boolean {
  let start = piece.length - 1;
  while (start > piece.length - 4 && start > 0 && (piece[start]! & 0xc0) === 0x80) start -= 1;
  return piece.length - start < bytesOf(piece[start] ?? 0);
}

function bytesOf(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

function tellCut(): void {
  const visit = currentVisit();
  if (visit === undefined) return;
  tell({
    code: 'body-in-pieces',
    what: `The body of ${visit.name} came in pieces, and one ends in the middle of a letter.`,
    why: 'Each piece was made into text by itself ("+=" does that), ' +
      'so both halves of the letter became "\ufffd".',
    try: 'Collect the pieces in a list, and make text of them once: ' +
      'Buffer.concat(pieces).toString().',
    lesson: 7,
  }, placeOf(here()), visit);
}

// Whoever sets request.body first may read it; told at the end of the answer (request.ts), or when
// the undefined value makes the handler fail (causes.ts).
function watchExpressBody(): void {
  Object.defineProperty(IncomingMessage.prototype, 'body', {
    configurable: true,
    get(this: IncomingMessage) {
      const visit = visitOf(this);
      const moment = here();
      if (visit && isCalledByUs(moment)) visit.bodyRead ??= moment;
      return undefined;
    },
    set(this: IncomingMessage, value: unknown) {
      const visit = visitOf(this);
      if (visit) delete visit.bodyRead;
      const plain = { writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, 'body', { value, ...plain });
    },
  });
}

// Bare node:http once more, with the body gathered by events: the leanest way that is known here, and
// the one of lesson 07. In the other rows it does what "bare" does.

import { bareServer, limit } from '../bare.ts';

bareServer((request) => new Promise((resolve) => {
  const pieces: Buffer[] = [];
  let length = 0;
  request.on('data', (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) resolve(undefined);
  });
  request.on('end', () => resolve((pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)).toString()));
}));

// Lesson 11 · stop: a start that cannot go on ends in a sentence, with status 1.
//
//   stopWith(new UnusableFile('db/data/11/cafe.json cannot be used: it is empty. …'))
//     ──►  db/data/11/cafe.json cannot be used: it is empty. …
//
// Anything else is a bug, and shown with its stack.

import { UnusableFile } from './unusable-file.ts';

export function stopWith(error: unknown): never {
  console.error(error instanceof UnusableFile ? error.message : error);
  process.exit(1);
}

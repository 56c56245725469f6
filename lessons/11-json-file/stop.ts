// Lesson 11 · stop: if the start fails, the program ends with a sentence and status 1.
//
//   stopWith(new UnusableFile('db/data/11/cafe.json cannot be used: it is empty. …'))
//     ──►  db/data/11/cafe.json cannot be used: it is empty. …
//
// Any other error is a bug, so its stack is printed.

import { UnusableFile } from './unusable-file.ts';

export function stopWith(error: unknown): never {
  console.error(error instanceof UnusableFile ? error.message : error);
  process.exit(1);
}

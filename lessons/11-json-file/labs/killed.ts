// Lab · killed: a program is killed while it saves. What is left of its file?
//
//   npm run lab 11 killed
//
// The first variant writes over the old file, so for a moment there is half a file. The second one
// is the lesson's own: aside, flush, swap. The code is in ways/killed.ts.

import { naive, swapped, tryVariants } from './ways/killed.ts';

await tryVariants([naive, swapped]);

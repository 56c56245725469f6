// Lab · at-once: 100 guests order in the same moment. How many orders are kept?
//
//   npm run lab 11 at-once
//
// Two servers, one after the other, with real requests. The first one does what most people write
// first: read the file, add to it, write it. Each step is right, but between two steps another
// request reads the same file, adds its order, and writes.

import { inTurn, naive, tryVariants } from './ways/at-once.ts';

await tryVariants([naive, inTurn]);

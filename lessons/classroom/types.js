// Types: this process can read TypeScript from now on.
//
//   node --import types.js answer.ts  ──►  runs on Node 20 as it does on 24
//
// A Node that reads it by itself needs nothing. See plain.js.

import { register } from 'node:module';

if (!process.features.typescript) {
  register('./plain.js', import.meta.url);
  process.setSourceMapsEnabled(true); // a stack names the lines that were written
}

// What lesson 16 refuses before the start: access and routes do not fit.
//
//   Error: access does not say who may use GET /api/menu/cheapest. Add the line …
//     ──►  'access-refused', in lessons/16-rights/access.ts, and the rest of the sentence as advice

import { fileURLToPath } from 'node:url';
import type { Cause } from './cause.ts';
import type { Place } from './place.ts';
import { findLine } from './source.ts';

const REFUSED = /^(access (?:does not say|has a line|lets|says twice) .*?\.) ([A-Z].*)$/;

const refusedAccess: Cause = ({ message }) => {
  const [, what, advice] = REFUSED.exec(message) ?? [];
  if (what === undefined || advice === undefined) return undefined;
  return {
    code: 'access-refused',
    at: tableOf(),
    what,
    why: 'From lesson 16 on, each route has one line in access, and a route without one is closed.',
    try: advice,
    lesson: 16,
  };
};

const table = /: Access = \{/;
const ofTheCafe = fileURLToPath(new URL('../../16-rights/access.ts', import.meta.url));

/** The program's own table, or the café's. */
function tableOf(): Place | undefined {
  return findLine(table) ?? findLine(table, ofTheCafe);
}

export const accessCauses: Cause[] = [refusedAccess];

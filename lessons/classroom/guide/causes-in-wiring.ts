// What the wiring refuses before the start: a route without access, a link without a page.
//
//   Error: access does not say who may use GET /api/menu/cheapest. Add …
//     ──►  'access-refused', in lessons/16-rights/access.ts, and the rest of the sentence as advice

import { fileURLToPath } from 'node:url';
import type { Cause } from './cause.ts';
import type { SourceLocation } from './place.ts';
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
function tableOf(): SourceLocation | undefined {
  return findLine(table) ?? findLine(table, ofTheCafe);
}

const LINK = /^(The link ".*" leads to \S+, but there is no route GET \S+\.) (Search .*)$/;

const refusedLink: Cause = ({ message }) => {
  const [, what, advice] = LINK.exec(message) ?? [];
  if (what === undefined || advice === undefined) return undefined;
  return {
    code: 'link-refused',
    at: findLine(/\bcheckLinks\(/),
    what,
    why: 'Each guest would click into a 404, so each link is checked before the server starts.',
    try: advice,
    lesson: 12,
  };
};

export const wiringCauses: Cause[] = [refusedAccess, refusedLink];

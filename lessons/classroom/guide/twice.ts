// Two answers to one request: noticed at the second end(), or when Node refuses the second head.
//
//   line 5: res.end('Flat white');
//   line 7: res.end('Nothing here');   ──►  'two-answers', at line 7

import { lineIn, type SourceLocation } from './place.ts';
import type { Slip } from './tell.ts';

export function answeredTwice(
  name: string,
  first: SourceLocation | undefined,
  second: SourceLocation | undefined,
): Slip {
  const what = `${name} was answered twice.`;
  const isSame = first && first.file === second?.file && first.line === second.line;
  return isSame ? oneLineTwice(what) : twoLines(what, lineIn(first, second));
}

function oneLineTwice(what: string): Slip {
  return {
    code: 'two-answers',
    what,
    why: 'This line ran more than once for one request, ' +
      'and after the first time the answer was over.',
    try: 'Collect in it what comes, and answer once, when all has come.',
    lesson: 2,
  };
}

function twoLines(what: string, over: string): Slip {
  return {
    code: 'two-answers',
    what,
    why: `The answer was over in ${over}, ` +
      'and then this line began another one, which the client never sees.',
    try: `Put "return" before the answer in ${over}, or the second answer into an "else".`,
    lesson: 2,
  };
}

// Lesson 07 · content-type: did the client send the type that we read?
//
//   content-type: application/json; charset=utf-8   ──►  passes
//   content-type: text/plain                        ──►  415, accept: application/json
//
// One byte means different things in different types, so we never guess: we read what the client
// says, or we refuse it.

import type { IncomingMessage } from 'node:http';
import { Refusal } from '../06-errors/errors.ts';
import { listIn } from '../06-errors/header-list.ts';

/** `wanted`: such as "application/json". A charset may follow it, if it is UTF-8. */
export function checkType(request: IncomingMessage, wanted: string): void {
  const { 'content-type': type = '', 'content-encoding': encoding = '' } = request.headers;
  if (listIn(encoding.toLowerCase()).some((coding) => coding !== 'identity')) {
    throw refuseEncoding(encoding);
  }
  if (type === wanted) return;
  const [name, ...parameters] = listIn(type.toLowerCase(), ';');
  if (name !== wanted) {
    throw refuseType(
      wanted,
      `The content-type must be ${wanted}, but it was ${type ? `"${type}"` : 'missing'}.`,
    );
  }
  const other = charsetsIn(parameters).find((charset) => charset !== 'utf-8' && charset !== 'utf8');
  if (other !== undefined) {
    throw refuseType(wanted, `The charset must be utf-8, but it was "${other}".`);
  }
}

// RFC 9110, 5.6.6: a value may be in quotation marks. Of two charsets, both must be right, because
// programs disagree on which one counts.
function charsetsIn(parameters: string[]): string[] {
  return parameters.flatMap((parameter) => {
    const [, charset] = /^charset[ \t]*=[ \t]*(.*)$/.exec(parameter) ?? [];
    return charset === undefined ? [] : charset.replace(/^"(.*)"$/, '$1');
  });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// RFC 9110, 15.5.16: a 415 may say in "accept" which type we take.
function refuseType(wanted: string, sentence: string): Refusal {
  return new Refusal(415, sentence, { headers: { accept: wanted } });
}

function refuseEncoding(encoding: string): Refusal {
  return new Refusal(
    415,
    `The body must come as it is, but its content-encoding was "${encoding}".`,
    { headers: { 'accept-encoding': 'identity' } },
  );
}

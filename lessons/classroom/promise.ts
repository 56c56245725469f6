// A promise: what a request in requests.http says will come back.
//
//   200, "Flat white", content-type: "text/plain", no body, no end
//    │        │              │                               └──►  the answer goes on and on
//    │        │              └──►  that header's value contains it
//    │        └──►  the body contains it
//    └──►  the status
//
// A promise is kept or broken in whole sentences, so that a test and a person read the same.

import type { Advice } from './advice.ts';
import { excerpt } from './excerpt.ts';
import type { Exchange } from './exchange.ts';

export type Promised = {
  status: number;
  body: string[];
  noBody: boolean;
  noEnd: boolean;
  headers: [name: string, text: string][];
};

const claim = /,\s*(?:(no body|no end)|(?:([\w-]+):\s*)?("(?:[^"\\]|\\.)*"))\s*/y;

/** `refuse` turns a problem into the error that names file and line. */
export function readPromise(text: string, refuse: (problem: string) => Advice): Promised {
  const [status] = /^[1-5]\d\d(?!\d)/.exec(text) ?? [];
  if (status === undefined) throw refuse(`A promise begins with a status from 100 to 599, but it was "${text}". For example: # → 200, "Flat white"`);
  const promise: Promised = { status: Number(status), body: [], noBody: false, noEnd: false, headers: [] };
  claim.lastIndex = status.length;
  for (let end = status.length; end < text.trimEnd().length; end = claim.lastIndex) {
    const found = claim.exec(text);
    if (found === null) throw refuse(`"${text.slice(end).trim()}" is not a promise. Write , "text" or , no body or , no end or , header-name: "text"`);
    addClaim(promise, found, refuse);
  }
  return promise;
}

function addClaim(promise: Promised, [, none, header, quoted = '']: RegExpExecArray, refuse: (problem: string) => Advice): void {
  if (none === 'no end') promise.noEnd = true;
  else if (none !== undefined) promise.noBody = true;
  else if (header === undefined) promise.body.push(unquote(quoted, refuse));
  else promise.headers.push([header, unquote(quoted, refuse)]);
}

// A text is quoted as in JSON: "\"price\":350" promises "price":350.
function unquote(quoted: string, refuse: (problem: string) => Advice): string {
  try {
    return JSON.parse(quoted);
  } catch {
    throw refuse(`${quoted} is not a text as JSON writes it. Inside the quotes, write \\" for " and \\\\ for \\.`);
  }
}

/** Whole sentences, one for each thing that is not as promised. */
export function brokenPromises(promise: Promised, exchange: Exchange): string[] {
  const body = exchange.body.toString('utf8');
  return [
    ...(exchange.cut === undefined || promise.noEnd ? [] : ['The answer should end, but it did not: is an end() missing?']),
    ...(exchange.status === promise.status ? [] : [`The status should be ${promise.status}, but it was ${exchange.status}.`]),
    ...(promise.noBody && body !== '' ? [`There should be no body, but it was ${excerpt(body)}.`] : []),
    ...promise.body.filter((text) => !body.includes(text)).map((text) => `The body should contain "${text}", but it was ${excerpt(body)}.`),
    ...promise.headers.flatMap(([name, text]) => brokenHeader(name, text, exchange.headers)),
  ];
}

function brokenHeader(name: string, text: string, headers: Exchange['headers']): string[] {
  const values = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  if (values.some((value) => value.includes(text))) return [];
  const was = values.length === 0 ? 'there was none' : `it was ${values.map((value) => `"${value}"`).join(' and ')}`;
  return [`The header ${name} should contain "${text}", but ${was}.`];
}

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

/** Turns a problem into the error that names file and line. */
type Refuse = (problem: string) => Advice;

const claim = /,\s*(?:(no body|no end)|(?:([\w-]+):\s*)?("(?:[^"\\]|\\.)*"))\s*/y;

export function readPromise(text: string, refuse: Refuse): Promised {
  const [code] = /^[1-5]\d\d(?!\d)/.exec(text) ?? [];
  if (code === undefined) throw refuse(noStatus(text));
  const status = Number(code);
  const promise: Promised = { status, body: [], noBody: false, noEnd: false, headers: [] };
  claim.lastIndex = code.length;
  for (let end = code.length; end < text.trimEnd().length; end = claim.lastIndex) {
    const found = claim.exec(text);
    if (found === null) throw refuse(noClaim(text.slice(end).trim()));
    addClaim(promise, found, refuse);
  }
  return promise;
}

function noStatus(text: string): string {
  return `A promise begins with a status from 100 to 599, but it was "${text}". ` +
    'For example: # → 200, "Flat white"';
}

function noClaim(text: string): string {
  return `"${text}" is not a promise. ` +
    'Write , "text" or , no body or , no end or , header-name: "text"';
}

function addClaim(promise: Promised, found: RegExpExecArray, refuse: Refuse): void {
  const [, none, header, quoted = ''] = found;
  if (none === 'no end') promise.noEnd = true;
  else if (none !== undefined) promise.noBody = true;
  else if (header === undefined) promise.body.push(unquote(quoted, refuse));
  else promise.headers.push([header, unquote(quoted, refuse)]);
}

// A text is quoted as in JSON: "\"price\":350" promises "price":350.
function unquote(quoted: string, refuse: Refuse): string {
  try {
    return JSON.parse(quoted);
  } catch {
    throw refuse(`${quoted} is not a text as JSON writes it. ` +
      'Inside the quotes, write \\" for " and \\\\ for \\.');
  }
}

/** Whole sentences, one for each thing that is not as promised. */
export function brokenPromises(promise: Promised, exchange: Exchange): string[] {
  const { status, noBody, noEnd } = promise;
  const body = exchange.body.toString('utf8');
  const wrong: string[] = [];
  if (exchange.cut !== undefined && !noEnd) {
    wrong.push('The answer should end, but it did not: is an end() missing?');
  }
  if (exchange.status !== status) {
    wrong.push(`The status should be ${status}, but it was ${exchange.status}.`);
  }
  if (noBody && body !== '') {
    wrong.push(`There should be no body, but it was ${excerpt(body)}.`);
  }
  for (const text of promise.body) if (!body.includes(text)) wrong.push(brokenBody(text, body));
  for (const [name, text] of promise.headers) {
    const values = valuesOf(name, exchange.headers);
    if (!values.some((value) => value.includes(text))) wrong.push(brokenHeader(name, text, values));
  }
  return wrong;
}

function brokenBody(text: string, body: string): string {
  return `The body should contain "${text}", but it was ${excerpt(body)}.`;
}

function brokenHeader(name: string, text: string, values: string[]): string {
  const quoted = values.map((value) => `"${value}"`).join(' and ');
  const was = values.length === 0 ? 'there was none' : `it was ${quoted}`;
  return `The header ${name} should contain "${text}", but ${was}.`;
}

function valuesOf(name: string, headers: Exchange['headers']): string[] {
  const same = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase());
  return same.map(([, value]) => value);
}

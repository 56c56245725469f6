// What must hold of an answer, and what of it does not.
//
//   { status: 200, includes: ['Mint tea'] }  ──►  expected: 'status 200', 'a body with "Mint tea"'
//   an answer 404                            ──►  broken: 'The status should be 200, but it was 404.'

import { isDeepStrictEqual } from 'node:util';
import { excerpt } from '../excerpt.ts';
import type { Cafe, Came, Want } from './format.ts';

export function sayWant({ status, text, json, includes = [], lacks = [], headers = {}, noBody }: Want): string[] {
  return [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...Object.entries(headers).map(([name, value]) => (value === null ? `no header ${name}` : isAny(value) ? `a header ${name}` : `header ${name} with ${quote(value)}`)),
    ...(noBody ? ['no body'] : []),
    ...(text === undefined ? [] : [`the body ${quote(text.trimEnd())}`]),
    ...(json === undefined ? [] : [`the JSON ${JSON.stringify(json)}`]),
    ...(includes.length === 0 ? [] : [`a body with ${includes.map(quote).join(', ')}`]),
    ...(lacks.length === 0 ? [] : [`${includes.length === 0 ? 'a body' : 'and'} without ${lacks.map(quote).join(', ')}`]),
  ];
}

/** Whole sentences, one for each thing that does not hold. */
export async function brokenWants(want: Want, came: Came, cafe: Cafe): Promise<string[]> {
  const { status, text, json, includes = [], lacks = [], headers = {}, noBody } = want;
  const more = await want.holds?.(came, cafe);
  return [
    ...(status === undefined || came.status === status ? [] : [`The status should be ${status}, but it was ${came.status}.`]),
    ...Object.entries(headers).flatMap(([name, value]) => brokenHeader(name, value, came)),
    ...(noBody && came.text !== '' ? [`There should be no body, but it was ${excerpt(came.text)}.`] : []),
    ...(text === undefined || came.text.trimEnd() === text.trimEnd() ? [] : [`The body should be ${quote(text.trimEnd())}, but it was ${excerpt(came.text)}.`]),
    ...(json === undefined || isDeepStrictEqual(came.json, json) ? [] : [`The JSON should be ${JSON.stringify(json)}, but ${came.json === undefined ? 'the body is no JSON' : 'it was'}: ${excerpt(came.text)}.`]),
    ...includes.filter((part) => !came.text.includes(part)).map((part) => `The body should contain ${quote(part)}, but it was ${excerpt(came.text)}.`),
    ...lacks.filter((part) => came.text.includes(part)).map((part) => `The body should not contain ${quote(part)}, but it does.`),
    ...(more === undefined ? [] : [more]),
  ];
}

function brokenHeader(name: string, wanted: string | RegExp | null, came: Came): string[] {
  const value = came.header(name);
  const isThere = came.headers.some(([other]) => other.toLowerCase() === name.toLowerCase());
  if (wanted === null) return isThere ? [`There should be no header ${name}, but it was ${quote(value)}.`] : [];
  if (isThere && holdsText(value, wanted)) return [];
  if (isAny(wanted)) return [`There should be a header ${name}, but ${isThere ? 'it is empty' : 'there was none'}.`];
  return [`The header ${name} should contain ${quote(wanted)}, but ${isThere ? `it was ${quote(value)}` : 'there was none'}.`];
}

function holdsText(value: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? value.toLowerCase().includes(wanted.toLowerCase()) : wanted.test(value);
}

// "/./": whatever it says.
function isAny(wanted: string | RegExp): boolean {
  return wanted instanceof RegExp && wanted.source === '.';
}

function quote(text: string | RegExp): string {
  return typeof text === 'string' ? `"${text}"` : String(text);
}

// What must hold of an answer, and what of it does not.
//
//   { status: 200, includes: ['Mint tea'] }
//     ──►  expected: 'status 200', 'a body with "Mint tea"'
//   an answer 404
//     ──►  broken: 'The status should be 200, but it was 404.'

import { isDeepStrictEqual } from 'node:util';
import { excerpt } from '../excerpt.ts';
import type { Cafe, Came, Want } from './format.ts';

/** What a header must hold: this text, anything that fits, or (null) it must not be there. */
type Wanted = string | RegExp | null;

export function sayWant(want: Want): string[] {
  const { status, text, json, includes = [], lacks = [], headers = {}, noBody } = want;
  const its = includes.length === 0 ? 'a body' : 'and';
  return [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...Object.entries(headers).map(([name, value]) => sayHeader(name, value)),
    ...(noBody ? ['no body'] : []),
    ...(text === undefined ? [] : [`the body ${quote(text.trimEnd())}`]),
    ...(json === undefined ? [] : [`the JSON ${JSON.stringify(json)}`]),
    ...(includes.length === 0 ? [] : [`a body with ${includes.map(quote).join(', ')}`]),
    ...(lacks.length === 0 ? [] : [`${its} without ${lacks.map(quote).join(', ')}`]),
  ];
}

function sayHeader(name: string, wanted: Wanted): string {
  if (wanted === null) return `no header ${name}`;
  return isAny(wanted) ? `a header ${name}` : `header ${name} with ${quote(wanted)}`;
}

/** Whole sentences, one for each thing that does not hold. */
export async function brokenWants(want: Want, came: Came, cafe: Cafe): Promise<string[]> {
  const more = await want.holds?.(came, cafe);
  return [
    ...brokenStatus(want, came),
    ...brokenHeaders(want, came),
    ...brokenBody(want, came),
    ...brokenParts(want, came),
    ...(more === undefined ? [] : [more]),
  ];
}

function brokenStatus({ status }: Want, came: Came): string[] {
  if (status === undefined || came.status === status) return [];
  return [`The status should be ${status}, but it was ${came.status}.`];
}

function brokenHeaders({ headers = {} }: Want, came: Came): string[] {
  return Object.entries(headers).flatMap(([name, value]) => brokenHeader(name, value, came) ?? []);
}

function brokenHeader(name: string, wanted: Wanted, came: Came): string | undefined {
  const value = came.header(name);
  const isThere = came.headers.some(([other]) => other.toLowerCase() === name.toLowerCase());
  if (wanted === null) {
    return isThere ? `There should be no header ${name}, but it was ${quote(value)}.` : undefined;
  }
  if (isThere && holdsText(value, wanted)) return undefined;
  if (isAny(wanted)) {
    return `There should be a header ${name}, but ${isThere ? 'it is empty' : 'there was none'}.`;
  }
  const was = isThere ? `it was ${quote(value)}` : 'there was none';
  return `The header ${name} should contain ${quote(wanted)}, but ${was}.`;
}

function brokenBody({ noBody, text, json }: Want, came: Came): string[] {
  const broken: string[] = [];
  const body = excerpt(came.text);
  if (noBody && came.text !== '') broken.push(`There should be no body, but it was ${body}.`);
  if (text !== undefined && came.text.trimEnd() !== text.trimEnd()) {
    broken.push(`The body should be ${quote(text.trimEnd())}, but it was ${body}.`);
  }
  if (json !== undefined && !isDeepStrictEqual(came.json, json)) {
    const was = came.json === undefined ? 'the body is no JSON' : 'it was';
    broken.push(`The JSON should be ${JSON.stringify(json)}, but ${was}: ${body}.`);
  }
  return broken;
}

function brokenParts({ includes = [], lacks = [] }: Want, came: Came): string[] {
  const body = excerpt(came.text);
  return [
    ...includes
      .filter((part) => !came.text.includes(part))
      .map((part) => `The body should contain ${quote(part)}, but it was ${body}.`),
    ...lacks
      .filter((part) => came.text.includes(part))
      .map((part) => `The body should not contain ${quote(part)}, but it does.`),
  ];
}

function holdsText(value: string, wanted: string | RegExp): boolean {
  if (wanted instanceof RegExp) return wanted.test(value);
  return value.toLowerCase().includes(wanted.toLowerCase());
}

// "/./": whatever it says.
function isAny(wanted: string | RegExp): boolean {
  return wanted instanceof RegExp && wanted.source === '.';
}

/** A line break is shown as "\n", and not obeyed. */
function quote(text: string | RegExp): string {
  return typeof text === 'string' ? `"${text.replaceAll('\n', '\\n')}"` : String(text);
}

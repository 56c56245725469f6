// Reading requests.http: what to try in a lesson, and what each request promises.
//
//   ### One item            ──►  { number: 1, title: 'One item',
//   # → 200, "Flat white"           promise: { status: 200, body: ['Flat white'], … },
//   GET {{host}}/menu/7             method: 'GET', target: '/menu/7', … }
//
// The editors' HTTP clients read the same file. A target keeps every character: what a server
// does with "//" or "%" is a thing to try.

import { Advice } from './advice.ts';
import { readPromise, type Promised } from './promise.ts';

export { sendRequest, type Exchange } from './exchange.ts';
export { brokenPromises, type Promised } from './promise.ts';

export type HttpRequest = {
  number: number;
  title: string;
  /** Line of the request in its file, from 1. */
  line: number;
  promise: Promised;
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: string;
  /** Placeholders that the reader fills in, such as "token"; sent as they are. */
  needs: string[];
};

type Line = { text: string; number: number };
type Block = { title: string; lines: Line[] };
type Values = Map<string, string>;
type Reading = { file: string; values: Values; needs: Set<string> };
type Unnumbered = Omit<HttpRequest, 'number'>;

const comment = /^(?:#|\/\/)/;
const promiseLine = /^(?:#|\/\/)\s*→\s*(.*)$/;
const valueLine = /^@([\w-]+)\s*=\s*(.*)$/;
const requestLine = /^([A-Za-z][A-Za-z-]*) +(\S+)(?: +HTTP\/\d(?:\.\d)?)?$/;
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*)$/;

/** Throws Advice at a line that cannot be read, naming `file` and the line. */
export function readRequests(text: string, file = 'requests.http'): HttpRequest[] {
  const values: Values = new Map();
  const requests: HttpRequest[] = [];
  for (const block of splitBlocks(text)) {
    const request = readBlock(block, { file, values, needs: new Set() });
    if (request !== undefined) requests.push({ number: requests.length + 1, ...request });
  }
  return requests;
}

function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [{ title: '', lines: [] }];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith('###')) blocks.push({ title: line.slice(3).trim(), lines: [] });
    else blocks.at(-1)?.lines.push({ text: line, number: index + 1 });
  }
  return blocks;
}

function readBlock({ title, lines }: Block, reading: Reading): Unnumbered | undefined {
  const start = lines.findIndex(({ text }) => isRequestStart(text));
  const head = start === -1 ? lines : lines.slice(0, start);
  const promise = readHead(head, reading);
  const first = lines[start];
  if (first === undefined) return refuseEmptyPromise(head, promise, reading);
  const [method, target] = readRequestLine(first, reading);
  if (promise === undefined) throw at(reading, first, noPromise(first.text));
  const blank = lines.findIndex(({ text }, index) => index > start && text.trim() === '');
  const end = blank === -1 ? lines.length : blank;
  const headers = readHeaders(lines.slice(start + 1, end), reading);
  const body = fill(reading, first, textOf(lines.slice(end)));
  const needs = [...reading.needs];
  return { title, line: first.number, promise, method, target, headers, body, needs };
}

function noPromise(text: string): string {
  return `"${text}" promises nothing. ` +
    'Write above it what comes back, for example: # → 200, "Flat white"';
}

function textOf(lines: Line[]): string {
  return lines.map(({ text }) => text).join('\n').trim();
}

function isRequestStart(text: string): boolean {
  return text.trim() !== '' && !comment.test(text) && !text.startsWith('@');
}

// What stands above a request: comments, the promise among them, and values for later lines.
function readHead(lines: Line[], reading: Reading): Promised | undefined {
  let promise: Promised | undefined;
  for (const line of lines) {
    const [, promised] = promiseLine.exec(line.text) ?? [];
    if (promised !== undefined) {
      if (promise !== undefined) throw at(reading, line, secondPromise);
      promise = readPromise(promised, (problem) => at(reading, line, problem));
    }
    if (line.text.startsWith('@')) readValue(line, reading);
  }
  return promise;
}

const secondPromise = 'A request makes one promise, and this is its second "# →" line. ' +
  'Put both into one, separated by commas.';

function refuseEmptyPromise(
  head: Line[],
  promise: Promised | undefined,
  reading: Reading,
): undefined {
  const line = head.find(({ text }) => promiseLine.test(text));
  if (promise === undefined || line === undefined) return undefined;
  throw at(reading, line, 'This promise has no request below it. ' +
    'Write one, for example: GET {{host}}/menu');
}

function readValue(line: Line, reading: Reading): void {
  const [, name, value] = valueLine.exec(line.text) ?? [];
  if (name === undefined || value === undefined) {
    throw at(reading, line, `"${line.text}" is not a value. ` +
      'Write for example: @host = http://localhost:3000');
  }
  reading.values.set(name, value.trim());
}

function readRequestLine(line: Line, reading: Reading): [method: string, target: string] {
  const [, method, address] = requestLine.exec(line.text.trimEnd()) ?? [];
  if (method === undefined || address === undefined) {
    throw at(reading, line, `"${line.text}" is not a request. ` +
      'Write a method and an address, for example: GET {{host}}/menu');
  }
  return [method, targetOf(fill(reading, line, address))];
}

function targetOf(address: string): string {
  if (!address.startsWith('{{host}}')) return address;
  const target = address.slice('{{host}}'.length);
  return target === '' || target.startsWith('?') ? `/${target}` : target;
}

function readHeaders(lines: Line[], reading: Reading): HttpRequest['headers'] {
  const written = lines.filter(({ text }) => !comment.test(text));
  return written.map((line) => readHeader(line, reading));
}

function readHeader(line: Line, reading: Reading): [name: string, value: string] {
  const [, name, value] = headerLine.exec(line.text) ?? [];
  if (name === undefined || value === undefined) {
    throw at(reading, line, `"${line.text}" is not a header. ` +
      'Write for example: Accept: text/plain (a body comes after an empty line).');
  }
  return [name, fill(reading, line, value.trimEnd())];
}

// {{host}} is put in when the request is sent. {{token}}, and a value that the file leaves empty,
// are the reader's to fill in.
function fill(reading: Reading, line: Line, text: string): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (placeholder, inner: string) => {
    const name = inner.trim();
    const value = reading.values.get(name) ?? (name === 'token' ? '' : undefined);
    if (value === undefined) {
      throw at(reading, line, `${placeholder} is not known. ` +
        `Write a line above it: @${name || 'name'} = its value`);
    }
    if (name !== 'host' && value === '') reading.needs.add(name);
    return name === 'host' ? '{{host}}' : value || placeholder;
  });
}

function at({ file }: Reading, { number }: Line, problem: string): Advice {
  return new Advice(`${file}, line ${number}: ${problem}`);
}

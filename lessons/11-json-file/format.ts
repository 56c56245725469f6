// Lesson 11 · format: the file's text, and is it as it should be?
//
//   { "format": 1, "collections": {
//   "menu": { "lastId": 23, "records": [
//   {"id":2,"name":"Flat white","price":340,"category":"coffee","stock":120,"version":1},
//   {"id":23,"name":"Iced tea", …}
//   ] }
//   } }
//
// One record a line, so that a person can read it and a tool can show changes. `lastId` is there
// because the last record may be removed, and its number is never used again.
// Any other file is refused, with the place of the mistake. If the store took it for an empty one,
// the next save would overwrite data that a person could have repaired.

import type { Stored } from '../09-logic/storage.ts';
import { placeOfMistake, secondName } from './json-place.ts';
import { UnusableFile } from './unusable-file.ts';

/** One collection in the file. */
export type SavedTable = { lastId: number; records: Stored[] };

export function writeText(collections: [name: string, saved: SavedTable][]): string {
  const parts = collections.map(([name, { lastId, records }]) => {
    const lines = records.map((record) => JSON.stringify(record));
    const list = `[\n${lines.join(',\n')}\n]`;
    return `${JSON.stringify(name)}: { "lastId": ${lastId}, "records": ${list} }`;
  });
  return `{ "format": 1, "collections": {\n${parts.join(',\n')}\n} }\n`;
}

/** Throws an UnusableFile for a text that writeText() cannot have written. */
export function readText(text: string): [name: string, saved: SavedTable][] {
  const { format, collections } = parse(text);
  if (format !== 1) {
    throw new UnusableFile(
      `its "format" must be 1, but it is ${show(format)}. ` +
      'Perhaps a newer version of the program has written it.',
    );
  }
  checkObject('"collections"', collections);
  for (const [name, saved] of Object.entries(collections)) checkTable(show(name), saved);
  const all = Object.entries(collections as Record<string, SavedTable>);
  if (writeText(all) !== text) checkNamedOnce(text);
  return all;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (text.trim() === '') throw new UnusableFile('it is empty.');
    const { line, column } = placeOfMistake(text);
    throw new UnusableFile(`it is no longer JSON from line ${line}, column ${column}, on.`);
  }
  checkObject('the whole file', value);
  checkNames('the whole file', value, ['format', 'collections']);
  return value;
}

// JSON.parse() keeps the second of two equal names, and the next save would lose the first. Only a
// person writes such a text, so a text just as writeText() writes it need not be searched.
function checkNamedOnce(text: string): void {
  const second = secondName(text);
  if (second === undefined) return;
  const { name, line, column } = second;
  throw new UnusableFile(
    `line ${line}, column ${column}, has a second ${show(name)} in the same object, ` +
    'and only one of the two would be kept.',
  );
}

function checkTable(name: string, saved: unknown): void {
  checkObject(name, saved);
  checkNames(name, saved, ['lastId', 'records']);
  checkNumber(`"lastId" of ${name}`, saved.lastId, 0);
  if (!Array.isArray(saved.records)) {
    throw new UnusableFile(
      `the "records" of ${name} must be a list, but they are ${show(saved.records)}.`,
    );
  }
  const places = new Map<unknown, number>();
  for (const [index, record] of saved.records.entries()) {
    const place = `record ${index + 1} of ${name}`;
    checkObject(place, record);
    checkNumber(`the id in ${place}`, record.id, 1);
    checkNumber(`the version in ${place}`, record.version, 1);
    if (places.has(record.id)) {
      throw new UnusableFile(
        `${place} has the id ${record.id}, and so has record ${places.get(record.id)}.`,
      );
    }
    places.set(record.id, index + 1);
  }
}

function checkObject(place: string, value: unknown): asserts value is Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) {
    throw new UnusableFile(`${place} must be an object in "{" and "}", but it is ${show(value)}.`);
  }
}

// An unknown field would be lost at the next save.
function checkNames(place: string, value: Record<string, unknown>, known: string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UnusableFile(
      `${place} has a field ${show(unknown)}, and only ${known.join(' and ')} are known here.`,
    );
  }
}

function checkNumber(place: string, value: unknown, least: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new UnusableFile(
      `${place} must be a whole number from ${least} on, but it is ${show(value)}.`,
    );
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

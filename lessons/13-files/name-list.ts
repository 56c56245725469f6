// Lesson 13 · name-list: does the folder list this name?
//
//   nameIn('pictures/tea.svg')  ──►  'pictures/tea.svg'
//   nameIn('cafe\u0301.svg')     ──►  'café.svg'     the same name, spelled with two characters
//   nameIn('../server.ts')      ──►  undefined

import { namesIn } from './names.ts';

/** From each spelling of a name to the name as it is listed. */
type Names = ReadonlyMap<string, string>;

/** Looks a name up in a list that is not too old. */
export function listOf(
  folder: string,
  lookAgain: number,
  report: (sentence: string) => void,
): (name: string) => Promise<string | undefined> {
  let names: Names = new Map();
  let nextList = 0;
  let listing: Promise<Names> | undefined;

  return async (name) => {
    if (performance.now() >= nextList) await (listing ??= list());
    return names.get(name) ?? names.get(name.normalize());
  };

  async function list(): Promise<Names> {
    const start = performance.now();
    names = await listNames(folder, report).finally(() => { listing = undefined; });
    // A large folder takes long to list. Listing takes at most a twentieth of the time.
    nextList = start + (lookAgain && Math.max(lookAgain, 20 * (performance.now() - start)));
    return names;
  }
}

async function listNames(folder: string, report: (sentence: string) => void): Promise<Names> {
  const names = new Map<string, string>();
  for await (const name of namesIn(folder, report)) names.set(name, name);
  // "é" can be one character or two, on the disk and in an address. Both look the same, so both
  // lead to the file, unless another file has exactly that name.
  for (const name of names.keys()) {
    if (!names.has(name.normalize())) names.set(name.normalize(), name);
  }
  return names;
}

// The list is made again and again, and would report the same each time.
export function onceEach(report: (sentence: string) => void): (sentence: string) => void {
  const told = new Set<string>();
  return (sentence) => {
    if (told.has(sentence)) return;
    told.add(sentence);
    report(sentence);
  };
}

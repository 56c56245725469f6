// Watching: which files were really changed by a save?
//
//   save router.ts             ──►  onChange(['router.ts'])
//   save it again, unchanged   ──►  nothing
//   the server writes its data ──►  nothing: that folder is not watched
//
// One flat watcher a folder, since a deep one would also hear every change of the data. An event
// only says "look": editors write a file in several steps, so the contents decide.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const watched = new Set(['.ts', '.js', '.html', '.css', '.json']);

export type Watcher = { close(): void };
type OnChange = (names: string[]) => Promise<void>;

/** While the promise of `onChange` is pending, further changes wait for it. */
export function watchFolders(folders: string[], onChange: OnChange): Watcher {
  let known = readContents(folders);
  let isClosed = false;
  const quiet = afterQuiet(async () => {
    const now = await readWhole(folders, known);
    const names = changedNames(known, now);
    known = now;
    if (names.length > 0 && !isClosed) await onChange(names);
  });
  const there = folders.filter((folder) => existsSync(folder));
  const watchers = there.flatMap((folder) => watchOne(folder, quiet.hear));
  function close() {
    isClosed = true;
    quiet.cancel();
    for (const watcher of watchers) watcher.close();
  }
  return { close };
}

// A folder that is deleted, or lies on a disk that went away, is no reason to end the server.
function watchOne(folder: string, hear: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, hear);
    return [watcher.on('error', () => watcher.close())];
  } catch (error) {
    const why = (error as Error).message;
    console.error(`Saves in ${folder} cannot be noticed (${why}): ` +
      'after a save, stop the server with Ctrl+C and start it again.');
    return [];
  }
}

// A save is several events: act when there was none for a tenth of a second.
function afterQuiet(act: () => Promise<void>): { hear(): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let acting = Promise.resolve();
  function hear() {
    clearTimeout(timer);
    timer = setTimeout(() => { acting = acting.then(act); }, 100);
  }
  return { hear, cancel: () => clearTimeout(timer) };
}

type Contents = Map<string, string>;

// Editors empty a file, or take it away, and then write it anew: on a busy machine, or a disk
// far away, more than a tenth of a second lies between. One save is one change, so wait for
// the rest.
async function readWhole(folders: string[], before: Contents): Promise<Contents> {
  let now = readContents(folders);
  for (let times = 0; times < 5 && isHalf(before, now); times += 1) {
    await pause(100);
    now = readContents(folders);
  }
  return now;
}

function isHalf(before: Contents, now: Contents): boolean {
  const files = [...before.keys(), ...now.keys()];
  return files.some((file) => isNothing(now.get(file)) && before.get(file) !== now.get(file));
}

function isNothing(text: string | undefined): boolean {
  return text === undefined || text === gone || text === empty;
}

const empty = 'empty';
const gone = 'gone';

function readContents(folders: string[]): Contents {
  const files = folders.flatMap((folder) => namesIn(folder).map((name) => join(folder, name)));
  return new Map(files.map((file) => [file, fingerprint(file)]));
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => watched.has(extname(name)));
}

// A file may vanish between the listing and the reading: editors write a new one and rename it.
function fingerprint(file: string): string {
  try {
    const bytes = readFileSync(file);
    return bytes.length === 0 ? empty : createHash('sha256').update(bytes).digest('hex');
  } catch {
    return gone;
  }
}

function changedNames(before: Contents, after: Contents): string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  const changed = [...files].filter((file) => before.get(file) !== after.get(file));
  return changed.map((file) => file.split(/[\\/]/).at(-1) ?? file);
}

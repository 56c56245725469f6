// The folders of one check: gone when it is over.
//
//   /tmp/cafe-7kQx2a/data/tabs.json   what the program keeps
//   /tmp/cafe-7kQx2a/start-1/         where it was started first: a file in here is litter
//
// What a power cut would leave of the data is known by the size that was flushed (disk.js).

import {
  existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Kept } from './state.ts';

export class Folders {
  readonly top: string;
  readonly data: string;
  /** Where the program itself lies. */
  readonly #home: string;
  readonly #before: Map<string, string>;
  #starts = 0;

  constructor(file: string, given: Record<string, string>) {
    this.top = mkdtempSync(join(tmpdir(), 'cafe-'));
    this.data = join(this.top, 'data');
    this.#home = dirname(file);
    this.#before = stampsIn(this.#home);
    mkdirSync(this.data);
    for (const [name, text] of Object.entries(given)) {
      mkdirSync(dirname(join(this.data, name)), { recursive: true });
      writeFileSync(join(this.data, name), text);
    }
  }

  /** A new folder for the program to be started in. */
  addStart(): string {
    this.#starts += 1;
    const folder = join(this.top, `start-${this.#starts}`);
    mkdirSync(folder);
    return folder;
  }

  read(name: string): string | undefined {
    const file = join(this.data, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** All files of the data. */
  names(): string[] {
    return filesBelow(this.data);
  }

  /** What was not flushed is gone. */
  cutBack(kept: Kept): void {
    for (const name of this.names()) {
      const file = join(this.data, name);
      truncateSync(file, sizeKept(file, kept));
    }
  }

  /** What each power cut would leave of a file. */
  flushed(name: string, all: Kept[]): string[] {
    const file = join(this.data, name);
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    return all.map((kept) => bytes.subarray(0, sizeKept(file, kept)).toString());
  }

  /** Files that the program wrote where they do not belong. */
  litter(root: string): string[] {
    const starts = readdirSync(this.top).filter((name) => name.startsWith('start-'));
    const here = starts
      .flatMap((name) => filesBelow(join(this.top, name)))
      .map((name) => `${name} into the folder that it was started in`);
    const beside = [...stampsIn(this.#home)]
      .filter(([name, stamp]) => this.#before.get(name) !== stamp)
      .map(([name]) => relative(root, join(this.#home, name)).replaceAll('\\', '/'));
    return [...new Set([...here, ...beside])];
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function filesBelow(folder: string, within = ''): string[] {
  const entries = readdirSync(join(folder, within), { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = within + entry.name;
    return entry.isDirectory() ? filesBelow(folder, `${path}/`) : [path];
  });
  return files.sort();
}

function sizeKept(file: string, kept: Kept): number {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return Math.min(Number(stat?.size ?? 0), kept[String(stat?.ino)] ?? 0);
}

// Data beside the program, by its endings: an editor's own files (.swp, ~, .tmp) are not looked at.
const isData = /^[^.].*\.(json|jsonl|ndjson|txt|log|csv|db|data|html)$/;

function stampsIn(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => isData.test(name));
  return new Map(names.map((name) => [name, stampOf(join(folder, name))]));
}

function stampOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}

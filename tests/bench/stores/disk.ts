// The limit: no store at all, only a line at the end of a file, and a flush.
//
//   insert            one line, one flush
//   insertTogether    64 lines in one write, one flush for all of them
//
//   disk            blocks: nothing is faster from one thread, but nobody else is served meanwhile
//   disk-awaited    the same calls as promises, as a server must make them

import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsUpTo } from './item.ts';
import type { Store } from './store.ts';

/** As many bytes as a line of our journal has. */
const [record] = recordsUpTo(1);
const line = `{"sum":"5f1e9a03","length":150,"seq":12345,"batch":12345,"changes":[{"in":"items","record":${JSON.stringify(record)}}]}\n`;

export async function open(folder: string, kind?: string): Promise<Store> {
  const path = join(folder, 'lines.jsonl');
  const append = kind === 'awaited' ? await awaited(path) : blocking(path);
  return {
    insert: () => append(line),
    insertTogether: (count) => append(line.repeat(count)),
    fill: () => {},
    update: () => {},
    get: () => {},
    close: () => {},
  };
}

function blocking(path: string) {
  const file = openSync(path, 'a');
  return (text: string) => {
    writeSync(file, text);
    fdatasyncSync(file);
  };
}

async function awaited(path: string) {
  const file = await openFile(path, 'a');
  return async (text: string) => {
    await file.write(text);
    await file.datasync();
  };
}

// A disk that forgets what was not flushed, as after a power cut.
//
//   write cafe.json.new, rename it, (no flush)   ──►  afterwards cafe.json may be empty, or not there
//
// The real file system does the work and keeps everything; here is noted what it would still have.
// Content is kept once its file was flushed, a name once its folder was. What was not flushed may be
// there or not, so every mixture is a possible morning after.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { TestContext } from 'node:test';

type Content = { written: string; flushed: string | undefined };
type Names = Map<string, Content | 'folder'>;

/** Calls `onStep` after each step that a power cut could follow. */
export function watchDisk(t: TestContext, onStep: (step: string) => void) {
  const { open, rename, mkdir } = fs.promises;
  const now: Names = new Map();
  const flushed: Names = new Map();

  const patched = {
    async open(path: string, flags: string, ...more: any[]) {
      const handle = await open(path, flags, ...more);
      const at = resolve(path);
      const isFolder = (await handle.stat()).isDirectory();
      const content: Content = { written: '', flushed: undefined };
      if (flags === 'w') now.set(at, content);
      const { writeFile, sync } = handle;
      handle.writeFile = async (text: any) => {
        content.written = '';
        onStep('half written');
        await writeFile.call(handle, text);
        content.written = String(text);
        onStep('written');
      };
      handle.sync = async () => {
        await sync.call(handle);
        if (isFolder) flushNames(at);
        else content.flushed = content.written;
        onStep(`flushed ${isFolder ? 'folder' : 'file'}`);
      };
      return handle;
    },
    async rename(from: string, to: string) {
      await rename(from, to);
      now.set(resolve(to), now.get(resolve(from))!);
      now.delete(resolve(from));
      onStep('renamed');
    },
    async mkdir(path: string, options: any) {
      const first = await mkdir(path, options);
      if (first !== undefined) for (let made = resolve(path); made !== dirname(resolve(first)); made = dirname(made)) now.set(made, 'folder');
      onStep('folder made');
      return first;
    },
  };

  function flushNames(folder: string): void {
    for (const names of [now, flushed]) {
      for (const name of names.keys()) if (dirname(name) === folder) copyName(name);
    }
  }

  function copyName(name: string): void {
    const is = now.get(name);
    if (is === undefined) flushed.delete(name);
    else flushed.set(name, is);
  }

  Object.assign(fs.promises, patched);
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(fs.promises, { open, rename, mkdir });
    syncBuiltinESMExports();
  });

  /** All that could stand in the file after a power cut at this moment; undefined: no file. */
  function possible(path: string): (string | undefined)[] {
    return [now, flushed].map((names) => {
      for (let folder = dirname(resolve(path)); now.has(folder); folder = dirname(folder)) {
        if (!names.has(folder)) return undefined;
      }
      const content = names.get(resolve(path)) as Content | undefined;
      return content && (content.flushed ?? content.written.slice(0, content.written.length / 2));
    });
  }

  return { possible };
}

// Meddling: what happens to a program's data behind its back.
//
//   cafe.put('tickets.json', '{"la')   ──►  somebody has saved half a file
//   cafe.block('tickets.json')         ──►  nothing can be saved, as on a full disk
//   cafe.link('tickets.json')          ──►  was it written over, or swapped in?

import {
  existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cafe } from './format.ts';

type Meddling = Pick<Cafe, 'put' | 'block' | 'unblock' | 'link'>;

/** `aside` is a folder on the same disk, for what must lie somewhere meanwhile. */
export function meddle(dataDir: string, aside: string): Meddling {
  let links = 0;
  const at = (name: string) => join(dataDir, name);
  const blocked = (name: string) => join(aside, `blocked-${name.replaceAll('/', '-')}`);

  function put(name: string, text: string): void {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  }

  // The file itself is moved and comes back, so that nothing of it is different afterwards.
  function block(name: string): void {
    if (existsSync(at(name))) renameSync(at(name), blocked(name));
    mkdirSync(at(name), { recursive: true });
  }

  function unblock(name: string): void {
    rmSync(at(name), { recursive: true, force: true });
    if (existsSync(blocked(name))) renameSync(blocked(name), at(name));
  }

  function link(name: string): () => string {
    const second = join(aside, `link-${links += 1}`);
    linkSync(at(name), second);
    return () => readFileSync(second, 'utf8');
  }

  return { put, block, unblock, link };
}

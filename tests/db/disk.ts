// A disk that forgets, splits and reorders all that was not flushed, and whose calls can fail.
//
//   const disk = new Disk({ onStep: (disk) => states.push(...disk.afterPowerCut(random)) });
//   disk.plugIn(t)         node:fs/promises reads and writes here
//   new Disk(state)        the morning after
//
// What is written lies in `now`, and comes into `kept` by a flush: the content of a file by a flush of
// the file, the names in a folder by a flush of the folder. A power cut leaves what is kept, and of
// the rest whatever it likes: of each file any sectors of 512 bytes, of each folder any of the steps.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import type { TestContext } from 'node:test';

/** `between`: what it was since the last flush. */
type File = { now: Buffer; between: Buffer[]; kept: Buffer };
type Names = Map<string, File | 'folder'>;
/** A step in a folder: new names, and names that are gone. A rename is one step. */
type Step = { set?: [path: string, is: File | 'folder']; gone?: string };
export type State = Map<string, Buffer | 'folder'>;
export type Random = () => number;

const SECTOR = 512;
const none = Buffer.alloc(0);
let devices = process.pid * 1_000_000; // Tests that run at the same time have locks of their own.

export class Disk {
  names: Names = new Map([['/disk', 'folder']]);
  #keptNames: Names = new Map(this.names);
  #steps: Step[] = [];
  /** Called before each call: may throw. */
  before: (call: string, path: string) => void = () => {};
  /** Called after each thing that changes the disk. */
  after: () => void = () => {};
  /** A write takes at most so many bytes. */
  most = Infinity;
  readonly #device = devices++;

  constructor(state: State = new Map()) {
    for (const [path, is] of state) this.names.set(path, is === 'folder' ? is : { now: is, between: [], kept: is });
    this.#keptNames = new Map(this.names);
  }

  /** As it is read now. */
  state(): State {
    return new Map([...this.names].map(([path, is]) => [path, is === 'folder' ? is : is.now]));
  }

  /** The same disk for another program, when this one is killed: what it wrote is there, flushed or not. */
  afterKill(): Disk {
    const copies = new Map<File, File>();
    const copyOf = (is: File | 'folder') => {
      if (is === 'folder') return is;
      if (!copies.has(is)) copies.set(is, { ...is, between: [...is.between] });
      return copies.get(is)!;
    };
    const copyNames = (names: Names): Names => new Map([...names].map(([path, is]) => [path, copyOf(is)]));
    const disk = new Disk();
    disk.names = copyNames(this.names);
    disk.#keptNames = copyNames(this.#keptNames);
    disk.#steps = this.#steps.map(({ set, gone }) => ({ ...(set && { set: [set[0], copyOf(set[1])] as const }), ...(gone !== undefined && { gone }) }) as Step);
    return disk;
  }

  // ── the power cut ───────────────────────────────────────────────────────────────────────────

  /** What may be there afterwards: nothing of it, all of it, and `mixtures` of both. */
  afterPowerCut(random: Random, mixtures: number): State[] {
    const rules: Random[] = [() => 0.99, () => 0, ...Array.from({ length: mixtures }, () => random)];
    return rules.map((rule) => this.#afterPowerCut(rule));
  }

  #afterPowerCut(random: Random): State {
    const names = new Map(this.#keptNames);
    for (const step of this.#steps) if (random() < 0.5) apply(names, step);
    const contents = new Map<File, Buffer>();
    const state: State = new Map();
    for (const [path, is] of names) {
      if (!names.has(dirname(path)) && path !== '/disk') continue;
      if (is !== 'folder' && !contents.has(is)) contents.set(is, mixed(is, random));
      state.set(path, is === 'folder' ? is : contents.get(is)!);
    }
    return state;
  }

  // ── the calls ───────────────────────────────────────────────────────────────────────────────

  plugIn(t: TestContext): void {
    Object.assign(fs.promises, this.#calls);
    syncBuiltinESMExports();
    t.after(() => {
      Object.assign(fs.promises, real);
      syncBuiltinESMExports();
    });
  }

  readonly #calls = {
    open: async (path: string, flags: string) => {
      this.before('open', path);
      let is = this.names.get(path);
      if (is === undefined && flags !== 'w') throw failure('ENOENT', `open '${path}'`);
      if (is === undefined) this.#step({ set: [path, is = { now: none, between: [], kept: none }] });
      if (is !== 'folder' && flags === 'w') this.#change(is, none);
      return this.#handle(path, is);
    },
    readFile: async (path: string) => {
      this.before('read', path);
      const is = this.names.get(path);
      if (is === undefined || is === 'folder') throw failure('ENOENT', `open '${path}'`);
      return Buffer.from(is.now);
    },
    readdir: async (path: string) => {
      this.before('readdir', path);
      return [...this.names.keys()].filter((name) => dirname(name) === path).map((name) => basename(name));
    },
    stat: async (path: string) => {
      if (!this.names.has(path)) throw failure('ENOENT', `stat '${path}'`);
      return { dev: this.#device, ino: path.length };
    },
    mkdir: async (path: string) => {
      this.before('mkdir', path);
      if (this.names.has(path)) return undefined;
      this.#step({ set: [path, 'folder'] });
      return path;
    },
    rename: async (from: string, to: string) => {
      this.before('rename', from);
      this.#step({ set: [to, this.names.get(from)!], gone: from });
    },
    unlink: async (path: string) => {
      this.before('unlink', path);
      this.#step({ gone: path });
    },
  };

  #handle(path: string, is: File | 'folder') {
    let position = 0;
    const file = () => is as File;
    const put = (bytes: Buffer, at: number) => {
      const room = Buffer.alloc(Math.max(0, at + bytes.length - file().now.length));
      const all = Buffer.concat([file().now, room]);
      bytes.copy(all, at);
      this.#change(file(), all);
    };
    return {
      write: async (given: Buffer | string, ...more: number[]) => {
        const [offset, length, at] = typeof given === 'string' ? [0, given.length, more[0]!] : more as [number, number, number];
        const bytes = Buffer.from(given).subarray(offset, offset + Math.min(length, this.most));
        try {
          this.before('write', path);
        } catch (error) {
          put(bytes.subarray(0, bytes.length / 2), at);
          throw error;
        }
        put(bytes, at);
        return { bytesWritten: bytes.length };
      },
      writeFile: async (text: string) => {
        this.before('write', path);
        put(Buffer.from(text), position);
        position += Buffer.byteLength(text);
      },
      truncate: async (size: number) => {
        this.before('truncate', path);
        this.#change(file(), Buffer.from(file().now.subarray(0, size)));
      },
      sync: async () => this.#flush(path, is),
      datasync: async () => this.#flush(path, is),
      stat: async () => ({ size: file().now.length }),
      close: async () => {},
    };
  }

  #flush(path: string, is: File | 'folder'): void {
    this.before(is === 'folder' ? 'flush folder' : 'flush', path);
    if (is !== 'folder') Object.assign(is, { kept: is.now, between: [] });
    const isHere = ({ set, gone }: Step) => is === 'folder' && dirname(set?.[0] ?? gone!) === path;
    for (const step of this.#steps.filter(isHere)) apply(this.#keptNames, step);
    this.#steps = this.#steps.filter((step) => !isHere(step));
    this.after();
  }

  #change(file: File, now: Buffer): void {
    file.between.push(file.now);
    file.now = now;
    this.after();
  }

  #step(step: Step): void {
    apply(this.names, step);
    this.#steps.push(step);
    this.after();
  }
}

const { open, readFile, readdir, stat, mkdir, rename, unlink } = fs.promises;
const real = { open, readFile, readdir, stat, mkdir, rename, unlink };

function apply(names: Names, { set, gone }: Step): void {
  if (gone !== undefined) names.delete(gone);
  if (set) names.set(...set);
}

/** Each sector, and the size, as it is now, as it was at the last flush, or as it was between. */
function mixed({ now, between, kept }: File, random: Random): Buffer {
  if (now === kept) return kept;
  const one = () => (random() < 0.4 ? now : [now, ...between, kept][Math.floor(random() * (between.length + 2))]!);
  const bytes = Buffer.alloc(one().length);
  for (let at = 0; at < bytes.length; at += SECTOR) {
    const from = one();
    if (at < from.length) from.copy(bytes, at, at, Math.min(at + SECTOR, from.length));
  }
  return bytes;
}

export function failure(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: ${call}`), { code, syscall: call });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mix = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
  };
}

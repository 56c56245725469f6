// Who is running: a note on the disk for each server that a command keeps running.
//
//   .running/04-4711.json  { "lesson": "04", "url": "http://localhost:3000", "pid": 4711 }
//
// One lesson may run twice, on two ports: each command writes and removes its own note.
// `try` sends its request there, `fresh` leaves its data alone. A note whose process is gone, or
// whose address answers nobody, was left by a crash: it is removed and does not count.
// The id is the one to end: the command's, which ends its server. Raw it is the server's own.

import { execFileSync } from 'node:child_process';
import {
  existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { answersAt } from './port.ts';

export type Running = { lesson: string; url: string; pid: number };

export function noteRunning(at: string, running: Running): void {
  mkdirSync(folderOf(at), { recursive: true });
  writeFileSync(ownFile(at, running.lesson), JSON.stringify(running) + '\n');
}

/** Removes this process's own note. */
export function forgetRunning(at: string, lesson: string): void {
  rmSync(ownFile(at, lesson), { force: true });
}

export async function findRunning(at: string, lesson: string): Promise<Running | undefined> {
  return (await allRunning(at)).find((running) => running.lesson === lesson);
}

export async function findRunningOn(at: string, port: number): Promise<Running | undefined> {
  return (await allRunning(at)).find(({ url }) => Number(new URL(url).port) === port);
}

/** What a person types to end it from another terminal: 'kill 4711'. */
export function wayToEnd({ pid }: Pick<Running, 'pid'>, system = process.platform): string {
  return system === 'win32' ? `taskkill /pid ${pid} /t /f` : `kill ${pid}`;
}

async function allRunning(at: string): Promise<Running[]> {
  const found: Running[] = [];
  for (const file of notes(at)) {
    const running = readNote(file);
    if (running !== undefined && await isAlive(running)) found.push(running);
    else rmSync(file, { force: true });
  }
  return found;
}

async function isAlive({ url, pid }: Running): Promise<boolean> {
  if (!isProcess(pid) || !isNode(pid)) return false;
  const port = Number(new URL(url).port);
  return await answersAt('127.0.0.1', port) || await answersAt('::1', port);
}

// EPERM: the process is there, but it is somebody else's.
function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// The system gives an id to the next program once its process is gone, and nobody should be told
// to end that one. An id counts while it is a Node's, or when the system does not say whose.
function isNode(pid: number): boolean {
  try {
    return /node/i.test(basename(programOf(pid)));
  } catch {
    return true;
  }
}

function programOf(pid: number): string {
  if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/exe`);
  const [program, ...words] = process.platform === 'win32'
    ? ['tasklist', '/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh']
    : ['ps', '-o', 'comm=', '-p', String(pid)];
  return execFileSync(program!, words, { encoding: 'utf8', windowsHide: true, timeout: 5000 });
}

// A note that is missing, or was cut off by a crash, is no note.
function readNote(file: string): Running | undefined {
  try {
    const { lesson, url, pid } = JSON.parse(readFileSync(file, 'utf8'));
    return URL.canParse(url) && Number.isInteger(pid) ? { lesson, url, pid } : undefined;
  } catch {
    return undefined;
  }
}

function notes(at: string): string[] {
  const folder = folderOf(at);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => join(folder, name));
}

// Whoever keeps the data elsewhere (course.ts) has other servers in mind as well.
function folderOf(at: string): string {
  return join(process.env.CLASSROOM_DATA ?? join(at, 'lessons', 'classroom'), '.running');
}

function ownFile(at: string, lesson: string): string {
  return join(folderOf(at), `${lesson}-${process.pid}.json`);
}

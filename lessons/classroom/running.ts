// Who is running: a note on the disk for each server that a command keeps running.
//
//   .running/04-4711.json  { "lesson": "04", "url": "http://localhost:3000", "pid": 4711 }
//
// One lesson may run twice, on two ports: each command writes and removes its own note.
// `try` sends its request there, `fresh` leaves its data alone. A note whose process is gone, or
// whose address answers nobody, was left by a crash: it is removed and does not count.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  if (!isProcess(pid)) return false;
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

// Who is running: a note on the disk for each server that a command keeps running.
//
//   .running/04.json  { "lesson": "04", "url": "http://localhost:3000", "pid": 4711 }
//
// `try` sends its request there, `fresh` leaves its data alone. A note whose process is gone, or
// whose address answers nobody, was left by a crash: it is removed and does not count.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersAt } from './port.ts';

export type Running = { lesson: string; url: string; pid: number };

export function noteRunning(at: string, running: Running): void {
  mkdirSync(folderOf(at), { recursive: true });
  writeFileSync(fileOf(at, running.lesson), JSON.stringify(running) + '\n');
}

/** Removes the note if it is this process's own. */
export function forgetRunning(at: string, lesson: string): void {
  if (readNote(fileOf(at, lesson))?.pid === process.pid) rmSync(fileOf(at, lesson), { force: true });
}

export async function findRunning(at: string, lesson: string): Promise<Running | undefined> {
  const running = readNote(fileOf(at, lesson));
  if (running !== undefined && await isAlive(running)) return running;
  rmSync(fileOf(at, lesson), { force: true });
  return undefined;
}

export async function findRunningOn(at: string, port: number): Promise<Running | undefined> {
  for (const lesson of notedLessons(at)) {
    const running = await findRunning(at, lesson);
    if (running !== undefined && Number(new URL(running.url).port) === port) return running;
  }
  return undefined;
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

function notedLessons(at: string): string[] {
  if (!existsSync(folderOf(at))) return [];
  return readdirSync(folderOf(at)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
}

function folderOf(at: string): string {
  return join(at, 'lessons', 'classroom', '.running');
}

function fileOf(at: string, lesson: string): string {
  return join(folderOf(at), `${lesson}.json`);
}

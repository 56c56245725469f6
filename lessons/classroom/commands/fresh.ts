// npm run fresh 7: lesson 7 begins with its sample data again.
//
//   db/data/07  ──►  db/data/07-2026-11-20-13-45-00
//
// The old data is kept under a dated name and never overwritten. The lesson writes its sample
// data anew when it finds no folder.

import { existsSync, renameSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Advice } from '../advice.ts';
import { dataFolder, findLesson, readCourse, root } from '../course.ts';
import { nameOf } from '../keep.ts';
import { findRunning } from '../running.ts';

export async function run([word, ...more]: string[], at = root): Promise<number> {
  if (word === undefined || more.length > 0) {
    throw new Advice('Say which lesson shall begin anew, for example: npm run fresh 4');
  }
  const id = word === 'cafe' ? 'cafe' : findLesson(readCourse(at), word).id;
  const name = nameOf(id);
  const folder = dataFolder(at, id);
  if (!existsSync(folder)) return tell(`There is nothing to do: ${name} has stored nothing yet.`);
  await refuseWhileRunning(at, id);
  const old = relative(at, await setAside(folder, new Date())).replaceAll('\\', '/');
  return tell(
    `${capital(name)} begins with its sample data again. ` +
    `The old data lies in ${old}.`,
  );
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function refuseWhileRunning(at: string, id: string): Promise<void> {
  const running = await findRunning(at, id);
  if (running === undefined) return;
  throw new Advice(
    `${capital(nameOf(id))} runs at ${running.url} and would go on writing its old data. ` +
    'Press Ctrl+C in its terminal first, then run this again.',
  );
}

/** Renames `folder`, and returns its new name. */
export async function setAside(folder: string, now: Date): Promise<string> {
  const dated = `${folder}-${stamp(now)}`;
  let name = dated;
  for (let copy = 2; existsSync(name); copy++) name = `${dated}-${copy}`;
  await rename(folder, name);
  return name;
}

// Local time, and only characters that every file system allows in a name.
export function stamp(now: Date): string {
  const date = [now.getMonth() + 1, now.getDate()];
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()];
  const parts = [...date, ...time].map((part) => String(part).padStart(2, '0'));
  return [now.getFullYear(), ...parts].join('-');
}

// Windows refuses for a moment while a virus scanner or an editor looks into the folder.
async function rename(from: string, to: string, tries = 5): Promise<void> {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isBusy(error)) throw error;
    if (tries === 1) throw new Advice(inUse(from));
    await pause(100);
    await rename(from, to, tries - 1);
  }
}

function inUse(folder: string): string {
  return `${folder} is in use by another program. ` +
    'Close the files that are open from it, then run this again.';
}

function isBusy(error: unknown): boolean {
  return ['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
}

// npm run doctor: is this computer ready, and if not, what is to be done?
//
//   ✔ Node 24.21.0 is fine.
//   ! Port 3000 is taken by lesson 4 of this course, process 4711. Press Ctrl+C in its …
//
// The facts are collected here; judge.ts says what they mean.

import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../course.ts';
import { judge, summary, type Facts, type Finding } from '../judge.ts';
import { nameOf } from '../keep.ts';
import { paint } from '../paint.ts';
import { portState } from '../port.ts';
import { findRunningOn, wayToEnd, type Running } from '../running.ts';
import { isNative } from '../start.ts';

export async function run(_words: string[], at = root): Promise<number> {
  const findings = judge(await collectFacts(at));
  console.log([...findings.map(line), '', summary(findings)].join('\n'));
  return findings.some(({ mark }) => mark === '✘') ? 1 : 0;
}

const colours = { '✔': 'green', '!': 'yellow', '✘': 'red' } as const;

function line({ mark, text }: Finding): string {
  return `${paint(colours[mark], mark)} ${text}`;
}

async function collectFacts(at: string): Promise<Facts> {
  const running = await findRunningOn(at, 3000);
  return {
    node: process.versions.node,
    native: isNative(),
    tsx: existsSync(join(at, 'node_modules', 'tsx', 'package.json')),
    types: existsSync(join(at, 'node_modules', '@types', 'node', 'package.json')),
    port: await portState(3000),
    takenBy: running && nameTaker(running),
    writeError: tryToWrite(join(at, 'db', 'data')),
    root: at,
    wsl: /microsoft/i.test(release()),
  };
}

function nameTaker(running: Running): Facts['takenBy'] {
  return { name: nameOf(running.lesson), pid: running.pid, wayToEnd: wayToEnd(running) };
}

/** Really writes a file, and leaves the disk as it was. Returns what went wrong. */
export function tryToWrite(folder: string): string | undefined {
  let made: string | undefined;
  try {
    made = mkdirSync(folder, { recursive: true });
    const file = join(folder, `doctor-${process.pid}.tmp`);
    writeFileSync(file, 'order 42\n');
    rmSync(file);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    if (made !== undefined) removeMade(folder, made);
  }
}

// Only folders that were made here, and only while they are empty: a lesson may have begun to save.
function removeMade(folder: string, made: string): void {
  try {
    for (let path = folder; path.length >= made.length; path = dirname(path)) rmdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

// Parent: ends this process when npm, which started it, is gone.
//
//   npm run lesson 4  ──►  npm 4709 ─ sh 4710 ─ this process 4711
//   kill -9 4709      ──►  nobody says so: 4711 notices, and ends with its server
//
// A closed terminal sends SIGHUP by itself. Only npm and its shell are watched: a program that is
// started by hand has a person's shell or a script for a parent, and with "&", nohup or setsid it
// rightly outlives them.

import { readFileSync, readlinkSync } from 'node:fs';

/** Milliseconds between two looks. */
const pause = 250;

/** 'node lessons/classroom/launch.js lesson', and the Node in which npm itself runs. */
const { npm_lifecycle_script: script, npm_node_execpath: npmProgram } = process.env;

export function endWithParent(): void {
  if (!script?.includes('classroom/launch.js')) return; // npm runs something else, if anything
  const isThere = process.platform === 'win32' ? watchId(process.ppid) : watchLine(lineToNpm());
  const timer = setInterval(() => {
    if (isThere()) return;
    clearInterval(timer);
    hangUp();
  }, pause);
  timer.unref();
}

// Commands with something to end listen for the signal of a closed terminal. Windows cannot send
// signals, so it is emitted.
function hangUp(): void {
  const isHeard = process.emit('SIGHUP', 'SIGHUP');
  if (!isHeard) process.exit(1);
}

type Watch = () => boolean;

// On Windows the id of a parent stays the same after its end, and npm's shell ends with npm.
function watchId(parent: number): Watch {
  return () => isProcess(parent);
}

function isProcess(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// Elsewhere a process gets another parent at once when its own ends. A shell outlives npm, so the
// shell's parent counts too.
function watchLine(line: number[]): Watch {
  return () => line.every((id, place) => id === parentOf(line[place - 1] ?? process.pid));
}

/** From this process up to npm: [4710, 4709]. */
function lineToNpm(): number[] {
  const line = [process.ppid];
  while (!isNpm(line.at(-1)!)) {
    const next = parentOf(line.at(-1)!);
    if (!next) return [process.ppid];
    line.push(next);
  }
  return line;
}

function isNpm(id: number): boolean {
  try {
    return readlinkSync(`/proc/${id}/exe`) === npmProgram;
  } catch {
    return false;
  }
}

// "4710 (sh) S 4709 …": a name can hold spaces and brackets, so the last bracket counts. macOS has
// no /proc, and needs none: its shell becomes the program that it starts.
function parentOf(id: number): number | undefined {
  if (id === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

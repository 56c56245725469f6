// Again at every save: a check that goes on until the person ends it.
//
//   saved ──► judge ──► help, with the place        until a newer save, which is worth more

import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { readCourse } from '../course.ts';
import { paint } from '../paint.ts';
import { watchFolders } from '../watch.ts';
import { help, judge, type Work } from './attempt.ts';

/** Resolves when the person has ended it; 0 when the last verdict was a pass. */
export async function checkAtEverySave(work: Work): Promise<number> {
  let status = 1;
  let newer = new AbortController();
  let helped = Promise.resolve();
  // A newer save is worth more than the place of an older mistake: that search stops.
  async function look(): Promise<void> {
    newer.abort();
    await helped;
    newer = new AbortController();
    const verdict = await judge(work).catch(tellAdvice);
    status = verdict?.passed ? 0 : 1;
    work.spares.refill();
    const told = verdict ? help(work, verdict, newer.signal) : Promise.resolve();
    helped = told.then(() => waitForSave(work, newer.signal));
  }
  async function again(names: string[]): Promise<void> {
    if (!names.some((name) => concerns(name, work))) return;
    console.log(paint('dim', '─'.repeat(Math.min(process.stdout.columns ?? 80, 100))));
    await look();
  }
  const ended = waitForEnd();
  const watcher = watchFolders(foldersOf(work), again);
  await look();
  await ended;
  watcher.close();
  newer.abort();
  await helped;
  return status;
}

// Whatever else lies beside it as answer-….ts, such as a known mistake, is another program.
function concerns(name: string, { subject }: Work): boolean {
  return name === subject.name || !/^answer(-.*)?\.ts$/.test(name);
}

function foldersOf({ subject: { exercise }, at }: Work): string[] {
  const earlier = readCourse(at).filter(({ number }) => number <= exercise.lesson.number);
  return [exercise.folder, ...earlier.map(({ folder }) => folder), join(at, 'db')];
}

function waitForEnd(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => resolve();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  });
}

function waitForSave({ subject, lookers }: Work, newer: AbortSignal): void {
  lookers.refill();
  if (newer.aborted) return;
  console.log(paint('dim', `\nSave ${subject.path}, and it is checked again. Ctrl+C ends this.`));
}

function tellAdvice(error: unknown): undefined {
  if (!(error instanceof Advice)) throw error;
  console.log(error.message);
}

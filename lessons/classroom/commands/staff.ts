// npm run staff grace@example.org: the owner of the machine makes a member of staff.
//
//   npm run staff grace@example.org       ──►  in db/data/cafe
//   npm run staff 16 grace@example.org    ──►  in db/data/16, the data of lesson 16
//
// The lessons say how: staff-command.ts asks, and open.ts opens the store. Of both, the newest is
// taken that the lesson has, or that comes before it. A server that runs has all accounts in its
// memory, so it must be stopped meanwhile.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Advice } from '../advice.ts';
import { dataFolder, findLesson, readCourse, root } from '../course.ts';
import { nameOf } from '../keep.ts';
import { findRunning } from '../running.ts';

export async function run(words: string[], at = root): Promise<number> {
  const [email, ...more] = [...words].reverse();
  if (email === undefined || more.length > 1) {
    throw new Advice(
      'Say who becomes a member of staff, for example: npm run staff grace@example.org',
    );
  }
  const [word = 'cafe'] = more;
  const id = word === 'cafe' ? 'cafe' : findLesson(readCourse(at), word).id;
  const command = findModule(at, id, 'staff-command.ts');
  if (command === undefined) {
    throw new Advice(`In ${nameOf(id)} there is no staff yet: it comes with lesson 16.`);
  }
  await refuseWhileRunning(at, id);
  const { runStaffCommand } = await import(command);
  const { openStorage } = await import(findModule(at, id, 'open.ts')!);
  const storage = openStorage(process.env.DATA_DIR || dataFolder(at, id));
  return await runStaffCommand(storage, email) ? 0 : 1;
}

async function refuseWhileRunning(at: string, id: string): Promise<void> {
  const running = await findRunning(at, id);
  if (running === undefined) return;
  throw new Advice(
    `${capital(nameOf(id))} runs at ${running.url} and would not learn of it. ` +
    'Press Ctrl+C in its terminal first, then run this again.',
  );
}

function findModule(at: string, id: string, name: string): string | undefined {
  const lessons = readCourse(at).filter((lesson) => id === 'cafe' || lesson.id <= id);
  const paths = lessons.map(({ folder }) => join(folder, name));
  const newest = paths.filter((path) => existsSync(path)).at(-1);
  return newest && pathToFileURL(newest).href;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

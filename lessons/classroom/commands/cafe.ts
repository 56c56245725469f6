// npm run cafe: the finished server, as far as the course has grown.
//
//   npm run cafe            ──►  server.ts on http://localhost:3000, again at every save
//   npm run cafe port 3001  ──►  the same somewhere else

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../advice.ts';
import { dataFolder, readCourse, root } from '../course.ts';
import { keepRunning, type Kept } from '../keep.ts';
import { runRaw } from '../raw.ts';
import { readWords } from '../words.ts';

export async function run(words: string[], at = root): Promise<number> {
  const { raw, port } = readWords(words, 'npm run cafe');
  const kept = { ...keptCafe(at), port };
  if (!existsSync(kept.file)) {
    throw new Advice('There is no server.ts in the top folder, so there is no café to run.');
  }
  return raw ? runRaw(kept) : keepRunning(kept);
}

function keptCafe(at: string): Omit<Kept, 'port'> {
  return {
    label: 'The café',
    command: 'npm run cafe',
    id: 'cafe',
    file: join(at, 'server.ts'),
    folders: [at, join(at, 'db'), ...readCourse(at).map(({ folder }) => folder)],
    dataDir: dataFolder(at, 'cafe'),
    hint: 'In a second terminal: npm run lesson lists what it is made of',
    root: at,
  };
}

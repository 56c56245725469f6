// The guide: loaded into a server before its first line, it says what went wrong, where and why.
//
//   res.end({ name: 'Flat white' })   the server would end with a stack of Node's own files
//     ──►  parent hears { guide: { code: 'object-as-answer', file: 'server.ts', line: 5, … } }
//     ──►  the client gets a 500
//
// It looks at Node's objects from outside; the server's own code stays as it is. What it says is
// about what really happened. Where it had to read the source to guess, it says "perhaps".

import { isMainThread } from 'node:worker_threads';
import { watchAnswers } from './answers.ts';
import { watchBodies } from './body.ts';
import { crashed, watchCrashes } from './crash.ts';
import { watchExit } from './exit.ts';
import { watchFiles } from './files.ts';
import { watchHandlers } from './in-vain.ts';
import { watchJson } from './json.ts';
import { watchListen } from './listen.ts';
import { watchConsole } from './output.ts';
import { watchPasswords } from './passwords.ts';
import { watchSaves } from './saves.ts';
import { watchSilence } from './silence.ts';
import { watchVisits } from './visit.ts';

const wanted = process.env.CLASSROOM_GUIDE !== undefined;

// What this program starts itself (a worker, a second process) is not ours to watch.
delete process.env.CLASSROOM_GUIDE;

if (wanted && isMainThread && process.send) {
  watchVisits(crashed);
  watchCrashes();
  watchListen();
  watchAnswers();
  watchHandlers();
  watchSilence();
  watchBodies();
  watchJson();
  watchFiles();
  watchSaves();
  watchPasswords();
  watchConsole();
  watchExit();
}

// The mistakes that have nothing to do with one exercise: the checker's own, X1 and on.
//
// The program is always called answer.ts, which is the learner's name for it.
//
//   answer.ts is empty           ──►  X1 empty file
//   it ended, and never listened ──►  X5 it ended at once
//
// Exited, never listened, still starting, crashed in the middle, hangs: each has its own words.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Came } from './format.ts';
import { sayEnd, type Asked, type Failed, type Trouble } from './program.ts';

/** A mistake that was found: its sentence is whole. */
export type Found = { code: string; name: string; says: string; tryThis: string; lesson?: number | undefined };

export function emptyFile(): Found {
  return { code: 'X1', name: 'empty file', says: `answer.ts is empty, so there is no program to check.`, tryThis: 'npm run reset brings the starter back.' };
}

// What stands before the reason where esbuild reads the types (plain.js): the line is told anyway.
const TRANSFORM = /^Transform failed with \d+ errors?: .*?: ERROR: /;

/** Why a program never came so far that it could be asked. */
export function findTrouble({ kind, failed, end, printed, lines }: Trouble): Found {
  const flood = lines > 100 ? ` It printed more than ${Math.floor(lines / 100) * 100} lines meanwhile.` : '';
  const error = failed === undefined ? '' : oneLine(failed);
  const found: Record<Trouble['kind'], Found> = {
    compile: { code: 'X2', name: 'not TypeScript yet', says: `answer.ts cannot be read as TypeScript: ${error.replace(TRANSFORM, '')}`, tryThis: tryReading(error) },
    erase: { code: 'X15', name: 'more than a type', says: `answer.ts has something that is more than a type, and Node only erases types: ${error}`, tryThis: 'Write it without: a union of texts instead of an enum, a module instead of a namespace, a field instead of a parameter property.' },
    import: { code: 'X3', name: 'an import leads nowhere', says: `answer.ts imports something that is not there: ${error}`, tryThis: tryImport(error) },
    throws: { code: 'X4', name: 'an error before the first request', says: `answer.ts ended with an error before it listened: ${error}`, tryThis: tryAfter(failed) ?? 'Read the line that the error names: it ran at the start, before any request came.' },
    exits: { code: 'X5', name: 'it ended at once', says: `answer.ts ended ${end?.code === 0 ? 'by itself' : sayEnd(end)} and never listened. A server waits for requests until somebody stops it.${flood}`, tryThis: 'Let the program end in a call of listen(), and take out what ends it (process.exit, or a line that is never reached).' },
    await: { code: 'X6', name: 'an await that never ends', says: `answer.ts waited at its top for something that never comes, so Node ended it before it listened.`, tryThis: 'Look at each "await" outside of a function: who resolves that promise?' },
    never: { code: 'X7', name: 'it never listened', says: `answer.ts ran to its last line, and goes on running, but listens nowhere.${flood}`, tryThis: 'Is listen() called, and is it called for the server that you made?' },
    starting: { code: 'X8', name: 'still starting', says: `answer.ts was still busy with its first lines after 6 seconds, and did not listen yet.${flood}`, tryThis: 'Call listen() first, or do less before it: what does the program wait for at the start?' },
    busy: { code: 'X9', name: 'a loop without an end', says: `answer.ts was so busy before it listened that it heard nothing any more: a loop that does not end.${flood}`, tryThis: 'Look at each "while" and "for": what makes it stop?' },
    memory: { code: 'X10', name: 'memory full', says: `answer.ts took more than 500 MB of memory and was stopped.${flood}`, tryThis: 'Look for a list or a text that grows in a loop, or with each request, and never shrinks.' },
    port: { code: 'X11', name: 'the door does not open', says: `listen() did not succeed: ${error}`, tryThis: 'Give listen() a whole number from 0 to 65535.' },
    signal: { code: 'X12', name: 'ended from outside', says: `answer.ts was ended ${sayEnd(end)} before it listened.${lastWords(printed)}`, tryThis: 'Check once more. If it happens again, the program ends itself.' },
  };
  return found[kind];
}

export function listensTwice(doors: number): Found {
  return { code: 'X13', name: 'it listens twice', says: `answer.ts opens ${doors} doors: listen() is called ${doors} times. On one port, the second call would end the program.`, tryThis: 'Keep one server and one listen(). Two kinds of answers are two routes.' };
}

export function wrongFolder(files: string[]): Found {
  return { code: 'X14', name: 'wrong folder', says: `answer.ts wrote ${files.join(' and ')}, which is not in the data folder. Where a program is started from is different each time.`, tryThis: 'Put the folder in front of the name: join(process.env.DATA_DIR, …).', lesson: 11 };
}

/** For an answer that did not come as one. */
export function findNoAnswer(came: Asked): Found | undefined {
  const asked = `${came.sent.method} ${came.sent.target}`;
  const ways: Partial<Record<Came['how'], Found>> = {
    silent: { code: 'X20', name: 'no answer', says: `answer.ts got ${asked} and never answered: nothing that it still does could end the answer.`, tryThis: 'Follow this request through the code: on that way, nothing ends the answer (end(), send() or return).', lesson: 1 },
    unended: { code: 'X21', name: 'the answer does not end', says: `answer.ts began to answer ${asked} and never ended it, so the guest waits on.`, tryThis: 'After the last write, call end().', lesson: 1 },
    busy: { code: 'X22', name: 'a loop without an end', says: `${asked} made answer.ts so busy that it heard nothing any more: a loop that does not end.`, tryThis: 'Look at each "while" and "for" on the way of this request: what makes it stop?' },
    cut: { code: 'X23', name: 'hung up', says: `answer.ts closed the connection of ${asked} without a whole answer.`, tryThis: 'Look for destroy(), or for a Content-Length that is larger than the body.' },
    ended: { code: 'X24', name: 'ended in the middle', says: `${asked} ended the program${came.failed ? `: ${oneLine(came.failed)}` : '.'}`, tryThis: tryAfter(came.failed) ?? 'Read the line that the error names: it ran for this request.', lesson: 6 },
  };
  return ways[came.how];
}

/** The generic sentence: what does not hold, in its own words. */
export function nameless(broken: string[], came: Came): Found {
  const known = { code: '', name: 'not as asked', says: broken[0] ?? 'The answer is not as asked.' };
  const [error, message = ''] = /^.*?\b\w*Error(?: \[\w+\])?: (.*)$/m.exec(came.status >= 500 ? came.printed : '') ?? [];
  if (error) return { ...known, says: `${known.says} The program printed: ${error.trim()}`, tryThis: tryMessage(message.trim()) ?? 'The error says what it was given. Look for where that comes from.' };
  if (came.text.includes('${')) return { ...known, tryThis: 'The body has "${" in it, as it was written. Only between backticks (`) a value is put in its place; between quotes it is not.' };
  return { ...known, tryThis: 'Compare what came with what was expected, and find the line that makes the difference.' };
}

/** What the error itself says about the way out. */
function tryAfter(failed: Failed | undefined): string | undefined {
  const { message = '', stack = '' } = failed ?? {};
  return tryCall(stack) ?? tryMessage(message);
}

function tryMessage(message: string): string | undefined {
  const [, name] = /^(\S+) is not defined/.exec(message) ?? [];
  if (name === 'require') return `"require" belongs to older programs. Write it as the starter does: import http from 'node:http';`;
  if (message.startsWith('Assignment to constant variable')) return 'What is made with "const" keeps its first value for good. Write "let" where it is made.';
  if (/^Cannot destructure property '.*' of 'undefined'/.test(message)) return 'A function was called without what it takes. A handler is handed over by its name alone, showMenu, and not called: showMenu().';
  if (name) return `Nothing is called "${name}" here: import it, or compare the name with the line that makes it, letter by letter.`;
  const [, value] = /^(\S+) is not a function/.exec(message) ?? [];
  return value && `"${value}" is called, and is no function: compare its name letter by letter, or take the brackets behind it away.`;
}

// The learner's line called a function of a lesson, and the error came out of that.
function tryCall(stack: string): string | undefined {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.findIndex((frame) => /[\\/]exercises[\\/]/.test(frame));
  const [, called, file] = /at (?:async )?(\S+) \(.*[\\/](lessons[\\/]\d\d-.*\.ts):\d+:\d+\)$/.exec(frames[own - 1] ?? '') ?? [];
  return called && file && `The error came out of ${called}(), in ${file.replaceAll('\\', '/')}: compare what your line gives it with what it takes.`;
}

function tryReading(error: string): string {
  if (/assignment/i.test(error)) return 'One "=" stores a value. To compare two, write "===".';
  if (/await/i.test(error)) return 'Write "async" before the function in which that line stands: async (call) => …';
  if (/already been declared|defined multiple times/i.test(error)) return 'That name is taken: give one of the two another name.';
  return 'Look at that line and the one before it: a bracket, a quote or a comma is missing there, or is one too many.';
}

/** What an import names. The folder's own name may hold a quote, so what comes after it counts. */
export function notFoundIn(error: string): { kind: string; target: string } | undefined {
  const form = /Cannot find (module|package) '(.*?)'(?= imported from | Require stack:|$)/m;
  const [, kind = '', target = ''] = form.exec(error) ?? [];
  return kind === '' ? undefined : { kind, target };
}

function tryImport(error: string): string {
  const { kind = '', target = '' } = notFoundIn(error) ?? {};
  if (kind === 'package') return `The lessons need no package. A module of Node's own begins with "node:", a file of yours with "./" or "../".`;
  const path = target.startsWith('file:') ? fileURLToPath(target) : target;
  const name = path.split(/[\\/]/).at(-1)!;
  if (existsSync(`${path}.ts`)) return `There is a file "${name}.ts". Write the ending too.`;
  if (existsSync(path.replace(/\.js$/, '.ts'))) return `There is a file "${name.replace(/\.js$/, '.ts')}". Write .ts in place of .js.`;
  return 'Compare the import with the file: its path, its name with the ending .ts, and what it exports.';
}

function oneLine({ name, message }: Failed): string {
  const text = message.trim().split('\n').slice(0, 3).map((line) => line.trim()).join(' ');
  return name === 'Error' || name === 'TransformError' || name === 'SyntaxError' ? text : `${name}: ${text}`;
}

function lastWords(printed: string): string {
  const last = printed.trim().split('\n').at(-1) ?? '';
  return last === '' ? '' : ` Its last words: ${last}`;
}

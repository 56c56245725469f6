// The mistakes that have nothing to do with one exercise: the checker's own, X1 and on.
//
// The program is always called answer.ts, which is the learner's name for it.
//
//   answer.ts is empty           ──►  X1 empty file
//   it ended, and never listened ──►  X5 it ended at once
//
// Exited, never listened, still starting, crashed in the middle, hangs: each has its own words.

import { howItEnded, type End } from '../start.ts';
import type { Came } from './format.ts';
import type { Asked } from './program.ts';
import type { Failed, Trouble } from './state.ts';
import { tryAfter, tryImport, tryMessage, tryReading } from './try-this.ts';

/** A mistake that was found: its sentence is whole. */
export type Found = {
  code: string;
  name: string;
  says: string;
  tryThis: string;
  lesson?: number | undefined;
};

export function emptyFile(): Found {
  return {
    code: 'X1',
    name: 'empty file',
    says: 'answer.ts is empty, so there is no program to check.',
    tryThis: 'npm run reset brings the starter back.',
  };
}

/** Why a program never came so far that it could be asked. */
export function findTrouble({ kind, failed, end, printed, lines }: Trouble): Found {
  const error = failed === undefined ? '' : oneLine(failed);
  const hundreds = Math.floor(lines / 100) * 100;
  const flood = lines > 100 ? ` It printed more than ${hundreds} lines meanwhile.` : '';
  return troubles[kind]({ error, flood, failed, end, printed });
}

/** What each trouble may speak of; `flood` is '' or a sentence. */
type Known = Pick<Trouble, 'failed' | 'end' | 'printed'> & { error: string; flood: string };

// What stands before the reason where esbuild reads the types (plain.js): the line is told anyway.
const TRANSFORM = /^Transform failed with \d+ errors?: .*?: ERROR: /;

const troubles: Record<Trouble['kind'], (known: Known) => Found> = {
  compile: ({ error }) => ({
    code: 'X2',
    name: 'not TypeScript yet',
    says: `answer.ts cannot be read as TypeScript: ${error.replace(TRANSFORM, '')}`,
    tryThis: tryReading(error),
  }),
  erase: ({ error }) => ({
    code: 'X15',
    name: 'more than a type',
    says: `answer.ts has something that is more than a type, and Node only erases types: ${error}`,
    tryThis: 'Write it without: a union of texts instead of an enum, ' +
      'a module instead of a namespace, a field instead of a parameter property.',
  }),
  import: ({ error }) => ({
    code: 'X3',
    name: 'an import leads nowhere',
    says: `answer.ts imports something that is not there: ${error}`,
    tryThis: tryImport(error),
  }),
  throws: ({ error, failed }) => ({
    code: 'X4',
    name: 'an error before the first request',
    says: `answer.ts ended with an error before it listened: ${error}`,
    tryThis: tryAfter(failed) ??
      'Read the line that the error names: it ran at the start, before any request came.',
  }),
  exits: ({ end, flood }) => ({
    code: 'X5',
    name: 'it ended at once',
    says: `answer.ts ended ${end?.code === 0 ? 'by itself' : sayEnd(end)} and never listened. ` +
      `A server waits for requests until somebody stops it.${flood}`,
    tryThis: 'Let the program end in a call of listen(), and take out what ends it ' +
      '(process.exit, or a line that is never reached).',
  }),
  await: () => ({
    code: 'X6',
    name: 'an await that never ends',
    says: 'answer.ts waited at its top for something that never comes, ' +
      'so Node ended it before it listened.',
    tryThis: 'Look at each "await" outside of a function: who resolves that promise?',
  }),
  never: ({ flood }) => ({
    code: 'X7',
    name: 'it never listened',
    says: 'answer.ts ran to its last line, and goes on running, ' +
      `but listens nowhere.${flood}`,
    tryThis: 'Is listen() called, and is it called for the server that you made?',
  }),
  starting: ({ flood }) => ({
    code: 'X8',
    name: 'still starting',
    says: 'answer.ts was still busy with its first lines after 6 seconds, ' +
      `and did not listen yet.${flood}`,
    tryThis: 'Call listen() first, or do less before it: ' +
      'what does the program wait for at the start?',
  }),
  busy: ({ flood }) => ({
    code: 'X9',
    name: 'a loop without an end',
    says: 'answer.ts was so busy before it listened that it heard nothing any more: ' +
      `a loop that does not end.${flood}`,
    tryThis: 'Look at each "while" and "for": what makes it stop?',
  }),
  memory: ({ flood }) => ({
    code: 'X10',
    name: 'memory full',
    says: `answer.ts took more than 500 MB of memory and was stopped.${flood}`,
    tryThis: 'Look for a list or a text that grows in a loop, or with each request, ' +
      'and never shrinks.',
  }),
  port: ({ error }) => ({
    code: 'X11',
    name: 'the door does not open',
    says: `listen() did not succeed: ${error}`,
    tryThis: 'Give listen() a whole number from 0 to 65535.',
  }),
  signal: ({ end, printed }) => ({
    code: 'X12',
    name: 'ended from outside',
    says: `answer.ts was ended ${sayEnd(end)} before it listened.${lastWords(printed)}`,
    tryThis: 'Check once more. If it happens again, the program ends itself.',
  }),
};

export function listensTwice(listenCalls: number): Found {
  return {
    code: 'X13',
    name: 'it listens twice',
    says: `answer.ts opens ${listenCalls} doors: listen() is called ${listenCalls} times. ` +
      'On one port, the second call would end the program.',
    tryThis: 'Keep one server and one listen(). Two kinds of answers are two routes.',
  };
}

export function wrongFolder(files: string[]): Found {
  return {
    code: 'X14',
    name: 'wrong folder',
    says: `answer.ts wrote ${files.join(' and ')}, which is not in the data folder. ` +
      'Where a program is started from is different each time.',
    tryThis: 'Put the folder in front of the name: join(process.env.DATA_DIR, …).',
    lesson: 11,
  };
}

/** For an answer that did not come as one. */
export function findNoAnswer(came: Asked): Found | undefined {
  return noAnswers[came.how]?.(`${came.sent.method} ${came.sent.target}`, came.failed);
}

type NoAnswer = (asked: string, failed: Failed | undefined) => Found;

const noAnswers: Partial<Record<Came['how'], NoAnswer>> = {
  silent: (asked) => ({
    code: 'X20',
    name: 'no answer',
    says: `answer.ts got ${asked} and never answered: ` +
      'nothing that it still does could end the answer.',
    tryThis: 'Follow this request through the code: ' +
      'on that way, nothing ends the answer (end(), send() or return).',
    lesson: 1,
  }),
  unended: (asked) => ({
    code: 'X21',
    name: 'the answer does not end',
    says: `answer.ts began to answer ${asked} and never ended it, so the guest waits on.`,
    tryThis: 'After the last write, call end().',
    lesson: 1,
  }),
  busy: (asked) => ({
    code: 'X22',
    name: 'a loop without an end',
    says: `${asked} made answer.ts so busy that it heard nothing any more: ` +
      'a loop that does not end.',
    tryThis: 'Look at each "while" and "for" on the way of this request: what makes it stop?',
  }),
  cut: (asked) => ({
    code: 'X23',
    name: 'hung up',
    says: `answer.ts closed the connection of ${asked} without a whole answer.`,
    tryThis: 'Look for destroy(), or for a Content-Length that is larger than the body.',
  }),
  ended: (asked, failed) => ({
    code: 'X24',
    name: 'ended in the middle',
    says: `${asked} ended the program${failed ? `: ${oneLine(failed)}` : '.'}`,
    tryThis: tryAfter(failed) ?? 'Read the line that the error names: it ran for this request.',
    lesson: 6,
  }),
};

/** The generic sentence: what does not hold, in its own words. */
export function nameless(broken: string[], came: Came): Found {
  const says = broken[0] ?? 'The answer is not as asked.';
  const known = { code: '', name: 'not as asked', says };
  const [error, message = ''] = printedError.exec(came.status >= 500 ? came.printed : '') ?? [];
  if (error) {
    return {
      ...known,
      says: `${says} The program printed: ${error.trim()}`,
      tryThis: tryMessage(message.trim()) ??
        'The error says what it was given. Look for where that comes from.',
    };
  }
  return { ...known, tryThis: came.text.includes('${') ? unfilledTemplate : compare };
}

const printedError = /^.*?\b\w*Error(?: \[\w+\])?: (.*)$/m;

const unfilledTemplate =
  'The body has "${" in it, as it was written. ' +
  'Only between backticks (`) a value is put in its place; between quotes it is not.';

const compare =
  'Compare what came with what was expected, and find the line that makes the difference.';

function oneLine({ name, message }: Failed): string {
  const text = message.trim().split('\n').slice(0, 3).map((line) => line.trim()).join(' ');
  const saysNothing = ['Error', 'TransformError', 'SyntaxError'].includes(name);
  return saysNothing ? text : `${name}: ${text}`;
}

function sayEnd(end: End | undefined): string {
  return end === undefined ? '' : howItEnded(end);
}

function lastWords(printed: string): string {
  const last = printed.trim().split('\n').at(-1) ?? '';
  return last === '' ? '' : ` Its last words: ${last}`;
}

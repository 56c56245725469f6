// One thing to try: what an error itself says about the way out.
//
//   'itmes is not defined'  ──►  'Nothing is called "itmes" here: import it, or compare …'
//
// Undefined when the error is none of the known ones.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Failed } from './state.ts';

/** For an error that ended the program. */
export function tryAfter(failed: Failed | undefined): string | undefined {
  const { message = '', stack = '' } = failed ?? {};
  return tryCall(stack) ?? tryMessage(message);
}

// The learner's line called a function of a lesson, and the error came out of that.
function tryCall(stack: string): string | undefined {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.findIndex((frame) => /[\\/]exercises[\\/]/.test(frame));
  const [, called, file] = inLesson.exec(frames[own - 1] ?? '') ?? [];
  return called && file &&
    `The error came out of ${called}(), in ${file.replaceAll('\\', '/')}: ` +
    'compare what your line gives it with what it takes.';
}

const inLesson = /at (?:async )?(\S+) \(.*[\\/](lessons[\\/]\d\d-.*\.ts):\d+:\d+\)$/;

export function tryMessage(message: string): string | undefined {
  const [, name] = /^(\S+) is not defined/.exec(message) ?? [];
  if (name === 'require') return noRequire;
  if (message.startsWith('Assignment to constant variable')) return constant;
  if (/^Cannot destructure property '.*' of 'undefined'/.test(message)) return calledTooEarly;
  if (name) return unknownName(name);
  const [, value] = /^(\S+) is not a function/.exec(message) ?? [];
  return value && noFunction(value);
}

const noRequire =
  '"require" belongs to older programs. ' +
  `Write it as the starter does: import http from 'node:http';`;

const constant =
  'What is made with "const" keeps its first value for good. ' +
  'Write "let" where it is made.';

const calledTooEarly =
  'A function was called without what it takes. ' +
  'A handler is handed over by its name alone, showMenu, and not called: showMenu().';

/** What a handler is given (lesson 04), and what other frameworks call it. */
const ofACall: Record<string, string> = {
  request: 'request', address: 'address', params: 'params', req: 'request', query: 'address',
};

function unknownName(name: string): string {
  const part = Object.hasOwn(ofACall, name) ? ofACall[name] : undefined;
  if (part) {
    return `Nothing is called "${name}" here. ` +
      `From lesson 04 on, a handler takes it out of its call: ({ ${part} }) => …`;
  }
  return `Nothing is called "${name}" here: ` +
    'import it, or compare the name with the line that makes it, letter by letter.';
}

function noFunction(value: string): string {
  return `"${value}" is called, and is no function: ` +
    'compare its name letter by letter, or take the brackets behind it away.';
}

/** For a file that cannot be read as TypeScript. */
export function tryReading(error: string): string {
  if (/assignment/i.test(error)) {
    return 'One "=" stores a value. To compare two, write "===".';
  }
  if (/await/i.test(error)) {
    return 'Write "async" before the function in which that line stands: async (call) => …';
  }
  if (/already been declared|defined multiple times/i.test(error)) {
    return 'That name is taken: give one of the two another name.';
  }
  return 'Look at that line and the one before it: ' +
    'a bracket, a quote or a comma is missing there, or is one too many.';
}

/** What an import names. The folder's own name may hold a quote, so what comes after it counts. */
export function notFoundIn(error: string): { kind: string; target: string } | undefined {
  const form = /Cannot find (module|package) '(.*?)'(?= imported from | Require stack:|$)/m;
  const [, kind = '', target = ''] = form.exec(error) ?? [];
  return kind === '' ? undefined : { kind, target };
}

/** For an import that leads nowhere. */
export function tryImport(error: string): string {
  const { kind = '', target = '' } = notFoundIn(error) ?? {};
  if (kind === 'package') return noPackage;
  const path = target.startsWith('file:') ? fileURLToPath(target) : target;
  const name = path.split(/[\\/]/).at(-1)!;
  if (existsSync(`${path}.ts`)) return `There is a file "${name}.ts". Write the ending too.`;
  if (existsSync(path.replace(/\.js$/, '.ts'))) {
    return `There is a file "${name.replace(/\.js$/, '.ts')}". Write .ts in place of .js.`;
  }
  return 'Compare the import with the file: ' +
    'its path, its name with the ending .ts, and what it exports.';
}

const noPackage =
  `The lessons need no package. A module of Node's own begins with "node:", ` +
  'a file of yours with "./" or "../".';

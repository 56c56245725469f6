// Lesson 16 · prompt-password: a question whose answer nobody may read over a shoulder.
//
//   Password for grace@example.org:
//   Once more:                              ──►  'keys to the café'
//
// What is typed on a terminal is shown by the program, not by the terminal, as soon as the program
// reads it key by key. So it is shown nowhere. From a pipe (`echo … | npm run staff …`) the first
// line is taken. As a word of the command it would be in the list of processes, and in the shell's
// history.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

type Terminal = {
  input?: NodeJS.ReadableStream & { isTTY?: boolean };
  output?: NodeJS.WritableStream;
};

/** On a terminal it asks twice. Rejects when there is no answer, or when there are two. */
export async function promptPassword(
  question: string,
  { input = process.stdin, output = process.stderr }: Terminal = {},
): Promise<string> {
  if (!input.isTTY) return readLine(input, false);
  const answers: string[] = [];
  for (const each of [question, 'Once more: ']) {
    output.write(each);
    answers.push(await readLine(input, true).finally(() => output.write('\n')));
  }
  if (answers[0] !== answers[1]) {
    throw new Error('These were two different passwords. Please begin again.');
  }
  return answers[0]!;
}

function readLine(input: NodeJS.ReadableStream, terminal: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_shown, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal, historySize: 0 });
  return new Promise((resolve, reject) => {
    lines.once('close', () => reject(new Error('No password was given, so nothing was done.')));
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
  });
}

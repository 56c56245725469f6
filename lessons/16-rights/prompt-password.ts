// Lesson 16 · prompt-password: a password is typed, and nobody can read it over a shoulder.
//
//   Password for grace@example.org:
//   Again:                                  ──►  'keys to the café'
//
// A program that reads a terminal key by key has to show the keys itself. This one does not. From a
// pipe (`echo … | npm run staff …`) it takes the first line. It does not take the password as a
// word of the command: that would be in the list of processes, and in the shell's history.

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
  for (const each of [question, 'Again: ']) {
    output.write(each);
    answers.push(await readLine(input, true).finally(() => output.write('\n')));
  }
  if (answers[0] !== answers[1]) {
    throw new Error('The passwords do not match. Please start again.');
  }
  return answers[0]!;
}

function readLine(input: NodeJS.ReadableStream, terminal: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_shown, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal, historySize: 0 });
  return new Promise((resolve, reject) => {
    lines.once('close', () => reject(new Error('You gave no password, so nothing was changed.')));
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
  });
}

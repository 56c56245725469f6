// A verdict as it stands on the screen.
//
//   ✔ 1  Ada asks for the teas.
//   ✘ 2  The baker asks for what is baked.
//     asked, came, expected
//   ✘ T7 one category only · the sentence        (at once)
//   file and line · one thing to try · the lesson · the replay        (a moment later)

import { STATUS_CODES } from 'node:http';
import { paint } from '../paint.ts';
import type { NotPassed, Passed, Verdict } from './verdict.ts';
import type { Exercise } from './exercises.ts';
import type { Asked, Sent } from './program.ts';
import type { Came, Check } from './format.ts';

export function showVerdict(verdict: Verdict, exercise: Exercise, check: Check): string {
  return verdict.passed ? showPassed(verdict, check) : `${showMistake(verdict, check)}\n${showHelp(verdict, exercise)}`;
}

function showPassed({ steps, notes }: Passed, check: Check): string {
  return [
    ...check.steps.map(({ story }, index) => stepLine('✔', index + 1, story)), '',
    paint('green', `✔ All ${steps} steps hold.`), ...notes.map((note) => `  ${note}`),
  ].join('\n');
}

function stepLine(mark: '✔' | '✘', number: number, story: string): string {
  return `${paint(mark === '✔' ? 'green' : 'red', mark)} ${number}  ${story}`;
}

/** The verdict itself: what was asked, what came, and the name of the mistake. */
export function showMistake({ step, mistake }: NotPassed, check: Check): string {
  const held = check.steps.slice(0, (step?.number ?? 1) - 1).map(({ story }, index) => stepLine('✔', index + 1, story));
  return [
    ...held,
    ...(step ? [stepLine('✘', step.number, step.story), '', ...showStep(step)] : []), ...(step || held.length > 0 ? [''] : []),
    paint('red', `✘ ${headline(mistake)}`),
    ...wrap(mistake.says, '  '),
  ].join('\n');
}

/** What helps on: where it is, what to try, and where more is to be seen. The place is looked for after the verdict. */
export function showHelp({ step, mistake, place, notes }: NotPassed, exercise: Exercise): string {
  const { lesson, name, path } = exercise;
  return [
    ...wrap(`Where: ${place ? `${place.file}, line ${place.line}${place.how ? ` (${place.how})` : ''}` : `${path}/answer.ts`}`, '  '),
    ...wrap(`Try this: ${mistake.tryThis}`, '  '),
    ...notes.flatMap((note) => wrap(note, '  ')), '',
    paint('dim', `  Read more: lesson ${mistake.lesson ?? lesson.number}${mistake.lesson === undefined ? `, ${path.split('/exercises/')[0]}/README.md` : ''}`),
    ...(step ? [paint('dim', `  See it line by line: npm run replay ${lesson.number} ${name} failed`)] : []),
  ].join('\n');
}

function headline({ code, name }: NotPassed['mistake']): string {
  return code === 'todo' || code === '' ? name : `${code} ${name}`;
}

function showStep({ came, expected, broken }: NonNullable<NotPassed['step']>): string[] {
  return [
    ...row('asked', [`${came.sent.method} ${came.sent.target}`, ...came.sent.headers.map(([name, value]) => `${name}: ${value}`), ...bodyLines(came.sent.body), curl(came.sent)]),
    ...row('came', sayCame(came)),
    ...row('expected', [expected.join(', ') || 'an answer', ...extra(expected, broken)]),
  ];
}

// What a function of the check found has no line of its own above.
function extra(expected: string[], broken: string[]): string[] {
  return expected.length === 0 ? broken : broken.filter((sentence) => !/^The (status|body|JSON) should|^The header \S+ should contain|^There should be (no body|no header|a header)/.test(sentence));
}

function row(name: string, lines: string[]): string[] {
  return lines.map((line, index) => `  ${paint('dim', (index === 0 ? name : '').padEnd(10))}${line}`.trimEnd());
}

const noAnswer: Partial<Record<Came['how'], string>> = {
  silent: 'nothing: no answer came',
  busy: 'nothing: the program hears nothing any more',
  cut: 'the connection was closed before the answer was whole',
  ended: 'the program ended',
  unended: '(and then nothing more, and no end)',
};

export function sayNoAnswer(how: Came['how']): string {
  return noAnswer[how] ?? '';
}

function sayCame(came: Asked): string[] {
  const head = came.status === 0 ? [] : [`${came.status} ${STATUS_CODES[came.status] ?? ''}`.trim(), ...came.headers.filter(([name]) => isTold(name)).map(([name, value]) => `${name}: ${value}`), ...bodyLines(came.bytes)];
  return [...head, ...(came.how === 'answered' ? [] : [sayNoAnswer(came.how)])].map(harmless);
}

function isTold(name: string): boolean {
  return !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name.toLowerCase());
}

function bodyLines(bytes: Uint8Array): string[] {
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
  const short = lines.slice(0, 8).map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  return bytes.length === 0 ? [] : [...short, ...(lines.length > 8 ? [`(and ${lines.length - 8} lines more)`] : [])];
}

// A byte such as ESC would be an order to the terminal: it is shown, not obeyed.
function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The request as a line for a terminal: double quotes are understood by every shell. */
export function curl({ method, target, headers, body, pieces }: Sent): string {
  const sent = pieces ? Buffer.concat(pieces) : body;
  const way = method === 'HEAD' ? ' -I' : method === 'GET' && sent.length === 0 ? ' -i' : ` -i -X ${method}`;
  const lines = headers.map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`);
  const data = sent.length === 0 ? '' : sent.length > 500 ? ` --data-binary @file   (${sent.length} bytes)` : ` --data-binary ${quoted(sent.toString('utf8'))}`;
  return `curl${way} ${isSimple(target) ? `http://localhost:3000${target}` : quoted(`http://localhost:3000${target}`)}${lines.join('')}${data}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function isSimple(text: string): boolean {
  return /^[\w/.~-]+$/.test(text);
}

/** A sentence is easier to read in lines of 90 characters. */
export function wrap(text: string, indent: string, width = 90): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => indent + line);
}

// A verdict as it stands on the screen.
//
//   ✔ 1  Ada asks for the teas.
//   ✘ 2  The baker asks for what is baked.
//     asked, came, expected
//   ✘ T7 one category only · the sentence        (at once)
//   file and line · one thing to try · the lesson · the replay        (a moment later)

import { STATUS_CODES } from 'node:http';
import { paint } from '../paint.ts';
import { curl } from './curl.ts';
import type { Came, Check } from './format.ts';
import type { Asked, Sent } from './program.ts';
import type { Subject } from './subject.ts';
import type { NotPassed, Passed } from './verdict.ts';
import { wrapWords } from '../word-wrap.ts';

export function showPassed({ steps, notes }: Passed, check: Check): string {
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
  const held = check.steps.slice(0, (step?.number ?? 1) - 1)
    .map(({ story }, index) => stepLine('✔', index + 1, story));
  const failed = step
    ? [stepLine('✘', step.number, step.story), '', ...showStep(step)]
    : [];
  return [
    ...held,
    ...failed,
    ...(step || held.length > 0 ? [''] : []),
    paint('red', `✘ ${headline(mistake)}`),
    ...wrapWords(mistake.says, '  '),
  ].join('\n');
}

/** What helps on, below a verdict. The place is looked for after the verdict. */
export function showHelp(verdict: NotPassed, subject: Subject): string {
  const { exercise, path, words } = subject;
  const { step, mistake, place, notes } = verdict;
  const readme = `${exercise.path.split('/exercises/')[0]}/README.md`;
  const lesson = mistake.lesson ?? `${exercise.lesson.number}, ${readme}`;
  return [
    ...wrapWords(`Where: ${place ? sayPlace(place) : path}`, '  '),
    ...wrapWords(`Try this: ${mistake.tryThis}`, '  '),
    ...notes.flatMap((note) => wrapWords(note, '  ')), '',
    paint('dim', `  Read more: lesson ${lesson}`),
    ...(step ? [paint('dim', `  See it line by line: npm run replay ${words} failed`)] : []),
    ...(step && !subject.mistake ? [paint('dim', `  ${askYourself(step.came.sent, words)}`)] : []),
  ].join('\n');
}

/** A line that works as it is, or once the program runs. */
function askYourself(sent: Sent, words: string): string {
  const { method, target, headers, body } = sent;
  const isPlain = method === 'GET' && headers.length === 0 && body.length === 0;
  const isSimple = isPlain && /^[\w/.~-]+$/.test(target);
  if (isSimple) return `Ask it yourself: npm run try ${words} ${target}`;
  return `Ask it yourself, while "npm run lesson ${words}" runs:\n  ${curl(sent)}`;
}

function sayPlace({ file, line, how }: NonNullable<NotPassed['place']>): string {
  return `${file}, line ${line}${how ? ` (${how})` : ''}`;
}

function headline({ code, name }: NotPassed['mistake']): string {
  return code === 'todo' || code === '' ? name : `${code} ${name}`;
}

function showStep({ came, expected, broken }: NonNullable<NotPassed['step']>): string[] {
  const { method, target, headers, body } = came.sent;
  const asked = [
    `${method} ${target}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...bodyLines(body),
  ];
  return [
    ...row('asked', asked),
    ...row('came', sayCame(came)),
    ...[expected.join(', ') || 'an answer', ...extra(expected, broken)].flatMap((text, index) =>
      wrapWords(text, titled(index === 0 ? 'expected' : ''), titled(''))),
  ];
}

const toldAbove = [
  /^The (status|body|JSON) should/,
  /^The header \S+ should contain/,
  /^There should be (no body|no header|a header)/,
];

// What a function of the check found has no line of its own above.
function extra(expected: string[], broken: string[]): string[] {
  if (expected.length === 0) return broken;
  return broken.filter((sentence) => !toldAbove.some((form) => form.test(sentence)));
}

function row(name: string, lines: string[]): string[] {
  return lines.map((line, index) => (titled(index === 0 ? name : '') + line).trimEnd());
}

function titled(name: string): string {
  return `  ${paint('dim', name.padEnd(10))}`;
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

function sayCame({ status, headers, bytes, how }: Asked): string[] {
  const end = how === 'answered' ? [] : [sayNoAnswer(how)];
  if (status === 0) return end.map(harmless);
  return [
    `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    ...headers.filter(([name]) => isTold(name)).map(([name, value]) => `${name}: ${value}`),
    ...bodyLines(bytes),
    ...end,
  ].map(harmless);
}

function isTold(name: string): boolean {
  return !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name.toLowerCase());
}

function bodyLines(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
  const short = lines.slice(0, 8).map(shorten);
  return [...short, ...(lines.length > 8 ? [`(and ${lines.length - 8} lines more)`] : [])];
}

function shorten(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

// A byte such as ESC would be an order to the terminal: it is shown, not obeyed.
function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

// Printing a recording: first the four stops, then every line that ran.
//
//   request   router 33      const parts = split(address.path);
//                              router 65    return path.slice(1).split('/');
//                                           returns ['menu', '2']
//
// It fits into 100 columns: what is longer is cut with "…", and the whole stands in the recording.

import { shorten } from '../excerpt.ts';
import { paint } from '../paint.ts';
import { terminalColumns, wrapWords } from '../word-wrap.ts';
import type { Parting } from './parting.ts';
import type { Recording, Step, Stop } from './recording.ts';
import type { Value } from './steps.ts';

export const columns = 100;

const stageWidth = 9;
const placeWidth = 14;
const deepest = 12;

/** `last` are lines that must be seen: they come last. */
export function printRecording(recording: Recording, last: string[] = []): string {
  const { steps, stops, cut, leftOut, printed } = recording;
  return [
    ...head(recording),
    '',
    ...stops.flatMap((stop, index) => showStop(stop, index + 1)),
    '',
    paint('bold', `The lines that ran, ${steps.length} steps:`),
    paint('dim', legend),
    '',
    ...showSteps(steps),
    ...showPrinted(printed, columns),
    '',
    ...(cut === undefined ? [] : [paint('yellow', `! ${cut}`)]),
    ...wrap(`Left out: ${leftOut}.`, columns, 3).map((line) => paint('dim', line)),
    ...(last.length === 0 ? [] : ['', ...last]),
  ].join('\n');
}

const legend =
  '("with": what a call was given; "then": what the line has changed; "⤶": back in that line)';

export function showPrinted(printed: string, width: number): string[] {
  if (printed.trim() === '') return [];
  const lines = printed.trimEnd().split('\n').map((line) => `  ${shorten(line, width - 2)}`);
  return ['', paint('dim', 'The server wrote meanwhile:'), ...lines];
}

function head({ file, sent, answer, failure, milliseconds }: Recording): string[] {
  const asked = paint('bold', shorten(`${sent.method} ${sent.target}`, columns - 2));
  const to = `  to ${file}`;
  if (!answer) return [asked, to, paint('red', `  ✘ ${failure ?? 'no answer'}`)];
  const { status, statusMessage, cut } = answer;
  const how = `after ${milliseconds} ms (longer than usual: it was watched)`;
  return [asked, to, `  ${status} ${statusMessage} ${how}`, ...(cut ? [`  (${cut})`] : [])];
}

// ── where the ways part ──

/** The line, what is known there, what it did, and what should have come. */
export function showParting({ how, step, values, threw }: Parting, expected: string[]): string[] {
  const place = `${step.file.split('/').at(-1)}, line ${step.line}`;
  const wanted = (expected.join(', ') || 'an answer').replace(/\.$/, '');
  const all = terminalColumns();
  const width = all - 4;
  const news = [
    ...pack('with ', values, width, new Map()),
    ...(step.returned === undefined ? [] : [shorten(`returns ${step.returned}`, width)]),
    ...(threw === undefined ? [] : [shorten(`throws ${threw}`, width)]),
  ];
  return [
    paint('bold', `Where the ways part: ${place}`),
    paint('dim', `(${partingWords[how]})`),
    ...wrap(step.source, all - 2, 3).map((line) => `  ${line}`),
    ...news.map((line) => `    ${paintNews(line)}`),
    ...wrapWords(`Wanted: ${wanted}.`, '  '),
  ];
}

const partingWords: Record<Parting['how'], string> = {
  answered: 'your last line that had a say in the answer',
  threw: 'the error came from there, and no answer',
  stopped: 'your last line that ran; no answer came',
  elsewhere: 'it answered, and none of your own lines ran',
};

// ── the four stops ──

function showStop(stop: Stop, number: number): string[] {
  const title = `${number} ${stop.stage}`.padEnd(stageWidth + 3);
  const size = shorten(sizeOf(stop), columns - title.length);
  const head = paint('bold', title) + paint('dim', size);
  return [head, ...row('in', stop.in), ...row('out', stop.out)];
}

function sizeOf({ steps, files }: Stop): string {
  if (steps === 0) return 'no line of its own';
  return `${steps} ${steps === 1 ? 'step' : 'steps'} in ${files.join(', ')}`;
}

function row(word: string, text: string): string[] {
  const start = `${' '.repeat(stageWidth + 3)}${word.padEnd(4)}`;
  return text === '' ? [] : [start + shorten(text, columns - start.length)];
}

// ── the lines ──

/** What each variable was last shown to hold. */
type Seen = Map<string, string>;

export function showSteps(steps: Step[], width = columns): string[] {
  const seen: Seen = new Map();
  const lines = new Set<string>();
  let before = '';
  return steps.flatMap((step) => {
    const line = `${step.file} ${step.line}`;
    const stage = step.stage === before ? '' : step.stage;
    const shown = showStep(step, stage, seen, { width, most: lines.has(line) ? 1 : 3 });
    before = step.stage;
    lines.add(line);
    return shown;
  });
}

/** Columns, and how many lines a line of code may take. */
type Space = { width: number; most: number };

// A long line of code is written out the first time.
function showStep(step: Step, stage: string, seen: Seen, { width, most }: Space): string[] {
  const place = shortenName(`${nameOf(step.file)} ${step.line}`).padEnd(placeWidth);
  const indent = '  '.repeat(Math.min(step.depth, deepest));
  const start = stageWidth + placeWidth + 2 + indent.length;
  const left = `${paint('bold', stage.padEnd(stageWidth))} ${paint('dim', place)} ${indent}`;
  const news = newsOf(step, width - start - 2, seen).map(paintNews);
  const source = wrap(step.source, width - start, most);
  const [first, ...more] = step.back ? [`⤶ ${news.shift() ?? paintNews('')}`] : source;
  return [
    left + first,
    ...more.map((line) => `${' '.repeat(start)}    ${line}`),
    ...news.map((line) => `${' '.repeat(start)}  ${line}`),
  ];
}

function paintNews(text: string): string {
  return paint(text.startsWith('throws') ? 'red' : 'green', text);
}

// What a variable holds is written out once; as long as it is the same, it is only named again.
function newsOf(step: Step, width: number, seen: Seen): string[] {
  const { given = [], changed = [], returned, threw } = step;
  return [
    ...pack('with ', given, width, seen),
    ...pack('then ', changed, width, seen),
    ...(threw === undefined ? [] : [shorten(`throws ${threw}`, width)]),
    ...(returned === undefined ? [] : [shorten(`returns ${returned}`, width)]),
  ];
}

/** As many values to a line as it holds. */
function pack(word: string, values: Value[], width: number, seen: Seen): string[] {
  const lines: string[] = [];
  for (const value of values) {
    const text = valueOf(value, seen);
    const longer = `${lines.at(-1)}, ${text}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(shorten(lines.length === 0 ? word + text : `     ${text}`, width));
  }
  return lines;
}

function valueOf([name, text]: Value, seen: Seen): string {
  const isKnown = text.length > 30 && seen.get(name) === text;
  seen.set(name, text);
  return isKnown ? `${name} (as before)` : `${name} = ${text}`;
}

/** A long line of code goes on below, at most so often. */
function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > (lines.length === 0 ? width : width - 4) && lines.length < most - 1) {
    const room = lines.length === 0 ? width : width - 4;
    const space = rest.lastIndexOf(' ', room);
    const end = space > room / 2 ? space : room;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, shorten(rest, lines.length === 0 ? width : width - 4)];
}

function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.[cm]?[jt]s$/, '');
}

function shortenName(place: string): string {
  return place.length <= placeWidth ? place : `…${place.slice(place.length - placeWidth + 1)}`;
}

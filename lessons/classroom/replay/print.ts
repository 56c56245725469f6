// Printing a recording: first the four stops, then every line that ran.
//
//   request   router 33      const parts = split(address.path);
//                              router 65    return path.slice(1).split('/');
//                                           returns ['menu', '2']
//
// It fits into 100 columns: what is longer is cut with "…", and the whole stands in the recording.

import { shorten } from '../excerpt.ts';
import { paint } from '../paint.ts';
import type { Parting } from './parting.ts';
import type { Recording, Step, Stop } from './recording.ts';
import type { Value } from './steps.ts';

export const columns = 100;

const stageWidth = 9;
const placeWidth = 14;
const deepest = 12;

/** `first` are lines that stand above the stops. */
export function printRecording(recording: Recording, first: string[] = []): string {
  const { steps, cut, leftOut, printed } = recording;
  return [
    ...head(recording), '', ...first,
    ...recording.stops.flatMap((stop, index) => showStop(stop, index + 1)),
    '',
    paint('bold', `The lines that ran, ${steps.length} steps:`),
    paint('dim', '("with": what a call was given; "then": what the line has changed; "⤶": back in that line)'), '',
    ...showSteps(steps),
    ...(printed.trim() === '' ? [] : ['', paint('dim', 'The server wrote meanwhile:'), ...printed.trimEnd().split('\n').map((line) => `  ${shorten(line, columns - 2)}`)]),
    '',
    ...(cut === undefined ? [] : [paint('yellow', `! ${cut}`)]),
    ...wrap(`Left out: ${leftOut}.`, columns, 3).map((line) => paint('dim', line)),
  ].join('\n');
}

function head({ file, sent, answer, failure, milliseconds }: Recording): string[] {
  const asked = paint('bold', shorten(`${sent.method} ${sent.target}`, columns - 2));
  const how = answer ? `${answer.status} ${answer.statusMessage} after ${milliseconds} ms (longer than usual: it was watched)` : failure ?? 'no answer';
  return [asked, `  to ${file}`, answer ? `  ${how}` : paint('red', `  ✘ ${how}`), ...(answer?.cut ? [`  (${answer.cut})`] : [])];
}

// ── where the ways part ──

/** The line, what is known there, what it did, and what should have come. */
export function showParting({ how, step, values, threw }: Parting, expected: string[]): string[] {
  const place = `${step.file.split('/').at(-1)}, line ${step.line}`;
  return [
    paint('bold', `Where the ways part: ${place}`) + paint('dim', `   (${partingWords[how]})`),
    ...wrap(step.source, columns - 2, 3).map((line) => `  ${line}`),
    ...pack('with ', values, columns - 4, new Map()).map((line) => `    ${paint('green', line)}`),
    ...(step.returned === undefined ? [] : [`    ${paint('green', shorten(`returns ${step.returned}`, columns - 4))}`]),
    ...(threw === undefined ? [] : [`    ${paint('red', shorten(`throws ${threw}`, columns - 4))}`]),
    ...wrap(`Wanted: ${(expected.join(', ') || 'an answer').replace(/\.$/, '')}.`, columns - 2, 4).map((line) => `  ${line}`), '',
  ];
}

const partingWords: Record<Parting['how'], string> = {
  answered: 'your last line that had a say in the answer',
  threw: 'the error came from there, and no answer',
  stopped: 'your last line that ran; no answer came',
  elsewhere: 'it answered, and none of your own lines ran',
};

// ── the four stops ──

function showStop({ stage, in: into, out, steps, files }: Stop, number: number): string[] {
  const title = `${number} ${stage}`.padEnd(stageWidth + 3);
  const size = steps === 0 ? 'no line of its own' : `${steps} ${steps === 1 ? 'step' : 'steps'} in ${files.join(', ')}`;
  return [`${paint('bold', title)}${paint('dim', shorten(size, columns - title.length))}`, ...row('in', into), ...row('out', out)];
}

function row(word: string, text: string): string[] {
  const start = `${' '.repeat(stageWidth + 3)}${word.padEnd(4)}`;
  return text === '' ? [] : [start + shorten(text, columns - start.length)];
}

// ── the lines ──

export function showSteps(steps: Step[]): string[] {
  const seen = new Map<string, string>();
  const lines = new Set<string>();
  let stage = '';
  return steps.flatMap((step) => {
    const line = `${step.file} ${step.line}`;
    const shown = showStep(step, step.stage === stage ? '' : step.stage, seen, lines.has(line) ? 1 : 3);
    stage = step.stage;
    lines.add(line);
    return shown;
  });
}

// A long line of code is written out the first time.
function showStep(step: Step, stage: string, seen: Map<string, string>, most: number): string[] {
  const place = shortenName(`${nameOf(step.file)} ${step.line}`).padEnd(placeWidth);
  const indent = '  '.repeat(Math.min(step.depth, deepest));
  const start = stageWidth + placeWidth + 2 + indent.length;
  const left = `${paint('bold', stage.padEnd(stageWidth))} ${paint('dim', place)} ${indent}`;
  const under = ' '.repeat(start + 2);
  const news = newsOf(step, columns - under.length, seen);
  const lines = step.back ? [`⤶ ${paintNews(news.shift() ?? '')}`] : wrap(step.source, columns - start, most).map((line, index) => (index === 0 ? line : `    ${line}`));
  return [left + lines[0], ...lines.slice(1).map((line) => ' '.repeat(start) + line), ...news.map((line) => under + paintNews(line))];
}

function paintNews(text: string): string {
  return paint(text.startsWith('throws') ? 'red' : 'green', text);
}

// What a variable holds is written out once; as long as it is the same, it is only named again.
function newsOf({ given = [], changed = [], returned, threw }: Step, width: number, seen: Map<string, string>): string[] {
  return [
    ...pack('with ', given, width, seen),
    ...pack('then ', changed, width, seen),
    ...(threw === undefined ? [] : [shorten(`throws ${threw}`, width)]),
    ...(returned === undefined ? [] : [shorten(`returns ${returned}`, width)]),
  ];
}

/** As many values to a line as it holds. */
function pack(word: string, values: Value[], width: number, seen: Map<string, string>): string[] {
  const lines: string[] = [];
  for (const value of values) {
    const text = valueOf(value, seen);
    const longer = `${lines.at(-1)}, ${text}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(shorten(lines.length === 0 ? word + text : `     ${text}`, width));
  }
  return lines;
}

function valueOf([name, text]: Value, seen: Map<string, string>): string {
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

// Printing a walk: the four rooms, and in each of them the functions that the request went through.
//
//   POST /api/menu → 201 Created, by lessons/10-api/server.ts
//
//   request   readJson         6 +29  → { name: 'Iced tea', price: 340, category: 'tea', …
//   logic     addItem          3      → { status: 201, headers: { location: '/api/menu/23', …
//   storage   insert           1 +61  → { id: 23, name: 'Iced tea', price: 340, …
//
// A row is as wide as the terminal, and the rows fit a screen. What is folded is counted.

import { Advice } from '../advice.ts';
import { shorten } from '../excerpt.ts';
import { paint } from '../paint.ts';
import { terminalColumns, wrapWords } from '../word-wrap.ts';
import { foldSteps, stationsIn, type Room, type Station } from './fold.ts';
import { labelsIn } from './labels.ts';
import { linesOf } from './lines.ts';
import { printRecording, showPrinted, showSteps } from './print.ts';
import type { Recording, Step } from './recording.ts';
import { taughtIn } from './taught.ts';

const roomWidth = 11;
const nameWidth = 17;
const countWidth = 9;

export type Walked = {
  recording: Recording;
  /** The folder of the project. */
  at: string;
  /** How a command names this replay: '10 2'. */
  words: string;
};

/** `how`: 'lines', 'all', the name of a function, or nothing. `last`: what must be seen. */
export function printAs(how: string | undefined, walked: Walked, last: string[] = []): string {
  if (how === undefined) return printWalk(walked, last);
  if (how === 'all') return printRecording(walked.recording, last);
  return printLines(walked, how === 'lines' ? undefined : how);
}

/** The rooms and their functions. */
function printWalk({ recording, at, words }: Walked, last: string[] = []): string {
  const rooms = foldSteps(recording.steps, taughtIn(at, recording.file));
  const labelOf = labelsIn(at);
  return [
    ...head(recording),
    '',
    ...rooms.flatMap((room) => showRoom(room, labelOf)),
    ...showPrinted(recording.printed, terminalColumns()),
    '',
    ...wrapWords(sayCounts(recording, rooms), '').map((line) => paint('dim', line)),
    ...showMore(rooms, labelOf, words),
    ...(recording.cut === undefined ? [] : [paint('yellow', `! ${recording.cut}`)]),
    ...(last.length === 0 ? [] : ['', ...last]),
  ].join('\n').trimEnd();
}

/** The lines of all stations, or of one function and all that it called. */
function printLines({ recording, at, words }: Walked, name?: string): string {
  const rooms = foldSteps(recording.steps, taughtIn(at, recording.file));
  const { steps } = recording;
  const shown = name === undefined
    ? linesOf(rooms, steps)
    : stepsOf(name, rooms, steps, labelsIn(at));
  return [
    ...head(recording),
    '',
    ...showSteps(shown, terminalColumns()),
    '',
    paint('dim', `Everything, ${steps.length} steps: npm run replay ${words} all`),
  ].join('\n');
}

/** Throws Advice when no function of that name ran. */
function stepsOf(name: string, rooms: Room[], steps: Step[], labelOf: LabelOf): Step[] {
  const stations = stationsIn(rooms);
  const called = stations.filter((station) => labelOf(station) === name);
  const calls = new Set(called.flatMap((station) => station.steps.map(({ call }) => call)));
  for (const step of steps) if (step.name === name) calls.add(step.call);
  for (const step of steps) if (calls.has(step.parent)) calls.add(step.call);
  if (calls.size > 0) return outdented(steps.filter(({ call }) => calls.has(call)));
  const names = [...new Set(stations.map(labelOf))].join(', ');
  throw new Advice(`No function "${name}" ran for this request. These did: ${names}.`);
}

function head({ file, sent, answer, failure }: Recording): string[] {
  const asked = paint('bold', shorten(`${sent.method} ${sent.target}`, terminalColumns()));
  if (!answer) return [asked, paint('red', `✘ ${failure ?? 'no answer'}`), `by ${file}`];
  const { status, statusMessage, bytes, cut } = answer;
  const body = bytes === 0 ? 'without a body' : `with a body of ${bytes} bytes`;
  const told = `→ ${status} ${statusMessage}, ${body}, by ${file}${cut ? ` (${cut})` : ''}`;
  return [asked, ...wrapWords(told, '', '  ')];
}

function outdented(steps: Step[]): Step[] {
  const least = Math.min(...steps.map(({ depth }) => depth));
  return steps.map((step) => ({ ...step, depth: step.depth - least }));
}

type LabelOf = (station: Station) => string;

function showRoom({ name, stations }: Room, labelOf: LabelOf): string[] {
  return stations.map((station, index) => {
    const room = paint('bold', (index === 0 ? name : '').padEnd(roomWidth));
    const label = shorten(labelOf(station), nameWidth - 1).padEnd(nameWidth);
    const counts = `${String(station.steps.length).padStart(2)}${foldedOf(station)}`;
    const left = terminalColumns() - roomWidth - nameWidth - countWidth;
    const shown = paint('dim', counts.padEnd(countWidth));
    return `${room}${label}${shown}${outcomeOf(station, left)}`.trimEnd();
  });
}

function foldedOf({ folded }: Station): string {
  return folded === 0 ? '' : ` +${folded}`;
}

/** What came out of it; where nobody saw that, what went in. */
function outcomeOf({ returned, threw, given, times }: Station, width: number): string {
  const often = times > 1 ? `×${times} ` : '';
  if (threw !== undefined) return paint('red', shorten(`${often}✘ ${threw}`, width));
  const out = returned.map(shortReply).join(' | ');
  if (out !== '') return paint('green', shorten(`${often}→ ${out}`, width));
  const values = given.filter(([name]) => !carried.includes(name));
  const into = values.map(([name, text]) => `${name} = ${shortReply(text)}`).join(', ');
  return shorten(`${often}${into === '' ? '' : `← ${into}`}`, width);
}

/** Of a reply, the status and the body say most. */
function shortReply(text: string): string {
  return text.replace(/^\{ status: (\d+), headers: .*?, body: /, '{ status: $1, …, body: ');
}

/** What every function is handed on says nothing of it. */
const carried = ['request', 'response', 'call', 'report', 'all', 'handler', 'trees'];

function sayCounts({ steps }: Recording, rooms: Room[]): string {
  const stations = stationsIn(rooms);
  const lines = stations.reduce((sum, station) => sum + station.steps.length, 0);
  const more = steps.filter(({ back }) => !back).length - lines;
  const hidden = more === 0 ? 'Nothing is folded away.'
    : `${more} more lines ran (+), in files that no page so far opens.`;
  return `${sayCount(stations.length, 'function')}, ${sayCount(lines, 'line')}. ${hidden}`;
}

function sayCount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function showMore(rooms: Room[], labelOf: LabelOf, words: string): string[] {
  const logic = rooms.findLast(({ name }) => name === 'logic') ?? rooms[0];
  const station = logic?.stations.at(-1);
  return [
    `Their lines:  npm run replay ${words} lines`,
    ...(station ? [`One of them:  npm run replay ${words} ${labelOf(station)}`] : []),
    `Everything:   npm run replay ${words} all`,
  ].map((line) => paint('dim', line));
}

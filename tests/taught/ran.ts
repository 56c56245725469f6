// Which lines ran: loaded into a server before its first line, it counts between two messages.
//
//   parent: { ran: 'begin' }  ──►  the counters begin at 0
//   parent sends requests
//   parent: { ran: 'end' }    ──►  { ran: { 'file:///…/router.ts': [24, 25, 31] } }
//
// The engine counts by places in the program that it was given; on an older Node the types were
// taken out of it before, and its map leads back.

import { Session, type Debugger, type Profiler } from 'node:inspector';
import { lineFinder } from '../../lessons/classroom/replay/places.ts';

type Order = { ran?: 'begin' | 'end' };

const session = new Session();
const maps = new Map<string, string | undefined>();

session.connect();
session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) =>
  maps.set(params.scriptId, params.sourceMapURL));
session.post('Debugger.enable');
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

process.on('message', ({ ran }: Order) => {
  if (ran === 'begin') session.post('Profiler.takePreciseCoverage', () => process.send!({ ran }));
  if (ran === 'end') session.post('Profiler.takePreciseCoverage', (_, { result }) => tell(result));
});
process.channel?.unref();

function tell(scripts: Profiler.ScriptCoverage[]): void {
  const own = scripts.filter(({ url }) => /\/(lessons\/\d\d-|db\/)[^?]*\.ts/.test(url));
  process.send!({ ran: Object.fromEntries(own.map((script) => [script.url, linesOf(script)])) });
}

function linesOf({ scriptId, functions }: Profiler.ScriptCoverage): number[] {
  const source = sourceOf(scriptId);
  const toLine = lineFinder(maps.get(scriptId), source);
  const lines = placesIn(source, functions).map(([line, column]) => toLine(line, column));
  return [...new Set(lines)].filter((line) => line !== undefined);
}

function sourceOf(scriptId: string): string {
  let source = '';
  session.post('Debugger.getScriptSource', { scriptId }, (_, found) => {
    source = found.scriptSource;
  });
  return source;
}

type Place = [line: number, column: number];

/** The first word of each line of which something ran. */
function placesIn(source: string, functions: Profiler.FunctionCoverage[]): Place[] {
  const ran = charactersRun(source.length, functions);
  let start = 0;
  return source.split('\n').flatMap((text, line) => {
    const from = start;
    start += text.length + 1;
    const words = text.startsWith('//#') ? [] : [...text.matchAll(/\w+/g)];
    const first = words.find(({ index }) => ran[from + index!] === 1);
    return first ? [[line, first.index!]] : [];
  });
}

/** Of the ranges around a character, the innermost counts. */
function charactersRun(length: number, functions: Profiler.FunctionCoverage[]): Uint8Array {
  const ran = new Uint8Array(length);
  const ranges = functions.flatMap((one) => one.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of ranges) {
    ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  return ran;
}

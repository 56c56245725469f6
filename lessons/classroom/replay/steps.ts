// Steps: from what was noted to what is read, one step for each line that ran.
//
//   line 33 …  line 65 in a call …  line 34, where parts is known
//     ──►  33  const route = findRoute(…)
//            65  return path.slice(1).split('/')       returns ['menu', '2']
//          33  (back)                                  then parts = ['menu', '2']
//
// The debugger looks before a line runs, so what is new at the next line was done by the line
// before. If other calls came in between, the way leads back to that line first.

import type { LineNote, Note } from './notes.ts';
import { stageOf, type Stage } from './stage.ts';

export type Value = [name: string, text: string];

export type Step = {
  number: number;
  stage: Stage;
  /** From the project on, with forward slashes. */
  file: string;
  line: number;
  /** The line as it is written, without the spaces around it. */
  source: string;
  /** The name of the function, or ''. */
  name: string;
  call: number;
  /** The call that made this one, or 0. */
  parent: number;
  depth: number;
  /** What the call was given; at its first line only. */
  given?: Value[];
  /** What the line has changed. */
  changed?: Value[];
  returned?: string;
  threw?: string;
  /** Other lines ran in between: this is the rest of an earlier step. */
  back?: true;
  /** The head of the answer was written during this step. */
  answers?: true;
};

export type Sources = Map<number, { path: string; lines: string[] }>;

export function makeSteps(notes: Note[], request: number, sources: Sources, nameOf: (path: string) => string): Step[] {
  const steps: Step[] = [];
  const lastOf = new Map<number, Step>();
  const known = new Map<number, Map<string, string>>();

  function add(step: Omit<Step, 'number'>): Step {
    const added = { ...step, number: 0 };
    steps.push(added);
    lastOf.set(added.call, added);
    return added;
  }

  function addLine(note: LineNote): Step {
    const source = sources.get(note.file);
    const file = nameOf(source?.path ?? '');
    const given = note.values.length > 0 && !lastOf.has(note.call) ? { given: note.values } : {};
    return add({ stage: stageOf(file), file, line: note.line, source: source?.lines[note.line - 1]?.trim() ?? '', name: note.name, call: note.call, parent: note.parent, depth: note.depth, ...given });
  }

  // The step that the news belongs to: the call's last line, or the way back to it.
  function place(call: number): Step | undefined {
    const last = lastOf.get(call);
    if (last === undefined || last === steps.at(-1)) return last;
    return add({ ...bare(last), back: true });
  }

  function readLine(note: LineNote): void {
    const last = lastOf.get(note.call);
    remember(note);
    if (last === undefined) return void addLine(note);
    if (note.loop && !note.end) return readLoop(note, note.loop);
    const isAgain = note.values.length > 0 && change(note.call, note.values);
    if (note.end) return readEnd(note.call, last.source);
    const isSameLine = last === steps.at(-1) && last.line === note.line && !last.back;
    if (!isSameLine && !(isAgain && last.line === note.line)) addLine(note);
  }

  // What the loop gives belongs to its own line; whatever else is new, to the line before.
  function readLoop(note: LineNote, loop: { line: number; names: string[] }): void {
    const given = note.values.filter(([name]) => loop.names.includes(name));
    const { loop: _loop, ...plain } = note;
    const others = note.values.filter((value) => !given.includes(value));
    if (others.length > 0) change(note.call, others);
    const last = steps.at(-1)!;
    const isHere = last.call === note.call && last.line === loop.line && !last.back && !overlap(last, given);
    if (!isHere) addLine({ ...plain, line: loop.line, values: [] });
    if (given.length > 0) change(note.call, given);
    if (loop.line !== note.line) addLine({ ...plain, values: [] });
  }

  // The same variable for the second time: the line has run again, and true is returned.
  function change(call: number, values: Value[]): boolean {
    const step = place(call)!;
    const isAgain = overlap(step, values);
    const changed = isAgain ? add(bare(step)) : step;
    changed.changed = [...(changed.changed ?? []), ...values];
    return isAgain;
  }

  function remember({ call, values }: LineNote): void {
    if (!known.has(call)) known.set(call, new Map());
    for (const [name, text] of values) known.get(call)!.set(name, text);
  }

  // "return item;" gives what item is known to be.
  function readEnd(call: number, source: string): void {
    const [, name = ''] = /^(?:if \(.*\) )?return ([\w$]+);/.exec(source) ?? [];
    const text = known.get(call)?.get(name);
    if (text !== undefined) place(call)!.returned ??= text;
  }

  // It is told where the error was made. What that line called before has returned in between.
  function readThrow(threw: string, path: string | undefined, line: number | undefined): void {
    const at = path === undefined ? steps.at(-1) : steps.findLast((step) => step.line === line && step.file === nameOf(path));
    if (at === undefined || at.threw !== undefined) return;
    const next = steps.indexOf(at) + 1;
    const nested = steps.slice(next).findIndex(({ depth }) => depth <= at.depth);
    const after = nested < 0 ? steps.length : next + nested;
    if (after === next) at.threw = threw;
    else steps.splice(after, 0, { ...bare(at), back: true, threw });
  }

  let justThrew = false;
  for (const note of notes) {
    if ('call' in note && note.request === request) {
      // Nobody saw the error itself: "catch { … }".
      if (note.catches && !justThrew && steps.length > 0) steps.at(-1)!.threw ??= 'an error';
      readLine(note);
      justThrew = false;
    } else if ('threw' in note && note.request === request) {
      readThrow(note.threw, note.path, note.line);
      justThrew = true;
    } else if ('answered' in note && note.answered === request) {
      const last = steps.at(-1);
      if (last) last.answers = true;
    } else if ('returned' in note && lastOf.has(note.returned)) {
      place(note.returned)!.returned = note.text;
    }
  }
  return steps.map((step, index) => ({ ...step, number: index + 1 }));
}

function bare({ given: _given, changed: _changed, returned: _returned, threw: _threw, answers: _answers, ...step }: Step): Step {
  return step;
}

function overlap({ changed = [] }: Step, values: Value[]): boolean {
  return changed.some(([name]) => values.some(([other]) => other === name));
}

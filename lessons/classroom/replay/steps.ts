// Steps: from what was noted to what is read, one step for each line that ran.
//
//   line 33 …  line 65 in a call …  line 34, where parts is known
//     ──►  33  const route = findRoute(…)
//            65  return path.slice(1).split('/')       returns ['menu', '2']
//          33  (back)                                  then parts = ['menu', '2']
//
// The debugger looks before a line runs, so what is new at the next line was done by the line
// before. If other calls came in between, the way leads back to that line first.

import type { LineNote, Note, ReturnNote, ThrowNote } from './notes.ts';
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

type Loop = NonNullable<LineNote['loop']>;

export type Sources = Map<number, { path: string; lines: string[] }>;

/** `nameOf` makes a file's name out of its path. */
export function makeSteps(
  notes: Note[],
  request: number,
  sources: Sources,
  nameOf: (path: string) => string,
): Step[] {
  const steps = new Steps(request, sources, nameOf);
  for (const note of notes) steps.read(note);
  return steps.all();
}

/** The steps of one request, as they grow with each note. */
class Steps {
  readonly #request: number;
  readonly #sources: Sources;
  readonly #nameOf: (path: string) => string;
  readonly #steps: Step[] = [];
  /** The last step of each call. */
  readonly #lastOf = new Map<number, Step>();
  /** What each variable of a call is known to be. */
  readonly #known = new Map<number, Map<string, string>>();
  #justThrew = false;

  constructor(request: number, sources: Sources, nameOf: (path: string) => string) {
    this.#request = request;
    this.#sources = sources;
    this.#nameOf = nameOf;
  }

  all(): Step[] {
    return this.#steps.map((step, index) => ({ ...step, number: index + 1 }));
  }

  read(note: Note): void {
    if ('call' in note && note.request === this.#request) this.#readLine(note);
    else if ('threw' in note && note.request === this.#request) this.#readThrow(note);
    else if ('answered' in note && note.answered === this.#request) this.#readAnswer();
    else if ('returned' in note) this.#readReturn(note);
  }

  #readLine(note: LineNote): void {
    const last = this.#lastOf.get(note.call);
    // Nobody saw the error itself: "catch { … }". It came to the line of this call that ran last.
    if (note.catches && !this.#justThrew && last) last.threw ??= 'an error';
    this.#justThrew = false;
    this.#remember(note);
    if (last === undefined) this.#addLine(note);
    else if (note.loop && !note.end) this.#readLoop(note, note.loop);
    else this.#readNext(note, last);
  }

  // The line after another one of the same call.
  #readNext(note: LineNote, last: Step): void {
    const isAgain = note.values.length > 0 && this.#change(note.call, note.values);
    if (note.end) return this.#readEnd(note.call, last.source);
    const isSameLine = last === this.#steps.at(-1) && last.line === note.line && !last.back;
    if (!isSameLine && !(isAgain && last.line === note.line)) this.#addLine(note);
  }

  // What the loop gives belongs to its own line; whatever else is new, to the line before.
  #readLoop(note: LineNote, loop: Loop): void {
    const given = note.values.filter(([name]) => loop.names.includes(name));
    const others = note.values.filter((value) => !given.includes(value));
    if (others.length > 0) this.#change(note.call, others);
    const last = this.#steps.at(-1)!;
    const isLoop = last.call === note.call && last.line === loop.line;
    if (!isLoop || last.back || overlap(last, given)) this.#addBare(note, loop.line);
    if (given.length > 0) this.#change(note.call, given);
    if (loop.line !== note.line) this.#addBare(note, note.line);
  }

  // "return item;" gives what item is known to be.
  #readEnd(call: number, source: string): void {
    const [, name = ''] = /^(?:if \(.*\) )?return ([\w$]+);/.exec(source) ?? [];
    const text = this.#known.get(call)?.get(name);
    if (text !== undefined) this.#place(call)!.returned ??= text;
  }

  // It is told where the error was made. What that line called before has returned in between.
  #readThrow({ threw, path, line }: ThrowNote): void {
    this.#justThrew = true;
    const steps = this.#steps;
    const at = path === undefined ? steps.at(-1) : this.#findLast(path, line);
    if (at === undefined || at.threw !== undefined) return;
    const next = steps.indexOf(at) + 1;
    const nested = steps.slice(next).findIndex(({ depth }) => depth <= at.depth);
    const after = nested < 0 ? steps.length : next + nested;
    if (after === next) at.threw = threw;
    else steps.splice(after, 0, { ...bare(at), back: true, threw });
  }

  #findLast(path: string, line: number | undefined): Step | undefined {
    const file = this.#nameOf(path);
    return this.#steps.findLast((step) => step.line === line && step.file === file);
  }

  #readAnswer(): void {
    const last = this.#steps.at(-1);
    if (last) last.answers = true;
  }

  #readReturn({ returned, text }: ReturnNote): void {
    const step = this.#place(returned);
    if (step) step.returned = text;
  }

  // The step that the news belongs to: the call's last line, or the way back to it.
  #place(call: number): Step | undefined {
    const last = this.#lastOf.get(call);
    if (last === undefined || last === this.#steps.at(-1)) return last;
    return this.#add({ ...bare(last), back: true });
  }

  // The same variable for the second time: the line has run again, and true is returned.
  #change(call: number, values: Value[]): boolean {
    const step = this.#place(call)!;
    const isAgain = overlap(step, values);
    const changed = isAgain ? this.#add(bare(step)) : step;
    changed.changed = [...(changed.changed ?? []), ...values];
    return isAgain;
  }

  #remember({ call, values }: LineNote): void {
    const known = this.#known.get(call) ?? new Map<string, string>();
    this.#known.set(call, known);
    for (const [name, text] of values) known.set(name, text);
  }

  #addLine({ file: number, line, name, call, parent, depth, values }: LineNote): void {
    const source = this.#sources.get(number);
    const file = this.#nameOf(source?.path ?? '');
    this.#add({
      stage: stageOf(file),
      file,
      line,
      source: source?.lines[line - 1]?.trim() ?? '',
      name,
      call,
      parent,
      depth,
      ...(values.length > 0 && !this.#lastOf.has(call) && { given: values }),
    });
  }

  #addBare(note: LineNote, line: number): void {
    this.#addLine({ ...note, line, values: [] });
  }

  #add(step: Omit<Step, 'number'>): Step {
    const added = { ...step, number: 0 };
    this.#steps.push(added);
    this.#lastOf.set(added.call, added);
    return added;
  }
}

/** The same line, without what it did. */
function bare({
  given: _given,
  changed: _changed,
  returned: _returned,
  threw: _threw,
  answers: _answers,
  ...line
}: Step): Step {
  return line;
}

function overlap({ changed = [] }: Step, values: Value[]): boolean {
  return changed.some(([name]) => values.some(([other]) => other === name));
}

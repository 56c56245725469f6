// The format of an exercise's check: plain data, and small functions that look at what came.
//
//   { story: 'Ada asks for the teas.',
//     ask: 'GET /categories/tea',
//     want: { status: 200, includes: ['Mint tea'], lacks: ['Flat white'] },
//     mistakes: [{
//       code: 'T4', name: 'nothing left out',
//       fits: (came) => came.text.includes('Flat white'), …
//     }] }
//
// Types only: a proof/check.ts imports them with `import type`, so that at run time a lesson
// knows nothing of the classroom. How to write one is told in lessons/classroom/exercises.md.

export type Check = {
  steps: Step[];
  /** Files that lie in the data folder before the first start: { 'menu.json': '[…]' }. */
  given?: Record<string, string>;
};

/** Steps run in order, on one running program; the first that does not hold ends the check. */
export type Step = {
  /** What happens in the café, in one sentence: 'Ada asks for the teas.' */
  story: string;
  /**
   * Done before the request: the program is ended politely, or by pulling its plug, or the
   * machine's, and started again; or anything else.
   */
  before?: 'restart' | 'kill' | 'power cut' | ((cafe: Cafe) => unknown);
  ask: Ask | ((cafe: Cafe) => Ask | Promise<Ask>);
  want: Want | ((cafe: Cafe) => Want | Promise<Want>);
  /** Looked at in order when the step does not hold: the first that fits names it. */
  mistakes?: Mistake[];
};

/** 'GET /menu/2' is short for { method: 'GET', target: '/menu/2' }. */
export type Ask = string | {
  /** GET, or POST when there is something to send. */
  method?: string;
  target: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Sent as JSON, with its content-type. */
  json?: unknown;
  /** Sent chunked: each piece arrives at the program as one 'data' event. */
  pieces?: (string | Uint8Array)[];
};

/** What must hold of the answer; what is not said is not looked at. */
export type Want = {
  status?: number;
  /** The whole body; white space at its end does not count. */
  text?: string;
  /** The whole body as JSON; the order of names does not count. */
  json?: unknown;
  includes?: string[];
  lacks?: string[];
  /** Each value must contain this text, in capitals or not; null: there is no such header. */
  headers?: Record<string, string | RegExp | null>;
  noBody?: true;
  /** Anything else: a sentence that says what should be and what is, or undefined when it holds. */
  holds?: (came: Came, cafe: Cafe) => string | undefined | Promise<string | undefined>;
};

export type Mistake = {
  /**
   * The letter of the lesson and a number, 'T3'; one mistake has one code in the whole course.
   * 'todo' is the untouched starter.
   */
  code: string;
  /** A few words: 'missing return'. */
  name: string;
  fits: (came: Came, cafe: Cafe) => boolean | Promise<boolean>;
  /** What went wrong, and why, in one sentence (two at most). */
  says: string | ((came: Came) => string);
  /** One thing to try. */
  tryThis: string;
  /** The lesson that explains it, when it is not the exercise's own. */
  lesson?: number;
};

/** What came back, and what became of the program. */
export type Came = {
  /**
   * 'answered'; or what happened instead:
   * 'unended'  the answer began, and nothing is left to do that could end it
   * 'silent'   no answer, and nothing is left to do that could bring one
   * 'busy'     so busy, in a loop perhaps, that it hears nothing more
   * 'cut'      the connection was closed without a whole answer
   * 'ended'    the program ended
   */
  how: 'answered' | 'unended' | 'silent' | 'busy' | 'cut' | 'ended';
  /** 0 when no answer came. */
  status: number;
  headers: [name: string, value: string][];
  /**
   * Its value, whatever the capitals of its name; several are joined by ', ';
   * '' when there is none.
   */
  header(name: string): string;
  text: string;
  bytes: Uint8Array;
  /** undefined when the body is no JSON. */
  json: unknown;
  /** The program ended with this error, while it answered or right after. */
  error: { name: string; code: string; message: string } | undefined;
  /** What the program printed meanwhile. Only for what is seen nowhere else, a log for example. */
  printed: string;
  /**
   * From before the request to after the answer. A busy machine makes it long: ask only whether
   * it can be.
   */
  milliseconds: number;
};

/** The running program, for questions that a step or a mistake has of its own. */
export type Cafe = {
  ask(ask: Ask): Promise<Came>;
  /** What came in the steps before, in order. */
  seen: Came[];
  /** The text of a file in the data folder; undefined when there is none. */
  file(name: string): string | undefined;
  /** All files in the data folder: ['menu.json', 'orders/42.json']. */
  files(): string[];
  /** Ends the program politely (SIGTERM), and starts it again on the same data. */
  restart(): Promise<void>;
  /** Pulls the plug (kill -9), and starts it again on the same data. */
  kill(): Promise<void>;
  /**
   * The same for the whole machine: of each file, what was not flushed when the last answer came
   * is gone.
   */
  cutPower(): Promise<void>;
  /**
   * For each answer since the last start: what a power cut in that moment would have left of this
   * file, to which things are only added.
   */
  flushed(name: string): string[];
  /**
   * Waits until the program has nothing left to do: what it has begun, and not waited for, is
   * done then.
   */
  idle(): Promise<void>;
  /**
   * Like restart(), for a program that may refuse to: does it listen again? If not, the next
   * question starts it once more.
   */
  starts(): Promise<boolean>;
  /** Writes a file into the data folder, as somebody with an editor would. */
  put(name: string, text: string): void;
  /** Puts a folder in place of this file: it can neither be read nor saved until unblock(). */
  block(name: string): void;
  unblock(name: string): void;
  /**
   * The program's next write takes half of what it is given, as on a disk that becomes full; all
   * further ones fail with ENOSPC.
   */
  fillDisk(): Promise<void>;
  freeDisk(): Promise<void>;
  /**
   * Gives a file a second name, and reads it there: what is written over the file is there too,
   * what is swapped in is not.
   */
  link(name: string): () => string;
};

// Calls: which call of a function does a stop belong to?
//
//   stack  [answerWith, router, addItem]        ──►  the calls 1, 2, 3
//   stack  [addItem]  after its "await"         ──►  call 3 goes on, as deep as before
//   stack  [answerWith, router, addItem]  anew  ──►  the calls 4, 5, 6
//
// The debugger knows functions, not calls. A call ends at its return, and until then the same
// function at the same height is the same call. After an await it comes back alone; then Node's
// number of the asynchronous step tells which calls were under way when that step was made.

export type Call = {
  number: number;
  /** The file and number of its function. */
  fn: string;
  depth: number;
  parent: Call | undefined;
  ended: boolean;
  /** What was last seen in it, by variable. */
  values: Map<string, { value: unknown; text: string }>;
};

export type Stop = {
  /** The functions from the outermost to the one that stopped. */
  fns: string[];
  /** Node's number of the asynchronous step that runs. */
  step: number;
};

export type Calls = {
  enter(stop: Stop): Call;
  /** Notes that the asynchronous step was made by what runs now; false if nothing of ours runs. */
  note(madeStep: number, runningStep: number): boolean;
  /** The latest call of a function. */
  latest(fn: string): Call | undefined;
};

type Around = (fn: string) => string | undefined;

/** `around` tells the function in which another one is written. */
export function trackCalls(around: Around, nextNumber: () => number): Calls {
  return new CallTracker(around, nextNumber);
}

class CallTracker implements Calls {
  readonly #around: Around;
  readonly #nextNumber: () => number;
  /** The calls under way, from the outermost, and the asynchronous step that they run in. */
  #stack: Call[] = [];
  #running = -1;
  /** The calls that were under way when a step was made. */
  readonly #made = new Map<number, Call[]>();
  readonly #latest = new Map<string, Call>();

  constructor(around: Around, nextNumber: () => number) {
    this.#around = around;
    this.#nextNumber = nextNumber;
  }

  enter({ fns, step }: Stop): Call {
    const isSame = step === this.#running;
    const known = isSame ? sameStart(this.#stack, fns) : this.#resumed(step, fns[0]!);
    const stack = [...known];
    for (const fn of fns.slice(known.length)) {
      stack.push(this.#begin(fn, stack.at(-1) ?? this.#creator(step, fn)));
    }
    this.#running = step;
    this.#stack = stack;
    return stack.at(-1)!;
  }

  note(madeStep: number, runningStep: number): boolean {
    if (runningStep !== this.#running || this.#stack.every(({ ended }) => ended)) return false;
    if (this.#made.size > 20_000) this.#made.clear();
    this.#made.set(madeStep, this.#stack);
    return true;
  }

  latest(fn: string): Call | undefined {
    return this.#latest.get(fn);
  }

  #resumed(step: number, fn: string): Call[] {
    const before = this.#made.get(step) ?? [];
    const call = before.findLast((one) => one.fn === fn && !one.ended);
    return call ? [call] : [];
  }

  // What nobody called was asked for earlier: by the call that made the step, or by the one in
  // which the function is written.
  #creator(step: number, fn: string): Call | undefined {
    const maker = this.#made.get(step)?.findLast((one) => !one.ended);
    return maker ?? this.latest(this.#around(fn) ?? '');
  }

  #begin(fn: string, parent: Call | undefined): Call {
    const call = {
      number: this.#nextNumber(),
      fn,
      depth: parent ? parent.depth + 1 : 0,
      parent,
      ended: false,
      values: new Map(),
    };
    this.#latest.set(fn, call);
    return call;
  }
}

function sameStart(stack: Call[], fns: string[]): Call[] {
  const other = stack.findIndex(({ fn, ended }, at) => fn !== fns[at] || ended);
  return other < 0 ? stack : stack.slice(0, other);
}

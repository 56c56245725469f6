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

/** `around` tells the function in which another one is written. */
export function trackCalls(around: (fn: string) => string | undefined, nextNumber: () => number): Calls {
  let stack: Call[] = [];
  let running = -1;
  const made = new Map<number, Call[]>();
  const latest = new Map<string, Call>();

  function enter({ fns, step }: Stop): Call {
    const known = step === running ? sameStart(stack, fns) : resumed(step, fns[0]!);
    running = step;
    stack = [...known];
    for (const fn of fns.slice(known.length)) stack.push(begin(fn, stack.at(-1) ?? creator(step, fn)));
    return stack.at(-1)!;
  }

  function resumed(step: number, fn: string): Call[] {
    const before = made.get(step) ?? [];
    const call = before.findLast((one) => one.fn === fn && !one.ended);
    return call ? [call] : [];
  }

  // What nobody called was asked for earlier: by the call that made the step, or by the one in
  // which the function is written.
  function creator(step: number, fn: string): Call | undefined {
    return made.get(step)?.findLast((one) => !one.ended) ?? latest.get(around(fn) ?? '');
  }

  function begin(fn: string, parent: Call | undefined): Call {
    const call = { number: nextNumber(), fn, depth: parent ? parent.depth + 1 : 0, parent, ended: false, values: new Map() };
    latest.set(fn, call);
    return call;
  }

  function note(madeStep: number, runningStep: number): boolean {
    if (runningStep !== running || stack.every(({ ended }) => ended)) return false;
    if (made.size > 20_000) made.clear();
    made.set(madeStep, stack);
    return true;
  }

  return { enter, note, latest: (fn) => latest.get(fn) };
}

function sameStart(stack: Call[], fns: string[]): Call[] {
  let length = 0;
  while (length < stack.length && length < fns.length && stack[length]!.fn === fns[length] && !stack[length]!.ended) length += 1;
  return stack.slice(0, length);
}

// Taught in lesson 17
// batches: one flush for all that wait.
//
//   add(ada's order)   ──►  write([ada])         its flush takes a while
//   add(bob's order)        bob waits
//   add(eve's order)        eve waits
//                      ──►  write([bob, eve])    the next flush is for both of them
//
// A flush costs the same for one line as for a hundred, and it is by far the most expensive step.
// So a change that arrives during a flush waits for the next one, together with all the others. A
// flush for each line would be simpler, and under load many times slower.

/** Others in the queue can still be answered soon when a batch has no more than this. */
const AT_ONCE = 1_000;

export class Batches<Waiting> {
  readonly #write: (batch: Waiting[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #between: { job: () => Promise<void>; resolve: () => void } | undefined;

  constructor(write: (batch: Waiting[]) => Promise<void>) {
    this.#write = write;
  }

  add(one: Waiting): void {
    this.#waiting.push(one);
    this.#running ??= this.#run();
  }

  // After the turn of the event loop: all requests that came in it share the flush.
  async #run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0 || this.#between) {
      await this.#write(this.#waiting.splice(0, AT_ONCE));
      await this.#runBetween();
    }
    this.#running = undefined;
  }

  // ── rare cases ──────────────────────────────────────────────────────────────────────────────

  /** Runs the job between two batches. What is added during the job waits for it. */
  runBetween(job: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.#between = { job, resolve };
      this.#running ??= this.#run();
    });
  }

  async #runBetween(): Promise<void> {
    const between = this.#between;
    this.#between = undefined;
    if (between) await between.job();
    between?.resolve();
  }

  /** They leave the queue, and are in no batch. */
  takeWaiting(): Waiting[] {
    return this.#waiting.splice(0);
  }

  /** Resolves when nothing is on its way any more. */
  async finish(): Promise<void> {
    while (this.#running) await this.#running;
  }
}

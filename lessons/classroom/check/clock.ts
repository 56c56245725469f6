// The program's own clock: it goes only while the program has turns (warm.js).
//
//   clock.beats(125)   ──►  resolves when it has beaten so often
//   clock.hear(5000)   ──►  the first beat that is heard: from there all waiting is counted

export class Clock {
  #beat: number | undefined;
  readonly #waiting = new Map<() => void, number>();

  beats(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(resolve, (this.#beat ?? 0) + count));
  }

  // It went before anybody listened: what is waited for until the first beat counts from there.
  hear(now: number): void {
    if (this.#beat === undefined) {
      for (const [resolve, at] of this.#waiting) this.#waiting.set(resolve, at + now);
    }
    this.#beat = now;
    for (const [resolve, at] of this.#waiting) {
      if (now >= at && this.#waiting.delete(resolve)) resolve();
    }
  }
}

// Lesson 11 · turns: one thing after the other, although everybody asks at once.
//
//   inTurn(saveA)   ──►  ▓▓▓
//   inTurn(saveB)   ──►     ▓▓▓▓     begins when saveA is over
//   inTurn(saveC)   ──►         ▓▓
//
// A queue is no list here, but a promise: the last one in the row, to which the next job is tied.
// A flag ("saving = true") would need somebody who looks at it again later.

export type Run = <Result>(job: () => Promise<Result>) => Promise<Result>;

export function oneAfterTheOther(): Run {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {}); // Whoever asked is told of a failure; those behind go on.
    return result;
  };
}

// Lesson 11 · turns: one job after the other, although all are asked for at once.
//
//   inTurn(saveA)   ──►  ▓▓▓
//   inTurn(saveB)   ──►     ▓▓▓▓     begins when saveA is over
//   inTurn(saveC)   ──►         ▓▓
//
// The queue is one promise, that of the last job, and the next job is chained to it. With a flag
// ("saving = true"), some code would have to look at it again and again.

export type Run = <Result>(job: () => Promise<Result>) => Promise<Result>;

export function oneAfterTheOther(): Run {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {}); // The caller gets the error; later jobs go on.
    return result;
  };
}

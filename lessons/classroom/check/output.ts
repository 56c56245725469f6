// What a program prints, cut where the check put its marks.
//
//   'Listening on …\n' + mark 1 + 'GET /menu 200\n' + mark 2  ──►  until('2') is 'GET /menu 200\n'
//
// A program may print without end: a beginning is kept of each part, the lines are counted.

/** Characters kept of each part. */
const kept = 20_000;

export type Output = {
  add(text: string): void;
  /** What was printed between the mark before and this one, once it has come. */
  until(mark: string): Promise<string>;
  /** What came since the last mark. */
  rest(): string;
  lines(): number;
  has(mark: string): boolean;
};

export function collectOutput(): Output {
  const parts = new Map<string, string>();
  const waiting = new Map<string, (part: string) => void>();
  let part = '';
  let unread = '';
  let lines = 0;

  function add(text: string): void {
    const pieces = (unread + text).split('\u0001');
    // An odd number of signs: the last mark has begun and not ended.
    unread = pieces.length % 2 === 0 ? `\u0001${pieces.pop()}` : '';
    for (const [index, piece] of pieces.entries()) index % 2 === 0 ? keep(piece) : end(piece);
  }

  function keep(piece: string): void {
    if (part.length < kept) part += piece.slice(0, kept - part.length);
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) lines += 1;
  }

  function end(mark: string): void {
    parts.set(mark, part);
    waiting.get(mark)?.(part);
    part = '';
  }

  function until(mark: string): Promise<string> {
    const there = parts.get(mark);
    if (there !== undefined) return Promise.resolve(there);
    return new Promise((resolve) => waiting.set(mark, resolve));
  }

  return { add, until, rest: () => part, lines: () => lines, has: (mark) => parts.has(mark) };
}

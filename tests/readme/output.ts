// Was the output that a README shows really seen?
//
//   shown                        seen
//   Café on http://…       ──►   > hello-backend@0.1.0 start     (what stands before may differ)
//   …                            Café on http://localhost:3000
//   GET /menu 200 …              …any lines…
//                                GET /menu 200 3 ms              (… at the end: any rest)

const any = '…';

/** A sentence that names the first line that was not seen; undefined when all were. */
export function notSeen(shown: string[], output: string): string | undefined {
  const seen = linesOf(output);
  let from = 0;
  for (const group of groupsOf(shown)) {
    const found = find(group, seen, from);
    if (found === -1) return `The line "${firstMissing(group, seen, from)}" was not printed, or not at this place.`;
    from = found + group.length;
  }
  return undefined;
}

function linesOf(output: string): string[] {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '');
  return plain.split('\n').map((line) => line.trimEnd());
}

/** Lines between two lines of "…" belong together: they must be seen without a gap. */
function groupsOf(shown: string[]): string[][] {
  const groups: string[][] = [[]];
  for (const line of shown.map((line) => line.trimEnd())) {
    if (line.trim() === any) groups.push([]);
    else groups.at(-1)!.push(line);
  }
  return groups.filter((group) => group.length > 0);
}

function find(group: string[], seen: string[], from: number): number {
  return seen.findIndex((_, start) => start >= from && group.every((line, index) => fits(line, seen[start + index])));
}

function fits(line: string, seen: string | undefined): boolean {
  if (seen === undefined) return false;
  return line.endsWith(any) ? seen.startsWith(line.slice(0, -any.length)) : seen === line;
}

function firstMissing(group: string[], seen: string[], from: number): string {
  const lengths = group.map((_, index) => group.length - 1 - index);
  const found = lengths.find((length) => find(group.slice(0, length), seen, from) !== -1);
  return group[found ?? 0]!;
}

/** Node's own warnings: a reader would take them for a fault of the course. */
export function warningIn(output: string): string | undefined {
  return linesOf(output).find((line) => /^\(node:\d+\) |^Warning: /.test(line));
}

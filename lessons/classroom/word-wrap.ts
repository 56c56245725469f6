// Word wrap: what is printed fits the terminal, and no word is broken.
//
//   wrapWords('The handler ran and handed nothing back.', '  Why  ', '       ')
//     ──►  ['  Why  The handler ran and',
//           '       handed nothing back.']          in a terminal of 30 columns

/** A wider terminal is not filled: long lines are hard to read. A pipe has 80 columns. */
export function terminalColumns(): number {
  return Math.min(process.stdout.columns || 80, 100);
}

/** `first` comes before the first line, `rest` before each of the others. */
export function wrapWords(
  text: string,
  first: string,
  rest = first,
  width = terminalColumns(),
): string[] {
  const [word = '', ...words] = text.split(' ');
  const lines = [first + word];
  for (const next of words) {
    const line = lines.at(-1)!;
    if (lengthOf(line) + 1 + lengthOf(next) <= width) lines[lines.length - 1] = `${line} ${next}`;
    else lines.push(rest + next);
  }
  return lines;
}

/** In columns: a colour takes none. */
function lengthOf(text: string): number {
  return [...text.replace(/\x1b\[[0-9;]*m/g, '')].length;
}

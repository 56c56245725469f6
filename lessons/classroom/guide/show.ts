// Showing what the guide tells, as a person reads it.
//
//   ● GET /menu was answered twice.
//     Where   GET /menu, in server.ts, line 9
//     Why     The answer was over in line 6, and then line 9 began another one.
//     Try     Put "return" before the answer in line 6.
//     Lesson  2

import { paint } from '../paint.ts';
import { terminalColumns, wrapWords } from '../word-wrap.ts';

/** One message of the guide. `request`, `file` and `line` are null where nobody knows them. */
export type Told = {
  code: string;
  what: string;
  request: string | null;
  file: string | null;
  line: number | null;
  why: string;
  try: string;
  lesson: number;
  /** The line is where the answer ended, or should have: the slip itself is somewhere before it. */
  near?: true;
};

/** Prints each slip in full once, and then in a line. Who has a port, the keeper says better. */
export function printTold(): (told: Told) => void {
  const known = new Set<string>();
  return (told) => {
    if (told.code === 'port-taken' || told.code === 'port-forbidden') return;
    const key = `${told.code} ${told.file} ${told.line}`;
    console.log(known.has(key) ? showAgain(told) : showTold(told));
    known.add(key);
  };
}

export function showTold(told: Told, width = terminalColumns()): string {
  const row = (name: string, text: string) =>
    wrapWords(text, `  ${paint('dim', name.padEnd(6))}  `, ' '.repeat(10), width);
  const what = wrapWords(told.what, `${paint('yellow', '●')} `, '  ', width);
  return [
    ...what.map((text) => paint('bold', text)),
    ...where(told).flatMap((text) => row('Where', text)),
    ...row('Why', told.why),
    ...row('Try', told.try),
    ...row('Lesson', String(told.lesson)),
  ].join('\n');
}

/** The same slip at the same place once more. */
function showAgain(told: Told): string {
  const above = `(${where(told).join('')}: as above)`;
  return `${paint('yellow', '●')} ${told.what} ${paint('dim', above)}`;
}

function where({ request, file, line }: Told): string[] {
  const place = line === null ? file : `${file}, line ${line}`;
  const parts = [request, file === null ? null : place].filter((part) => part !== null);
  return parts.length === 0 ? [] : [parts.join(', in ')];
}

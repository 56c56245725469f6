// The table of what was replaced (lessons/replaced.md), read as rows.
//
//   | request 05.2 `GET /menu/2?hour=3` | 06 | closing time was a demonstration |
//   | route `GET /menu/aloud` | 06 | it was a demonstration |
//   | lesson 08, as a guest | 16 | only staff may change the menu |

export type Row = { line: number; what: string; since: string; why: string };

export type Replaced = {
  /** By '05.2'; `what` is '05.2 GET /menu/2?hour=3'. */
  requests: Map<string, Row>;
  /** By 'GET /menu/aloud'. */
  routes: Map<string, Row>;
  /** Lessons whose requests are sent by staff, by '08'. */
  guests: Map<string, Row>;
  /** Sentences about rows that cannot be read. */
  wrong: string[];
};

const heading = '| What | Replaced by | Why |';
const forms = {
  requests: /^request ((\d\d\.\d+) `[^`]+`)$/,
  routes: /^route (`([A-Z]+ \/[^`]*)`)$/,
  guests: /^lesson ((\d\d)), as a guest$/,
} as const;

export function readReplaced(text: string): Replaced {
  const read: Replaced = { requests: new Map(), routes: new Map(), guests: new Map(), wrong: [] };
  const lines = text.split(/\r?\n/);
  const start = lines.indexOf(heading);
  if (start === -1) read.wrong.push(`lessons/replaced.md has no table "${heading}".`);
  for (const [index, line] of lines.entries()) {
    if (start !== -1 && index > start + 1 && line.startsWith('|')) addRow(read, line, index + 1);
  }
  return read;
}

function addRow(read: Replaced, text: string, line: number): void {
  const [, what = '', since = '', why = ''] = /^\| (.+?) \| (\d\d) \| (.+) \|$/.exec(text) ?? [];
  for (const kind of ['requests', 'routes', 'guests'] as const) {
    const [, named, key] = forms[kind].exec(what) ?? [];
    if (named === undefined || key === undefined) continue;
    if (read[kind].has(key)) read.wrong.push(twice(line));
    read[kind].set(key, { line, what: named.replaceAll('`', ''), since, why });
    return;
  }
  read.wrong.push(`lessons/replaced.md, line ${line}: "${text}" is no row. Write for example: ` +
    '| request 05.2 `GET /menu/2?hour=3` | 06 | closing time was a demonstration |');
}

function twice(line: number): string {
  return `lessons/replaced.md, line ${line}: is there twice. Take one of the two out.`;
}

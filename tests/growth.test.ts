// The café grows: what each lesson adds to server.ts is counted, printed, and shown to a learner.
//
//   07 body   +1 −1   5 rows   `...noteBook()`: guests send us notes
//
// That a step removes little, and that each change has its reason, are laws (laws/growth.ts).
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { run as runStep } from '../lessons/classroom/commands/step.ts';
import { readCourse, root } from '../lessons/classroom/course.ts';
import { compareServers } from '../lessons/classroom/step/growth.ts';
import { showStep, showSteps, tableOfGrowth } from '../lessons/classroom/step/show.ts';
import { readSteps } from '../lessons/classroom/step/steps.ts';
import { readWhy } from '../lessons/classroom/step/why.ts';

const steps = readSteps(readCourse());

test('the table of growth', (t) => {
  const { length } = steps;
  assert.equal(length, readCourse().length - 1);
  for (const line of showSteps(steps).split('\n').slice(2, length + 3)) t.diagnostic(line);
});

test('lessons/README.md shows the table of growth as it is measured', () => {
  const page = readFileSync(join(root, 'lessons/README.md'), 'utf8').split('\n');
  const table = tableOfGrowth(steps);
  const shown = page.slice(page.indexOf(table[0]!));
  assert.deepEqual(shown.slice(0, shown.indexOf('')), table);
});

// Lesson 12 is meant for two sittings. The login is two rows over.
const most: Record<string, number> = { '12': 60, '15': 32 };

test('a step has at most 30 rows to read at a sitting', () => {
  const long = steps.filter(({ lesson, growth }) => growth.rows > (most[lesson.id] ?? 30))
    .map(({ lesson, growth }) => `${lesson.id} ${lesson.name}: ${growth.rows}`);
  assert.deepEqual(long, []);
});

test('no row of the table is wider than a terminal of 80 columns', () => {
  assert.deepEqual(showSteps(steps).split('\n').filter((line) => line.length > 80), []);
});

const bring = (name: string, path: string) => `import { ${name} } from '../${path}';`;

const before = `${bring('text', '02-reply/reply.ts')}
${bring('accidents', '06-errors/accidents.ts')}

const menu = [...items];

const routes = [
  ...accidents,
];

const cafe = router(routes);
listen(cafe);
`;
const later = `${bring('\n  text,\n', '02-reply/reply.ts')}
${bring('noteBook', '07-body/note-book.ts')}

const menu = [...items];

const routes = [
  ...noteBook(),
];


const cafe = router(routes);
listen(cafe);
after(cafe);
`;

test('compareServers() counts neither imports nor blank lines, and shows one line around', () => {
  assert.deepEqual(compareServers(before, later), {
    added: 2,
    removed: 1,
    rows: 7,
    blocks: [
      {
        before: { mark: ' ', text: 'const routes = [' },
        changed: [{ mark: '-', text: '  ...accidents,' }, { mark: '+', text: '  ...noteBook(),' }],
        after: { mark: ' ', text: '];' },
      },
      {
        before: { mark: ' ', text: 'listen(cafe);' },
        changed: [{ mark: '+', text: 'after(cafe);' }],
        after: undefined,
      },
    ],
    imports: { added: ['07-body/note-book.ts'], removed: ['06-errors/accidents.ts'] },
  });
});

test('compareServers() shows a line between two changes once', () => {
  const { blocks, rows } = compareServers('a;\nb;\nc;\n', 'new1;\na;\nnew2;\nb;\nc;\n');
  assert.equal(rows, 4);
  assert.deepEqual(blocks.map((block) => [block.before?.text, block.after?.text]),
    [[undefined, 'a;'], [undefined, 'b;']]);
});

test('readWhy() joins the lines of a reason and finds its pieces of code', () => {
  assert.deepEqual(readWhy('# A note\n\n- `a` and\n  `b` come.\n- `c` leaves.\n'), {
    title: 'A note',
    reasons: [
      { text: '`a` and `b` come.', codes: ['a', 'b'] },
      { text: '`c` leaves.', codes: ['c'] },
    ],
  });
});

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A course of two lessons and a folder that has only a text. */
function makeCourse(reasons?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'growth-'));
  folders.push(folder);
  const files = {
    'lessons/01-hello/server.ts': before,
    'lessons/02-reply/server.ts': later,
    'lessons/02-reply/README.md': '# 02 reply: the café answers\n',
    'lessons/02-reply/step.md': reasons,
    'lessons/03-address/README.md': '# 03 address: soon\n',
  };
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('npm run step', () => {
  const imports = '  … imports: + 07-body/note-book.ts, - 06-errors/accidents.ts';

  test('shows each reason above the line that it speaks of', () => {
    const course = readCourse(makeCourse(`# The notes: \`noteBook()\`

- \`...accidents\` leaves: it was a demonstration,
  and its reason is long enough for two rows.
- \`...noteBook()\` brings the notes.
- \`after(cafe)\` comes last.
`));
    const shown = readSteps(course).map(showStep).join('\n');
    assert.equal(shown, `Lesson 2, reply: server.ts since lesson 1, +2 −1
The notes: \`noteBook()\`
${imports}
→ \`...accidents\` leaves: it was a demonstration, and its reason is long enough
  for two rows.
  const routes = [
-   ...accidents,
→ \`...noteBook()\` brings the notes.
+   ...noteBook(),
  ];
→ \`after(cafe)\` comes last.
  listen(cafe);
+ after(cafe);`);
  });

  test('shows a step without step.md, and one with a reason for nothing', () => {
    const bare = readSteps(readCourse(makeCourse())).map(showStep).join('\n');
    assert.equal(bare, `Lesson 2, reply: server.ts since lesson 1, +2 −1
${imports}
  …
  const routes = [
-   ...accidents,
+   ...noteBook(),
  ];
  …
  listen(cafe);
+ after(cafe);`);
    const [, , stray] = readSteps(readCourse(makeCourse('# A\n- `gone()` is gone.\n')))
      .map(showStep).join('\n').split('\n');
    assert.equal(stray, '→ `gone()` is gone.');
  });

  test('folds many imports into one row', () => {
    const row = steps.map(showStep).map((text) => text.split('\n').filter((line) =>
      line.startsWith('  … imports: ')));
    assert.deepEqual(row.filter((lines) => lines.length !== 1 || lines[0]!.length > 80), []);
    assert.match(row[10]![0]!, /^  … imports: \+ 12-pages\/\S+\.ts, .* and \d+ more$/);
  });

  const wrong: [words: string[], sentence: string][] = [
    [['1'], 'Lesson 1 is the first one, so there is no step to it: ' +
      'open lessons/01-hello/server.ts. The first step: npm run step 2'],
    [['3'], 'Lesson 3 has no server.ts in it, so there is no step to show.'],
    [['0'], 'Lesson 0 is a text to read, with no server in it: open lessons/README.md.'],
    [['tea'], 'There is no lesson "tea". There are: 1 hello, 2 reply, 3 address.'],
    [['2', 'raw', 'now'], '"raw now" means nothing here. Write: npm run step 2'],
  ];
  for (const [words, message] of wrong) {
    test(`says what to do after "npm run step ${words.join(' ')}"`, () =>
      assert.rejects(runStep(words, makeCourse()), { name: 'Advice', message }));
  }
});

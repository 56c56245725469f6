// The gallery of mistakes: a page becomes programs, and whatever does not fit is refused in one
// sentence with its page and line.
//
//   -  return text(200, 'menu');      in no program, or in it twice
//     ──►  'mistakes.md, line 12: the old line "…" is not in solution.ts. Copy it from there, …'

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { readExercises, type Exercise } from '../lessons/classroom/check/exercises.ts';
import { parseGallery, readGallery } from '../lessons/classroom/check/gallery.ts';
import { programOf, withProgram } from '../lessons/classroom/check/mistake.ts';
import { applyPatch } from '../lessons/classroom/check/patch.ts';

const root = mkdtempSync(join(tmpdir(), 'gallery-'));
after(() => rmSync(root, { recursive: true, force: true }));

// A word of its own, so that this file does not seem to import what its programs do.
const from = 'from';

const solution = `// Exercise: the menu.

import { text } ${from} '../../../../02-reply/reply.ts';

function showMenu() {
  const items = ['flat white'];
  return text(200, items.join());
}

function showTeas() {
  return text(200, 'tea');
}
`;

const mistake = `### T3 missing return: menu-without-return

The handler ran and handed nothing back: "\\<p>" is not
there.

\`\`\`diff
-  return text(200, items.join());
+  text(200, items.join());
\`\`\`
`;

const page = `# Mistakes: The menu

Programs with one mistake each.

## By code

${mistake}
### T3 missing return: teas-without-return

The handler ran and handed nothing back.

\`\`\`diff right/arrows.ts
 const showTeas = () => {
-  return text(200, 'tea');
+  text(200, 'tea');
\`\`\`

### X5 not there: nothing

The program ended by itself.

\`\`\`ts
import { text } ${from} '../../../../02-reply/reply.ts';
\`\`\`
`;

const right = `// With arrows.

import { text } ${from} '../../../../../02-reply/reply.ts';

const showMenu = () => text(200, 'menu');
const showTeas = () => {
  return text(200, 'tea');
};
`;

/** An exercise in a folder of its own, with this page. */
function makeExercise(text: string): Exercise {
  const at = mkdtempSync(join(root, 'course-'));
  const folder = join(at, 'lessons/04-router/exercises/menu');
  mkdirSync(join(folder, 'proof/right'), { recursive: true });
  writeFileSync(join(folder, 'proof/solution.ts'), solution);
  writeFileSync(join(folder, 'proof/right/arrows.ts'), right);
  writeFileSync(join(folder, 'proof/mistakes.md'), text);
  return readExercises(at)[0]!;
}

describe('readGallery()', () => {
  test('reads code, name, slug, place and sentence of each mistake', () => {
    const told = readGallery(makeExercise(page)).map(({ lines, ...rest }) => rest);
    const missing = { code: 'T3', name: 'missing return' };
    const says = 'The handler ran and handed nothing back';
    assert.deepEqual(told, [
      {
        ...missing, number: 1, slug: 'menu-without-return', says: `${says}: "<p>" is not there.`,
        base: 'solution.ts', isWhole: false,
      },
      {
        ...missing, number: 2, slug: 'teas-without-return', says: `${says}.`,
        base: 'right/arrows.ts', isWhole: false,
      },
      {
        code: 'X5', name: 'not there', number: 1, slug: 'nothing',
        says: 'The program ended by itself.', base: 'solution.ts', isWhole: true,
      },
    ]);
  });

  test('finds no mistake where there is no page', () => {
    const exercise = makeExercise('');
    rmSync(exercise.mistakes);
    assert.deepEqual(readGallery(exercise), []);
  });

  test('does not mind spaces at the end of a heading or a fence', () => {
    const spaced = page.replaceAll(/^(#.*|```.*)$/gm, '$1  ');
    const read = (text: string) => parseGallery(text, 'mistakes.md');
    assert.notEqual(spaced, page);
    assert.deepEqual(read(spaced), read(page));
  });

  test('lets a code of your own go without a sentence', () => {
    const short = '### Z1 no milk: no-milk\n\n```ts\nmilk();\n```\n';
    assert.deepEqual(parseGallery(short, 'mistakes.md').map(({ says }) => says), ['']);
  });
});

describe('programOf()', () => {
  test('makes the change to the solution, and tells the mistake above it', () => {
    const exercise = makeExercise(page);
    const program = programOf(readGallery(exercise)[0]!, exercise);
    assert.equal(program, `// T3 missing return: menu-without-return
// The handler ran and handed nothing back: "<p>" is not there.

import { text } ${from} '../../../02-reply/reply.ts';

function showMenu() {
  const items = ['flat white'];
  text(200, items.join());
}

function showTeas() {
  return text(200, 'tea');
}
`);
  });

  test('takes a program of right/, or a whole one, and leads every import to the same file', () => {
    const exercise = makeExercise(page);
    const [, second, third] = readGallery(exercise);
    assert.equal(programOf(second!, exercise), `// T3 missing return: teas-without-return
// The handler ran and handed nothing back.

import { text } ${from} '../../../02-reply/reply.ts';

const showMenu = () => text(200, 'menu');
const showTeas = () => {
  text(200, 'tea');
};
`);
    assert.equal(programOf(third!, exercise), `// X5 not there: nothing
// The program ended by itself.

import { text } ${from} '../../../02-reply/reply.ts';
`);
  });

  test('reads a page and a program that were saved with CR LF', () => {
    const exercise = makeExercise(page);
    const wanted = readGallery(exercise).map((one) => programOf(one, exercise));
    writeFileSync(join(exercise.folder, 'proof/solution.ts'), solution.replaceAll('\n', '\r\n'));
    writeFileSync(join(exercise.folder, 'proof/right/arrows.ts'), right.replaceAll('\n', '\r\n'));
    writeFileSync(exercise.mistakes, page.replaceAll('\n', '\r\n'));
    assert.deepEqual(readGallery(exercise).map((one) => programOf(one, exercise)), wanted);
  });
});

test('withProgram() puts the program into the course, and leaves nothing there', async () => {
  const exercise = makeExercise(page);
  const at = resolve(exercise.folder, '../../../..');
  const files: string[] = [];
  await withProgram(readGallery(exercise)[0]!, exercise, at, async (file) => {
    files.push(file);
    assert.match(readFileSync(file, 'utf8'), /from '\.\.\/\.\.\/\.\.\/02-reply\/reply\.ts'/);
  });
  const failing = withProgram(readGallery(exercise)[1]!, exercise, at, async (file) => {
    files.push(file);
    throw new Error('no milk');
  });
  await assert.rejects(failing, /no milk/);
  assert.equal(files.length, 2);
  for (const file of files) {
    assert.ok(file.startsWith(join(at, 'lessons/classroom/.running')), file);
    assert.equal(existsSync(file), false, file);
  }
});

type Refused = { what: string; change: [from: string, to: string]; says: string };

const pages: Refused[] = [
  {
    what: 'a heading without a slug',
    change: [': menu-without-return', ''],
    says: "line 1: a mistake's heading is its code, its name, \":\" and its slug, such as " +
      '"### T3 missing return: filter-without-return", but this is "### T3 missing return".',
  },
  {
    what: 'a heading of another level',
    change: ['### T3', '#### T3'],
    says: "line 1: a mistake's heading is its code, its name, \":\" and its slug, such as " +
      '"### T3 missing return: filter-without-return", ' +
      'but this is "#### T3 missing return: menu-without-return".',
  },
  {
    what: 'a slug that a command would take for a word of its own',
    change: ['menu-without-return', 'once'],
    says: 'line 1: "once" would mean something else in a command. ' +
      'Choose another slug, such as "missing-return".',
  },
  {
    what: 'a slug that is a number',
    change: ['menu-without-return', '2'],
    says: 'line 1: "2" would mean something else in a command. ' +
      'Choose another slug, such as "missing-return".',
  },
  {
    what: 'a slug that is there twice, in capitals or not',
    change: [mistake, mistake.replace('menu', 'Menu') + mistake.replace('menu', 'MENU')],
    says: 'line 10: "MENU-without-return" is a code or a slug on this page already. ' +
      'Choose another slug, such as "missing-return".',
  },
  {
    what: 'a slug that is a code',
    change: ['menu-without-return', 't3'],
    says: 'line 1: "t3" is a code or a slug on this page already. ' +
      'Choose another slug, such as "missing-return".',
  },
  {
    what: 'no sentence',
    change: [mistake.slice(mistake.indexOf('The'), mistake.indexOf('```')), ''],
    says: 'line 1: "menu-without-return" has no sentence. ' +
      'Write what the check says above its block.',
  },
  {
    what: 'a sentence below the block',
    change: [mistake, `${mistake}\nSee lesson 2.\n`],
    says: 'line 11: the sentence of "menu-without-return" belongs above its block. Move it there.',
  },
  {
    what: 'no block',
    change: [mistake.slice(mistake.indexOf('```')), ''],
    says: 'line 1: "menu-without-return" has no change. ' +
      'Write it below the sentence, between "```diff" and "```".',
  },
  {
    what: 'an empty block',
    change: [/-.*\n\+.*\n/.exec(mistake)![0], ''],
    says: 'line 1: "menu-without-return" has no change. ' +
      'Write it below the sentence, between "```diff" and "```".',
  },
  {
    what: 'a second block',
    change: [mistake, `${mistake}\n\`\`\`diff\n-a\n\`\`\`\n`],
    says: 'line 11: "menu-without-return" has a block already. ' +
      'Write "@@" between two changes, or give this one a heading of its own.',
  },
  {
    what: 'a block below no heading',
    change: ['### T3 missing return: menu-without-return', '## T3'],
    says: 'line 6: this block belongs to no mistake. Write a heading above it, ' +
      'such as "### T3 missing return: filter-without-return".',
  },
  {
    what: 'a block that is not closed',
    change: ['```\n', ''],
    says: 'line 6: this block is not closed. End it with a line "```".',
  },
  {
    what: 'a block that is not closed before the next',
    change: [mistake, `${mistake.slice(0, -4)}\n### T4 more: more\n\nMore.\n\n\`\`\`diff\n`],
    says: 'line 14: a block begins within the block above. End that one with a line "```".',
  },
  ...[
    ' ```diff', '~~~diff', '```js', '```ts right/arrows.ts', '```diff ../server.ts',
  ].map((fence) => ({
    what: `a block that opens with "${fence}"`,
    change: ['```diff', fence] as [string, string],
    says: 'line 6: a block opens with "```diff", "```diff right/some-name.ts" or "```ts", ' +
      `at the very start of its line, but this is "${fence}".`,
  })),
];

describe('parseGallery() refuses', () => {
  for (const { what, change: [from, to], says } of pages) {
    test(what, () => {
      assert.ok(mistake.includes(from), 'the page of this test has nothing to change');
      const read = () => parseGallery(mistake.replace(from, () => to), 'mistakes.md');
      assert.throws(read, { name: 'Advice', message: `mistakes.md, ${says}` });
    });
  }
});

const program = ['a', 'b', '', 'c', 'a', 'd'];

/** Each line of a patch says where it is written. */
function patch(text: string) {
  return text.split('\n').map((line, index) => ({ text: line, at: `page, line ${index + 1}` }));
}

describe('applyPatch()', () => {
  const made: [what: string, text: string, wanted: string][] = [
    ['puts a line in the place of another', '-c\n+C', 'a b  C a d'],
    ['takes a line out', '-b', 'a  c a d'],
    ['adds a line below one that stays', ' d\n+e', 'a b  c a d e'],
    ['finds a line that is there twice by the one above it', ' c\n-a', 'a b  c d'],
    ['takes an empty line for one that stays', '-b\n\n-c', 'a  a d'],
    ['takes out an empty line', ' b\n-\n c', 'a b c a d'],
    ['makes two changes', '-b\n+B\n@@\n-d\n+D', 'a B  c a D'],
    ['makes a change right below another', '-b\n+B\n@@\n-\n-c', 'a B a d'],
  ];
  for (const [what, text, wanted] of made) {
    test(what, () => {
      assert.equal(applyPatch(program, patch(text), 'solution.ts').join(' '), wanted);
    });
  }

  const refused: [what: string, text: string, says: string][] = [
    [
      'an old line that is not there', '-b\n+B\n@@\n-x\n+y',
      'line 3: the old line "x" is not in solution.ts. Copy it from there, with its spaces.',
    ],
    [
      'an old line with other spaces', '- b',
      'line 1: the old line "b" is not in solution.ts. Copy it from there, with its spaces.',
    ],
    [
      'old lines that are not one after the other', '-b\n-c',
      'line 1: the old lines of this change are in solution.ts, but not one after the other. ' +
        'Copy them from there, or write "@@" between two changes.',
    ],
    [
      'an old line that is there twice', '-a',
      'line 1: the old lines of this change are in solution.ts 2 times. ' +
        'Add a line from above or below them.',
    ],
    [
      'a change without an old line', '+x',
      'line 1: this change has no old line to say where it belongs. ' +
        'Add the line above or below it, with a space before it.',
    ],
    [
      'a change that changes nothing', ' b\n\n c',
      'line 1: this change changes nothing. ' +
        'Begin a line with "-" or "+", or take the change out.',
    ],
    [
      'nothing between two changes', '-b\n@@\n@@\n-d',
      'line 2: this change changes nothing. ' +
        'Begin a line with "-" or "+", or take the change out.',
    ],
    [
      'a line without a sign', 'b\n+c',
      'line 1: "b" must begin with "-" (it goes), "+" (it comes) or a space (it stays).',
    ],
    [
      'changes in another order than the program has', '-d\n@@\n-b',
      'line 2: this change belongs above the one before it, or overlaps it. ' +
        'Write the changes in the order of solution.ts.',
    ],
    [
      'a change that overlaps another', '-b\n \n c\n@@\n-c',
      'line 4: this change belongs above the one before it, or overlaps it. ' +
        'Write the changes in the order of solution.ts.',
    ],
  ];
  for (const [what, text, says] of refused) {
    test(`refuses ${what}`, () => {
      const apply = () => applyPatch(program, patch(text), 'solution.ts');
      assert.throws(apply, { name: 'Advice', message: `page, ${says}` });
    });
  }
});

test('programOf() refuses a change to a program that is not there', () => {
  const exercise = makeExercise(page.replace('right/arrows.ts', 'right/arrow.ts'));
  assert.throws(() => programOf(readGallery(exercise)[1]!, exercise), {
    name: 'Advice',
    message: 'lessons/04-router/exercises/menu/proof/mistakes.md, line 22: ' +
      'there is no proof/right/arrow.ts to change. Correct the name.',
  });
});

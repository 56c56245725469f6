// Each law of the house: kept by this repository, and seen to notice when it is broken.
//
//   smallHouse({ 'lessons/02-reply/server.ts': "import '../03-address/address.ts';" })
//     ──►  'lessons/02-reply/server.ts, line 1: lesson 2 imports … which comes in lesson 3. …'
import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { importsHaveNoCircle } from './laws/circles.ts';
import { lessonsIgnoreClassroom } from './laws/classroom.ts';
import { modulesReadInTwoParts, nothingIsPatched, nothingIsTaughtTwice, wiringIsShort } from './laws/final.ts';
import { readFiles, readGitFiles, type Law } from './laws/files.ts';
import { stepsAreSmall, stepsHaveReasons, theMiddleStepIsSmall } from './laws/growth.ts';
import {
  lessonTextsHaveOneShape, lessonsAreNumbered, lessonsAreWhole, secondSittingsHaveTheirShape,
} from './laws/lessons.ts';
import { mapsNameFiles, messagesAreSent } from './laws/maps.ts';
import { doublesAreNeeded, typesAreNamedOnce } from './laws/names.ts';
import { filesSayWhereTaught, finishedServerIsTaught, importsPointBack } from './laws/order.ts';
import { lockNamesNoHost, nothingToInstall, textIsClean, topLevelIsFixed } from './laws/project.ts';
import { fencesAreSeen, linksLeadSomewhere, looseBlocksAreRare, quotesAreFew, quotesAreVerbatim } from './laws/prose.ts';
import { importsNameFiles, typesAreErasable } from './laws/runs-as-is.ts';
import { lessonText, smallHouse } from './laws/small.ts';
import { openedFilesAreTaught } from './laws/taught.ts';
import {
  classroomFunctionsAreShort, excusesAreNeeded, functionsTakeFew, linesAreNarrow,
} from './laws/width.ts';

type Wrong = { change: Record<string, string | undefined>; sentences: string[] };

const root = fileURLToPath(new URL('..', import.meta.url));
const repository = readFiles(root);

const reply = 'lessons/02-reply/reply.ts';
const wiring = 'lessons/02-reply/server.ts';
const readme = 'lessons/02-reply/README.md';
const proof = 'lessons/02-reply/exercises/tea/proof';
const fence = '```';
const page = (code: string) => lessonText('02 reply: the café shows a page', code);
const text02 = page('');

// In two halves, so that this file does not seem to import it.
const lateImport = ['const log = await import', "('../../db/log.ts');"].join('');

law('an import points to what has been taught', importsPointBack, [
  {
    change: { [wiring]: "\nimport {\n  one,\n} from '../03-address/one.ts';\n", 'lessons/03-address/one.ts': '' },
    sentences: [`${wiring}, line 4: lesson 2 imports lessons/03-address/one.ts, which comes in lesson 3. Pass in what is needed as a parameter, or change the order of the lessons.`],
  },
  {
    change: { [wiring]: lateImport, 'db/log.ts': '// Taught in lesson 17\n' },
    sentences: [`${wiring}, line 1: lesson 2 imports db/log.ts, which comes in lesson 17. Pass in what is needed as a parameter, or change the order of the lessons.`],
  },
  {
    change: { [wiring]: "export { one } from '../../db/log.ts';\n", 'db/log.ts': '' },
    sentences: [`${wiring}, line 1: imports db/log.ts, which no lesson has taught. Let that file begin with "// Taught in lesson NN", or move it into a lesson.`],
  },
  {
    change: { [wiring]: "import express from 'express';\n" },
    sentences: [`${wiring}, line 1: imports the package "express", but here only Node's own modules are used. Import "node:…", or write what is needed by hand.`],
  },
]);

law('a file outside of the lessons says where it is taught', filesSayWhereTaught, [{
  change: { 'db/log.ts': 'export {};\n', 'server.ts': "import './lessons/02-reply/reply.ts';\n" },
  sentences: [
    'server.ts, line 1: must begin with "// Taught in lesson NN", so that a reader knows when the file may be opened.',
    'db/log.ts, line 1: must begin with "// Taught in lesson NN", so that a reader knows when the file may be opened.',
  ],
}]);

law('the finished server is taught to the last file', finishedServerIsTaught, [
  { change: { 'server.ts': undefined }, sentences: ['server.ts is missing: the finished server stands there.'] },
  {
    change: { [reply]: "import '../../db/log.ts';\n", 'db/log.ts': "import './disk.ts';\n", 'db/disk.ts': '// Taught in lesson 17\n' },
    sentences: ['db/log.ts: the finished server needs this file, but no lesson teaches it. Move it into a lesson, or begin it with "// Taught in lesson NN".'],
  },
]);

const untangle = 'Move what they share into a file of its own, or pass it in as a parameter.';

law('imports have no circle', importsHaveNoCircle, [
  {
    change: {
      [wiring]: "import { text } from './reply.ts';\n",
      [reply]: "export type { Item } from './items.ts';\n",
      'lessons/02-reply/items.ts': "import type {\n  One,\n} from './server.ts';\nimport './reply.ts';\n",
    },
    sentences: ['lessons/02-reply/items.ts: imports lessons/02-reply/reply.ts, ' +
      `which imports lessons/02-reply/items.ts: a circle. ${untangle}`],
  },
  {
    change: {
      'lessons/classroom/warm.js': "import { port } from './start.ts';\n",
      'lessons/classroom/start.ts': "export { late } from './late.ts';\n",
      'lessons/classroom/late.ts': "import './warm.js';\n",
      'db/log.ts': "import './log.ts';\n",
    },
    sentences: [
      `db/log.ts: imports db/log.ts: a circle. ${untangle}`,
      'lessons/classroom/late.ts: imports lessons/classroom/warm.js, ' +
      'which imports lessons/classroom/start.ts, ' +
      `which imports lessons/classroom/late.ts: a circle. ${untangle}`,
    ],
  },
]);

law('a lesson knows nothing of the classroom', lessonsIgnoreClassroom, [
  {
    change: { [wiring]: "import { port } from '../classroom/start.ts';\n" },
    sentences: [`${wiring}, line 1: imports lessons/classroom/start.ts, but a lesson must run without the classroom. Let the classroom look at the lesson from outside.`],
  },
  {
    change: {
      'lessons/classroom/check/format.ts': 'export type Check = {};\n',
      [`${proof}/check.ts`]: "import type { Check } from '../../../../classroom/check/format.ts';\nimport { Check as Late } from '../../../../classroom/check/format.ts';\nimport type { port } from '../../../../classroom/start.ts';\n",
      [`${proof}/solution.ts`]: "import type { Check } from '../../../../classroom/check/format.ts';\n",
    },
    sentences: [
      `${proof}/check.ts, line 2: imports lessons/classroom/check/format.ts, but a lesson must run without the classroom. Let the classroom look at the lesson from outside.`,
      `${proof}/check.ts, line 3: imports lessons/classroom/start.ts, but a lesson must run without the classroom. Let the classroom look at the lesson from outside.`,
      `${proof}/solution.ts, line 1: imports lessons/classroom/check/format.ts, but a lesson must run without the classroom. Let the classroom look at the lesson from outside.`,
    ],
  },
  {
    change: { 'server.ts': '// Taught in lesson 02\nif (process.env.CLASSROOM_PORT) exit();\n' },
    sentences: ['server.ts, line 2: names a switch of the classroom ("CLASSROOM_…"), but a lesson must not know that it is being watched. Take the line out.'],
  },
]);

law('an import names a file that exists', importsNameFiles, [{
  change: { [wiring]: "import { text } from './reply';\nimport { send } from './send.ts';\n" },
  sentences: [
    `${wiring}, line 1: imports "./reply", which does not end in ".ts". Node adds no ending: write the file's whole name.`,
    `${wiring}, line 2: imports "./send.ts", but there is no file lessons/02-reply/send.ts. Correct the path.`,
  ],
}]);

law('types can be erased', typesAreErasable, [
  ['export const enum Role { guest }', 'an enum', `a union of texts: 'guest' | 'staff'`],
  ['namespace Café { export const open = true; }', 'a namespace', 'a module of its own'],
  ['  constructor(readonly price: number) {}', 'a parameter property', 'a field, and set it in the constructor'],
  ['    private readonly price: number,', 'a parameter property', 'a field, and set it in the constructor'],
  ["import http = require('node:http');", '"import … ="', '"import … from"'],
  ['export = router;', '"export ="', '"export default"'],
].map(([line, slip, instead]) => ({
  change: { [reply]: `// A slip.\n${line}\n` },
  sentences: [`${reply}, line 2: has ${slip}, which is more than a type, and Node only erases types. Write ${instead}.`],
})));

const long = `function a() {\n${'  a();\n\n  // Why.\n'.repeat(39)}}\n`;
const rare = '// ── rare cases ──────────\n';

law('a module is read in two parts', modulesReadInTwoParts, [
  {
    change: { [reply]: `${long}${rare}`, 'lessons/01-hello/hello.ts': `a();\n${rare}${long}`, 'lessons/02-reply/items.ts': '1,\n'.repeat(90) },
    sentences: [`${reply}: 41 lines of code stand above "// ── rare cases ──", but a beginner is asked to read at most 40. Move what the lesson's own requests do not need below that line.`],
  },
  {
    change: { 'db/log.ts': `// Taught in lesson 17\n${long}` },
    sentences: [`db/log.ts: 41 lines of code stand above "// ── rare cases ──", but a beginner is asked to read at most 40. Move what the lesson's own requests do not need below that line.`],
  },
  {
    change: { [reply]: `() => 1;\n${rare}\n${rare}` },
    sentences: [`${reply}, line 4: a second "// ── rare cases ──". A file is read in two parts: take one of the lines out.`],
  },
]);

const hello = 'lessons/01-hello/server.ts';
const third = 'lessons/03-address/server.ts';
const imports = "import {\n  one,\n} from 'node:http';\n\n".repeat(90);
const newModule = 'The next module asks to be born.';

law('wiring is short', wiringIsShort, [
  {
    change: {
      [hello]: `${imports}${'  wire();\n'.repeat(80)}`,
      [wiring]: `${imports}${'  wire();\n'.repeat(81)}`,
    },
    sentences: [`${wiring}: has 81 lines, not counting imports and blank lines, ` +
      `but wiring has at most 80. ${newModule}`],
  },
  {
    change: {
      [hello]: `${imports}// Why.\n${'wire({\n});\n'.repeat(30)}`,
      [wiring]: `${imports}// Why.\n${'wire({\n});\n'.repeat(31)}`,
    },
    sentences: [`${wiring}: has 31 statements, but wiring has at most 30. ${newModule}`],
  },
]);

function numbered(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `wire(${from + index});\n`).join('');
}

const keep = 'Keep the lines that can stay, or let them shrink in an earlier lesson.';

law('a step removes few lines', stepsAreSmall, [
  {
    change: { [hello]: numbered(0, 20), [wiring]: `${imports}${numbered(9, 20)}more();\n` },
    sentences: [`${wiring}: removes 9 lines of ${hello}, but a step removes at most 8. ${keep}`],
  },
  {
    change: {
      [hello]: `${imports}${numbered(0, 19)}`,
      [wiring]: `${numbered(9, 19)}\n${numbered(0, 9)}`,
      [third]: `${numbered(9, 11)}\n${numbered(0, 9)}`,
    },
    sentences: [`${wiring}: removes 9 lines of ${hello}, but a step removes at most 8. ${keep}`],
  },
]);

law('the median step removes next to nothing', theMiddleStepIsSmall, [{
  change: {
    [hello]: numbered(0, 20), [wiring]: numbered(4, 20), [third]: numbered(9, 20),
    'lessons/04-router/server.ts': numbered(9, 30),
  },
  sentences: [`${third}: half of the steps remove 4 lines or more of the server before, ` +
    'but the median is at most 3. Keep more lines, here first: this step removes 5.'],
}]);

const reasons = 'lessons/02-reply/step.md';

law('a step gives its reasons', stepsHaveReasons, [
  {
    change: { [reasons]: undefined },
    sentences: [`${reasons} is missing: it says why each changed line is there.`],
  },
  {
    change: { [reasons]: '# A\n\n- `brew()` is\n  late.\n- `http` leaves.\n- `text(` answers.\n' },
    sentences: [`${reasons}: no changed line has the code that this begins with: ` +
      '"`brew()` is late." Quote a piece of a line that the step adds or removes.'],
  },
  {
    change: { [reasons]: '# A\n\n- `text(` answers.\n' },
    sentences: [`${reasons}: the step removes "http.createServer().listen(3000);", ` +
      'and no reason speaks of it. Write one that quotes a piece of that line.'],
  },
  {
    change: { [reasons]: `# ${'A reply '.repeat(7)}\n\n- \`http\` leaves.\n` },
    sentences: [
      `${reasons}: must begin with "# " and what the step is, in at most 50 characters.`,
      `${reasons}: the step adds "text('flat white');", ` +
        'and no reason speaks of it. Write one that quotes a piece of that line.',
    ],
  },
]);

const opens = 'Quote it, name it in a sentence, or move it to another file.';
const shown = 'export function text(body: string): string {\n  return body;\n}\n';

law('a file that is opened is taught', openedFilesAreTaught, [
  {
    change: { [reply]: `${shown}\n${'const more = 1;\n'.repeat(77)}` },
    sentences: [
      `${reply}: has 81 lines, but ${readme} opens it, and a file that is opened has at most 80. ` +
        'Move what the page does not teach to a file whose name says what it holds.',
    ],
  },
  {
    change: { [reply]: `${shown}\nfunction hidden(body: string) {\n  return body;\n}\n` },
    sentences: [`${reply}, line 5: hidden() is on no page up to ${readme}. ${opens}`],
  },
  {
    change: { [reply]: `${shown}\nconst a = \`tea \\\nand\`;\nfunction hidden() {\n}\nconst b = \`\`;\n` },
    sentences: [`${reply}, line 7: hidden() is on no page up to ${readme}. ${opens}`],
  },
]);

const wide = `say('${'é'.repeat(96)}');`;
const howToBreak = 'Break a sentence after a phrase with " +", give a long type a name, ' +
  'or write one parameter, entry or call a line.';

law('a line is narrow', linesAreNarrow, [{
  change: {
    'lessons/classroom/start.ts': `begin();\n${wide}\n${wide.slice(2)}\n`,
    'lessons/02-reply/exercises/tea/proof/solution.ts': wide,
    'tests/old.test.ts': wide,
    'tests/laws/wide-tests.txt': 'tests/old.test.ts\n',
    [readme]: page(`\n${fence}js\n${wide}\n${fence}\n`),
  },
  sentences: [
    'lessons/classroom/start.ts, line 2: is 104 columns wide, but a line has at most 100. ' +
      howToBreak,
    'lessons/classroom/start.ts, line 3: is 102 columns wide, but a line has at most 100. ' +
      howToBreak,
    `${readme}, line 14: is 104 columns wide, but a line has at most 100. ${howToBreak}`,
  ],
}]);

const kept = 'export type Kept = { lastId: number };\n';
const twoNames = "Two things need two names: use the other's type, or name this one after what it is.";

law('a type has a name of its own', typesAreNamedOnce, [
  {
    change: { 'db/log.ts': `// Taught in lesson 02\n${kept}`, [reply]: 'class Kept {}\nexport interface Reply {}\n' },
    sentences: [`db/log.ts: declares the type Kept, and so does ${reply}. ${twoNames}`],
  },
  {
    change: {
      [reply]: kept,
      'db/log.ts': kept,
      'lessons/classroom/keep.ts': kept,
      'lessons/02-reply/labs/price.ts': kept,
      'tests/laws/double-types.txt': 'Kept\n',
    },
    sentences: [`db/log.ts, lessons/classroom/keep.ts: declares the type Kept, and so does ${reply}. ${twoNames}`],
  },
  {
    change: { 'lessons/classroom/check/one.ts': 'type Seen = 1;\n', 'lessons/classroom/two.ts': 'abstract class Seen {}\nexport abstract class Seen {}\n' },
    sentences: [`lessons/classroom/two.ts, lessons/classroom/two.ts: declares the type Seen, and so does lessons/classroom/check/one.ts. ${twoNames}`],
  },
]);

law('an excuse for a name that is used twice is needed', doublesAreNeeded, [{
  change: {
    [reply]: kept,
    'lessons/classroom/keep.ts': `${kept}type Seen = 1;\n`,
    'tests/laws/double-types.txt': 'Kept\nSeen\nGone\n',
  },
  sentences: ['Seen', 'Gone'].map((name) => `tests/laws/double-types.txt: ${name} is declared once, or nowhere. Take it out.`),
}]);

law('an excuse for a wide test is needed', excusesAreNeeded, [{
  change: {
    'tests/old.test.ts': wide,
    'tests/laws/wide-tests.txt': 'tests/old.test.ts\ntests/laws.test.ts\ntests/gone.test.ts\n',
  },
  sentences: ['tests/laws.test.ts', 'tests/gone.test.ts'].map((path) =>
    `tests/laws/wide-tests.txt: ${path} has no line over 100 columns any more, or is no file. ` +
    'Take its name out.'),
}]);

law('a function takes at most four things', functionsTakeFew, [{
  change: {
    [reply]: 'function show(one: string, two: { a: 1, b: 2 }, three = [1, 2], four: 4, five: 5) {}\n',
    [wiring]: 'export const show = (one: string, two: (a: 1, b: 2) => void, three: 3, four: 4) => 1;\n',
  },
  sentences: [
    `${reply}, line 1: show() takes 5 parameters, but a function takes at most 4. ` +
      'Put those that belong together into one object, and name its type.',
  ],
}]);

law('a function of the classroom is short', classroomFunctionsAreShort, [{
  change: {
    'lessons/classroom/start.ts': `function begin() {\n${'  go();\n'.repeat(39)}}\n`,
    [reply]: `function begin() {\n${'  go();\n'.repeat(39)}}\n`,
  },
  sentences: [
    'lessons/classroom/start.ts, line 1: begin() has 41 lines, but a function of the classroom ' +
      'has at most 40. Give its parts names of their own, or make a class of it if it remembers ' +
      'something.',
  ],
}]);

law('no lesson patches another', nothingIsPatched, [
  'Router.prototype.add = () => 1;', "Router.prototype['add'] = () => 1;", 'Object.assign(Router.prototype, { add });',
].map((line) => ({
  change: { [wiring]: `${line}\nconst same = Router.prototype === other;\n` },
  sentences: [`${wiring}, line 1: changes a prototype, and with it what earlier lessons taught. Wrap the value from outside.`],
})));

law('nothing is taught twice', nothingIsTaughtTwice, [{
  change: {
    [wiring]: "export * from '../01-hello/server.ts';\n",
    'lessons/25-going-live/server.ts': "export * from '../../server.ts';\n",
  },
  sentences: [`${wiring}, line 1: hands on all of lessons/01-hello/server.ts, as if it were taught here again. Import from lessons/01-hello/server.ts where it is needed.`],
}]);

law('a lesson is whole', lessonsAreWhole, [{
  change: { [readme]: undefined, 'lessons/01-hello/requests.http': undefined },
  sentences: [
    'lessons/01-hello/requests.http is missing: every lesson has one.',
    `${readme} is missing: every lesson has one.`,
  ],
}]);

law('lessons are numbered without gaps', lessonsAreNumbered, [{
  change: { 'lessons/04-router/server.ts': '' },
  sentences: ['lessons/04-router: the lesson after 02 must be number 03. Rename the folder, or add the lesson that is missing.'],
}]);

law('the texts of all lessons have one shape', lessonTextsHaveOneShape, [
  {
    change: { [readme]: text02.replace('# 02 reply:', '# Lesson 2:') },
    sentences: [`${readme}, line 1: is "# Lesson 2: the café shows a page", but must be "# 02 reply: " and what the café can now do.`],
  },
  {
    change: { [readme]: text02.replace('## Try it', '## Try') },
    sentences: [`${readme}: heading 4 is "Try", but must be "Try it". Every lesson has the same headings.`],
  },
  {
    change: { [readme]: text02.replace('## Exercises', '') },
    sentences: [`${readme}: heading 8 is missing, but must be "Exercises". Every lesson has the same headings.`],
  },
  {
    change: { [readme]: `${text02}\n## More\n` },
    sentences: [`${readme}: heading 9 is "More", but there must be no more. Every lesson has the same headings.`],
  },
  {
    change: { [readme]: text02.replace(/(word ){20}/, ''), 'lessons/01-hello/README.md': undefined },
    sentences: [`${readme}: has 289 words outside of code, but a lesson has 300 to 700.`],
  },
  {
    change: { [readme]: page('word '.repeat(400)) },
    sentences: [`${readme}: has 709 words outside of code, but a lesson has 300 to 700.`],
  },
]);

const second = 'lessons/02-reply/README-2.md';
const linked = page('\nThen take the [second sitting](README-2.md).\n');
const text2 = lessonText('02 reply: the café sends a picture')
  .replace(/## (The code|Change|What this|The same)[^#]*/g, '');

test('a second sitting may have fewer headings than the first', () => {
  const house = smallHouse({ [readme]: linked, [second]: text2 });
  assert.deepEqual(secondSittingsHaveTheirShape(house), []);
});

law('a second sitting is linked to, and shaped like the first', secondSittingsHaveTheirShape, [
  {
    change: { [second]: text2 },
    sentences: [`${readme}: has no link to README-2.md, so nobody would find the second sitting. Link to it at the end.`],
  },
  {
    change: { [readme]: linked, [second]: text2.replace('# 02 reply:', '# Lesson 2:') },
    sentences: [`${second}, line 1: is "# Lesson 2: the café sends a picture", but must be "# 02 reply: " and what the café can now do.`],
  },
  ...['## The idea', '## More'].map((heading) => ({
    change: { [readme]: linked, [second]: `${text2}\n${heading}\n` },
    sentences: [`${second}: the heading "${heading.slice(3)}" is not where it should be. A second sitting takes what it needs of these, in this order: What you will see, The idea, The code, Try it, Change it and look again, What this does not do yet, The same in other words, Exercises.`],
  })),
  {
    change: { [readme]: linked, [second]: text2.replace('## Try it', '') },
    sentences: [`${second}: has no "Try it", but each sitting ends with something that runs.`],
  },
  {
    change: { [readme]: linked, [second]: text2.replace(/(word ){20}/, '') },
    sentences: [`${second}: has 289 words outside of code, but a lesson has 300 to 700.`],
  },
]);

law('what a README quotes stands in the file', quotesAreVerbatim, [
  {
    change: { [readme]: page(`\n${fence}ts reply.ts\nexport function text(\n${fence}\n`) },
    sentences: [`${readme}, line 13: this block does not stand in ${reply} as it is shown. Copy those lines again, with their indentation.`],
  },
  {
    change: { [readme]: page(`\n${fence}ts lessons/02-reply/send.ts\nsend();\n${fence}\n`) },
    sentences: [`${readme}, line 13: quotes lessons/02-reply/send.ts, but there is no such file. Correct the name behind the fence.`],
  },
  {
    change: { [second]: `${fence}ts reply.ts\nexport function text(\n${fence}\n` },
    sentences: [`${second}, line 1: this block does not stand in ${reply} as it is shown. Copy those lines again, with their indentation.`],
  },
]);

law('a walk through the code has at most six stops', quotesAreFew, [{
  change: { [readme]: page(`\n${fence}ts reply.ts\n  return body;\n${fence}\n`.repeat(7)) },
  sentences: [`${readme}: "The code" quotes 7 blocks, but a walk has at most six stops. Leave out what the reader can find alone.`],
}]);

law('code that is bound to nothing is rare', looseBlocksAreRare, [
  {
    change: { [readme]: page(`\n${fence}ts\ntext('flat white');\n${fence}\n`) },
    sentences: [`${readme}, line 13: this block names no file, so nothing keeps it true. Write the file's name behind "${fence}ts", or use ${fence}sh for commands and ${fence}text for what they print.`],
  },
  {
    change: { [readme]: text02.replace(/app\.get.*\n/, 'app.get();\n'.repeat(6)) },
    sentences: [`${readme}, line 25: this block has 6 lines, but the same step elsewhere is shown in at most five.`],
  },
]);

law('every fence is seen', fencesAreSeen, [
  `\n  ${fence}sh\n  npm start\n`, '\n~~~sh\nnpm start\n', `\n${fence}sh\nnpm start\n`,
].map((code) => ({
  change: { [readme]: `# Reply\n${code}` },
  sentences: [`${readme}, line 3: this fence is not closed, or does not open with ${fence} at the very start of its line, so the tests would not see the block.`],
})));

law('links lead somewhere', linksLeadSomewhere, [{
  change: {
    'README.md': 'See [one](lessons/03-address/), `[two](no.md)`,\n[three](server.ts#L3) ![four](menu.png) [five](#help).\n',
    [readme]: 'Back to [lesson 01](../01-hello/README.md) or [the course](../course.md).\n',
  },
  sentences: [
    'README.md, line 1: links to "lessons/03-address/", but there is nothing. Correct the link.',
    'README.md, line 2: links to "menu.png", but there is nothing. Correct the link.',
    `${readme}, line 1: links to "../course.md", but there is nothing. Correct the link.`,
  ],
}]);

const map = 'lessons/classroom/README.md';
const warm = 'lessons/classroom/check/warm.js';
const row = (message: string) => `| \`${message}\` | \`check/warm.js\` | \`start.ts\` | … |\n`;

law('a map names files that are there', mapsNameFiles, [{
  change: { [map]: '# Map\n\n`start.ts`, `server.ts` and `check/worm.js`.\n' },
  sentences: [`${map}, line 3: names check/worm.js, but there is neither lessons/classroom/check/worm.js nor check/worm.js. Correct the name, or take it off the map.`],
}]);

law('the table of messages is what is sent', messagesAreSent, [
  {
    change: { [map]: row('{ port: 43817 }'), [warm]: "tell({ warm: true });\n" },
    sentences: [
      `${map}, line 1: the message "port" is not known in check/warm.js. Say which file sends it and which one hears it, or take the row out.`,
      `${map}: check/warm.js sends the message "warm", but the table does not have it. Add a row: what it means, and who hears it.`,
    ],
  },
  {
    change: { [map]: row("{ port: 'begin', … }"), [warm]: "tell({ port: 'begin' });\n" },
    sentences: [`${map}, line 1: the message "begin" is not known in start.ts. Say which file sends it and which one hears it, or take the row out.`],
  },
]);

law('nothing has to be installed to run', nothingToInstall, [
  {
    change: { 'package.json': '{ "dependencies": { "express": "5" }, "devDependencies": { "@types/node": "20", "tsx": "4" } }' },
    sentences: [`package.json: has "dependencies" (express), but the server uses Node's own modules only. Take the field out.`],
  },
  {
    change: { 'package.json': '{ "devDependencies": { "tsx": "4", "eslint": "9" } }' },
    sentences: ['package.json: "devDependencies" are eslint, tsx, but must be exactly @types/node, tsx. Install what a test compares with in a folder of its own below tests/.'],
  },
]);

law('the lock file names no host', lockNamesNoHost, [{
  change: { 'package-lock.json': '{\n  "resolved": "https://example.org/tsx.tgz"\n}\n' },
  sentences: ['package-lock.json, line 2: names the host that a package came from ("resolved"), which others may not reach. Make the file anew with "npm install --omit-lockfile-registry-resolved".'],
}]);

law('a text reads the same everywhere', textIsClean, [{
  change: {
    [reply]: 'a();\r\n', [wiring]: '  a();\n\ta();\n', [readme]: ['TO', 'DO: write'].join(''),
    'lessons/02-reply/exercises/tea/starter.ts': ['// TO', 'DO: tea\n'].join(''),
  },
  sentences: [
    `${readme}, line 1: holds a note to do something later. Do it, or write an issue.`,
    `${wiring}, line 2: is indented by a tab, but here two spaces are used.`,
    `${reply}, line 1: ends in CR LF, but lines here end in LF. Set your editor's line ending to LF.`,
  ],
}]);

test('law: the top level is fixed', (t) => {
  const notice = topLevelIsFixed(smallHouse({ 'utils/one.ts': '', 'LICENSE': undefined, 'server.ts': undefined, '.ci/run': '' }));
  assert.deepEqual(notice, [
    'utils: does not belong at the top level, which is LICENSE, README.md, lessons, package-lock.json, package.json, server.ts, tests, tsconfig.json, db. Move it into one of the folders, or let git ignore it.',
    'LICENSE is missing at the top level.',
    'server.ts is missing at the top level.',
  ]);
  assert.deepEqual(topLevelIsFixed(smallHouse()), []);
  const published = filesOfGit();
  if (typeof published === 'string') return t.skip(published);
  assert.deepEqual(topLevelIsFixed(published), []);
});

function filesOfGit() {
  try {
    return readGitFiles(root);
  } catch (error) {
    return `git cannot list this folder, so what it would publish is not checked: ${String(error)}`;
  }
}

function law(name: string, check: Law, wrong: Wrong[]): void {
  test(`law: ${name}`, async (t) => {
    await t.test('this repository keeps it', () => assert.deepEqual(check(repository), []));
    await t.test('a small house keeps it', () => assert.deepEqual(check(smallHouse()), []));
    for (const { change, sentences } of wrong) {
      await t.test(`notices: ${sentences[0]!.slice(0, 90)}…`, () => assert.deepEqual(check(smallHouse(change)), sentences));
    }
  });
}

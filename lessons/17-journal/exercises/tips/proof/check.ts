import type { Cafe, Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const FILE = 'tips.jsonl';
const textIn = (cafe: Cafe) => cafe.file(FILE) ?? '';
const countIn = ({ json }: Came) => (json as { count?: unknown } | undefined)?.count;
const isFailure = ({ how, status }: Came) => how !== 'answered' || status >= 500;
const tip = (cents: number, from: string) => ({ target: '/tips', json: { cents, from } });

/** What the steps find out, for their mistakes; each check has a café of its own. */
type Found = { before?: string; half?: string; crowd?: Came[]; flushed?: string[]; isSame?: () => boolean; starts?: boolean; left?: string; damaged?: string };
const found = new WeakMap<Cafe, Found>();
const foundIn = (cafe: Cafe) => found.get(cafe) ?? {};

function note(cafe: Cafe, news: Found): void {
  found.set(cafe, { ...foundIn(cafe), ...news });
}

// A program that does not wait for its write needs a moment until the line is there.
async function noteSoon(cafe: Cafe): Promise<void> {
  await cafe.idle();
  note(cafe, { before: textIn(cafe) });
}

function whyNotWritten(cafe: Cafe): string | undefined {
  return foundIn(cafe).before === '' ? `The tip before should be in ${FILE}, but there is nothing.` : undefined;
}

const isLonger = (cafe: Cafe) => textIn(cafe).startsWith(foundIn(cafe).before!);

function whyNotLonger(cafe: Cafe): string | undefined {
  return isLonger(cafe) ? undefined : `What was in ${FILE} before should still be there, with one more line after it, but now it holds ${JSON.stringify(textIn(cafe))}.`;
}

/** The first line that is no JSON, with its line break if it has one. */
const brokenLine = (cafe: Cafe) => textIn(cafe).split(/(?<=\n)/).find((text) => text !== '' && !(text.endsWith('\n') && isJson(text)));

function whyBroken(cafe: Cafe): string | undefined {
  const broken = brokenLine(cafe);
  return broken === undefined ? undefined : `Each line of ${FILE} should be JSON and have its line break, but one is ${JSON.stringify(broken)}.`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const linesIn = (text: string) => text.split('\n').length - 1;

function whyNotEach(cafe: Cafe): string | undefined {
  const told = foundIn(cafe).crowd!.filter(({ status }) => status === 201).length;
  if (told < 20) return `Twenty guests came at once, and each should get 201, but only ${told} did.`;
  const more = linesIn(textIn(cafe)) - linesIn(foundIn(cafe).before!);
  return whyBroken(cafe) ?? (more === 20 ? undefined : `Twenty guests came at once, and there should be twenty lines more, but there are ${more}.`);
}

// When the third of them was answered, three lines more had to be on the disk.
function whyTooEarly(cafe: Cafe): string | undefined {
  const { flushed = [], before = '' } = foundIn(cafe);
  const early = flushed.findIndex((text, n) => linesIn(text) < linesIn(before) + n + 1);
  return early === -1 ? undefined : `When ${early + 1} of the twenty guests were answered, ${early + 1} lines should be on the disk, but there were ${linesIn(flushed[early]!) - linesIn(before)}.`;
}

// The program begins on this text, which its owner did not write.
async function startOn(cafe: Cafe, text: string): Promise<void> {
  cafe.put(FILE, text);
  note(cafe, { starts: await cafe.starts(), left: textIn(cafe) });
}

const emptied: Mistake = {
  code: 'N6',
  name: 'emptied at each start',
  fits: (_came, cafe) => textIn(cafe) === '',
  says: 'The tips were in the file, and after a restart it was empty: opening the file emptied it.',
  tryThis: 'Do not open it with "w", which empties it: with "a+", or as the starter does it.',
};

const halfStays = (says: string): Mistake => ({
  code: 'N3',
  name: 'half a line stays',
  fits: (_came, cafe) => brokenLine(cafe) !== undefined,
  says,
  tryThis: 'Cut the file back to the end of its last whole line, file.truncate(end), before the next line is written; after a write that fails, writeDown() does it.',
});

const asCharacters = (says: string): Mistake => ({
  code: 'N12',
  name: 'characters counted, not bytes',
  fits: (_came, cafe) => !isLonger(cafe),
  says,
  tryThis: 'Count the bytes: Buffer.byteLength(text), or the length of a Buffer.',
  lesson: 2,
});

export const check: Check = {
  steps: [
    {
      story: 'Ada leaves a tip.',
      ask: tip(50, 'ada, at the window'),
      want: { status: 201, json: { cents: 50, from: 'ada, at the window' } },
    },
    {
      story: 'How much is in the jar?',
      ask: 'GET /tips',
      want: { status: 200, json: { count: 1, cents: 50 }, holds: (_came, cafe) => whyBroken(cafe) },
      mistakes: [
        {
          code: 'N4',
          name: 'no line break',
          fits: (_came, cafe) => !['', '\n'].includes(textIn(cafe).slice(-1)),
          says: 'The tip is in the file without a line break after it: the next one will be on the same line, and a whole line looks like half a line.',
          tryThis: 'Write "\\n" after each line: `${JSON.stringify(tip)}\\n`.',
        },
      ],
    },
    {
      story: 'The disk is full: only half of a line finds room. Ben leaves a tip.',
      before: async (cafe) => {
        await noteSoon(cafe);
        await cafe.fillDisk();
      },
      ask: tip(20, 'ben'),
      want: { holds: ({ status }, cafe) => (status >= 500 ? whyNotWritten(cafe) ?? whyNotLonger(cafe) : `What cannot be written must not be promised: the status should be 500, but it is ${status}.`) },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (_came, cafe) => foundIn(cafe).before === '',
          says: 'Ada got the answer that her tip is kept, and there is nothing in tips.jsonl: after a restart it is gone.',
          tryThis: 'Write each tip into the file as one line, with writeDown(file, bytes, end), before it counts.',
        },
        {
          code: 'N1',
          name: 'answered before it was kept',
          fits: ({ status }) => status === 201,
          says: 'There was no room for the line, and the guest got 201 all the same: the answer did not wait for the write, or the code ignored its error or how many bytes it wrote.',
          tryThis: 'Put "await" before the write and let its error rise: withErrors() answers 500. One write() may take half of it; writeDown() goes on until all is written.',
        },
        {
          code: 'N5',
          name: 'all written again',
          fits: (_came, cafe) => !isLonger(cafe),
          says: 'One tip could not be written, and with it those that were in the file before are gone or cut: all of them were written again, over the old ones.',
          tryThis: 'Leave in the file what is there, and write one line after it.',
        },
      ],
    },
    {
      story: 'There is room on the disk again. Zoë leaves a tip.',
      before: async (cafe) => {
        await cafe.freeDisk();
        note(cafe, { before: textIn(cafe) });
        const read = cafe.link(FILE);
        note(cafe, { isSame: () => read() === textIn(cafe) });
      },
      ask: tip(100, 'Zoë ☕'),
      want: { status: 201, json: { cents: 100, from: 'Zoë ☕' }, holds: (_came, cafe) => (foundIn(cafe).isSame!() ? undefined : 'The line should be written into the file that is there, but another file has taken its place.') },
      mistakes: [
        {
          code: 'J7',
          name: 'one error stops all',
          fits: isFailure,
          says: 'There is room again, and still no guest can leave a tip: after the one error, all later ones fail or wait forever.',
          tryThis: 'Whatever becomes of a job, the next one must begin: oneAfterTheOther() of lesson 11 does it.',
          lesson: 11,
        },
        {
          code: 'N14',
          name: 'swapped in, not flushed',
          fits: (_came, cafe) => !foundIn(cafe).isSame!() && cafe.flushed(FILE).at(-1) !== textIn(cafe),
          says: 'The file was written again and swapped in, but not flushed first: after a power cut the name can point to an empty file, and the old one is gone.',
          tryThis: 'A rename is only safe for what is on the disk already. Better still: leave in the file what is there, write one line after it, and flush.',
        },
        {
          code: 'N5',
          name: 'all written again',
          fits: (_came, cafe) => !foundIn(cafe).isSame!(),
          says: 'For one tip, the whole file was written again and swapped in. Nothing is lost by it, but each tip costs more than the one before.',
          tryThis: 'Leave in the file what is there, and write one line after it.',
        },
      ],
    },
    {
      story: 'Eve leaves a tip.',
      before: (cafe) => note(cafe, { before: textIn(cafe) }),
      ask: tip(30, 'eve'),
      want: { status: 201, json: { cents: 30, from: 'eve' }, holds: (_came, cafe) => whyNotLonger(cafe) },
      mistakes: [
        asCharacters('The line of Zoë ☕ was whole, and then the next one was written over its end: "ë" is one character and two bytes, and the code counted characters.'),
      ],
    },
    {
      story: 'How much is in the jar now?',
      ask: 'GET /tips',
      want: { status: 200, json: { count: 3, cents: 180 }, holds: (_came, cafe) => whyBroken(cafe) },
      mistakes: [
        {
          code: 'J8',
          name: 'memory ahead of the file',
          fits: (came) => countIn(came) === 4,
          says: 'Three tips are kept, and one could not be written, yet four are counted: the tip was added before its line was on the disk.',
          tryThis: 'Write the line first, and add the tip when that has succeeded.',
          lesson: 11,
        },
        halfStays('When the disk was full, half a line came into the file, and the next tip was written right after it: now one line is not JSON.'),
      ],
    },
    {
      story: 'The server is started again.',
      before: 'restart',
      ask: 'GET /tips',
      want: { status: 200, json: { count: 3, cents: 180 } },
      mistakes: [
        emptied,
        {
          code: 'J1',
          name: 'the file is never read',
          fits: (came) => countIn(came) === 0,
          says: 'The tips are in the file, and after a restart the jar was empty: the program does not read them when it starts.',
          tryThis: 'Read the file before the server listens, and begin with the tips in it.',
          lesson: 11,
        },
      ],
    },
    {
      story: 'Ada leaves another tip.',
      ask: tip(20, 'ada'),
      want: { status: 201 },
    },
    {
      story: 'In the same moment the power fails, and comes back.',
      before: 'power cut',
      ask: 'GET /tips',
      want: { status: 200, json: { count: 4, cents: 200 } },
      mistakes: [
        {
          code: 'N2',
          name: 'written, not flushed',
          fits: (came) => countIn(came) === 3,
          says: 'Ada got 201, then the power failed, and her tip is gone: it was written, but the system had it only in memory, and no flush of this file had ended when the answer went out.',
          tryThis: 'After the write and before the answer: await file.datasync(). writeDown() does both.',
        },
      ],
    },
    {
      story: 'Twenty guests leave a tip in the same moment.',
      before: async (cafe) => {
        note(cafe, { before: textIn(cafe) });
        note(cafe, { crowd: await Promise.all(Array.from({ length: 20 }, (_, n) => cafe.ask(tip(10, `guest ${n + 1}`)))) });
        note(cafe, { flushed: cafe.flushed(FILE).slice(-20) });
      },
      ask: 'GET /tips',
      want: { status: 200, json: { count: 24, cents: 400 }, holds: (_came, cafe) => whyNotEach(cafe) ?? whyTooEarly(cafe) },
      mistakes: [
        {
          code: 'N7',
          name: 'two lines on one place',
          fits: (_came, cafe) => whyNotEach(cafe) !== undefined && foundIn(cafe).crowd!.every(({ status }) => status === 201),
          says: 'Twenty guests came at once, and not all of their lines are in the file: two were written to the same place, and the later one covers the other.',
          tryThis: 'Begin a write when the one before has ended and its place is known: inTurn(…). Or give all who wait one write.',
        },
        {
          code: 'N13',
          name: 'a flush that began too early',
          fits: (_came, cafe) => whyNotEach(cafe) === undefined && whyTooEarly(cafe) !== undefined,
          says: 'Twenty guests came at once, and some got 201 before their line was flushed: it was written while a flush was under way, and a flush is only sure to take what was there when it began.',
          tryThis: 'A tip that comes while a flush is under way waits for the next one.',
        },
      ],
    },
    {
      story: 'The power failed in the middle of a write: half a line is at the end. The server is started again.',
      before: async (cafe) => {
        const whole = textIn(cafe);
        note(cafe, { before: whole });
        const last = whole.trimEnd().split('\n').at(-1)!;
        await startOn(cafe, whole + last.slice(0, last.length / 2));
        if (!foundIn(cafe).starts) cafe.put(FILE, whole);
      },
      ask: 'GET /tips',
      want: {
        status: 200,
        json: { count: 24, cents: 400 },
        holds: (_came, cafe) => (foundIn(cafe).starts ? whyNotLonger(cafe) : 'The server should start, with all whole lines, but it ended.'),
      },
      mistakes: [
        {
          code: 'N8',
          name: 'a torn line stops all',
          fits: (_came, cafe) => !foundIn(cafe).starts,
          says: 'After a power cut in the middle of a write, half a line was at the end of the file, and the program did not start any more. The guest never got 201 for this tip: it can be dropped.',
          tryThis: 'Only what ends with a line break is a line. Cut off what is after the last one.',
        },
        {
          code: 'N9',
          name: 'a torn line takes others with it',
          fits: (came) => Number(countIn(came)) < 24,
          says: 'Half a line was at the end of the file, and with it the program dropped whole ones, of guests who had got 201.',
          tryThis: 'Keep everything up to the last line break: text.slice(0, text.lastIndexOf("\\n") + 1).',
        },
        asCharacters('Half a line was cut off, and a piece of the whole line before it as well: "ë" is one character and two bytes, and the code counted characters.'),
      ],
    },
    {
      story: 'Eve leaves another tip.',
      ask: tip(40, 'eve'),
      want: { status: 201 },
    },
    {
      story: 'The server is started again.',
      before: async (cafe) => {
        if (brokenLine(cafe) === undefined) await cafe.restart();
      },
      ask: 'GET /tips',
      want: { status: 200, json: { count: 25, cents: 440 }, holds: (_came, cafe) => whyBroken(cafe) },
      mistakes: [
        halfStays('The half line was dropped when the file was read, but it stayed in the file, and the next tip was written right after it: now that line is not JSON.'),
        asCharacters('The next tip was not written where the last whole line ends: "ë" is one character and two bytes, and the code counted characters.'),
      ],
    },
    {
      story: 'The owner has changed a character in the second line by mistake, and the server was started on it. Now it is corrected.',
      before: async (cafe) => {
        const whole = textIn(cafe);
        const [first = '', second = '', ...more] = whole.split('\n');
        const damaged = [first, second.replace('{', '('), ...more].join('\n');
        note(cafe, { damaged });
        await startOn(cafe, damaged);
        cafe.put(FILE, whole);
        await cafe.restart();
      },
      ask: 'GET /tips',
      want: {
        status: 200,
        json: { count: 25, cents: 440 },
        holds: (_came, cafe) => (foundIn(cafe).starts || foundIn(cafe).left !== foundIn(cafe).damaged ? 'The server should not start on a damaged line, and leave the file as it is.' : undefined),
      },
      mistakes: [
        {
          code: 'N11',
          name: 'a damaged file is changed',
          fits: (_came, cafe) => foundIn(cafe).left !== foundIn(cafe).damaged,
          says: 'A line in the middle was damaged, and the program changed the file at its start. The owner could have corrected that one character; now the lines are gone.',
          tryThis: 'Read all lines first, and let the error of a damaged one rise: only then cut off what is torn.',
        },
        {
          code: 'N10',
          name: 'damage passed over',
          fits: (_came, cafe) => foundIn(cafe).starts === true,
          says: 'A line in the middle was damaged, and the program started as if nothing had happened: a tip that was promised is missing, and nothing reports it.',
          tryThis: 'Only the end of the file can be torn. A line that has its line break and is no JSON is damage: let the error rise.',
        },
      ],
    },
  ],
};

import type { Cafe, Came, Check, Want } from '../../../../classroom/check/format.ts';

const numberIn = ({ json }: Came) => (json as { number?: unknown } | undefined)?.number;
const isFailure = ({ how, status }: Came) => how !== 'answered' || status >= 500;

/** A ticket with this number. */
const ticket = (number: number): Want => ({ status: 201, json: { number } });

/** What the steps find out, for their mistakes; each check has a café of its own. */
type Found = { isSaved?: boolean; crowd?: Came[]; isWrittenOver?: () => boolean; left?: string | undefined };
const found = new WeakMap<Cafe, Found>();
const foundIn = (cafe: Cafe) => found.get(cafe) ?? {};

function note(cafe: Cafe, news: Found): void {
  found.set(cafe, { ...foundIn(cafe), ...news });
}

const HALF = '{"last": 2';

// A program that does not wait for its save needs a moment until the file is there.
async function isSavedSoon(cafe: Cafe): Promise<boolean> {
  await cafe.idle();
  return cafe.file('tickets.json') !== undefined;
}

const numbersOf = (cafe: Cafe) => (foundIn(cafe).crowd ?? []).map(numberIn);

function whyNotEach(cafe: Cafe): string | undefined {
  const failed = foundIn(cafe).crowd!.filter(({ status }) => status !== 201).length;
  if (failed > 0) return `Twenty guests came at once, and all should get a ticket, but ${failed} got none.`;
  const numbers = numbersOf(cafe).map(Number).sort((a, b) => a - b);
  return numbers.every((number, index) => number === index + 5) ? undefined : `Twenty guests should get the numbers 5 to 24, each once, but they got ${numbers.join(', ')}.`;
}

export const check: Check = {
  steps: [
    {
      story: 'The first guest draws a ticket.',
      ask: 'POST /tickets',
      want: ticket(1),
    },
    {
      story: 'The second guest draws a ticket.',
      ask: 'POST /tickets',
      want: ticket(2),
    },
    {
      story: 'The disk is full: nothing can be saved. A guest wants a ticket.',
      before: async (cafe) => {
        note(cafe, { isSaved: await isSavedSoon(cafe) });
        cafe.block('tickets.json');
      },
      ask: 'POST /tickets',
      want: { holds: ({ status }) => (status >= 500 ? undefined : `What cannot be saved must not be given: the status should be 500, but it is ${status}.`) },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (_came, cafe) => !foundIn(cafe).isSaved,
          says: 'Two guests have their tickets, and there is no file tickets.json in the data folder: after a restart, the next two get the same numbers.',
          tryThis: 'Save each number with swapIn(file, text), where file is join(process.env.DATA_DIR, "tickets.json").',
        },
        {
          code: 'J6',
          name: 'given before it was kept',
          fits: (came) => came.status === 201,
          says: 'The number could not be saved, and the guest got it all the same: the answer did not wait for the save, or the code ignored its error.',
          tryThis: 'Put "await" before the save and the answer after it, and do not catch the error: withErrors() answers 500.',
        },
      ],
    },
    {
      story: 'There is room on the disk again. The next guest comes.',
      before: (cafe) => cafe.unblock('tickets.json'),
      ask: 'POST /tickets',
      want: ticket(3),
      mistakes: [
        {
          code: 'J7',
          name: 'one error stops all',
          fits: isFailure,
          says: 'Saving works again, and still no guest gets a ticket: after the one error, all later ones fail or wait forever.',
          tryThis: 'Whatever becomes of a job, the next one must begin: catch its error for the queue, or let go of the lock in "finally".',
        },
        {
          code: 'J8',
          name: 'memory ahead of the file',
          fits: (came) => numberIn(came) === 4,
          says: 'The last ticket was 2, then one could not be saved, and the next was 4: number 3 was counted though no guest got it.',
          tryThis: 'Save last + 1 first, and let "last" grow when that has succeeded.',
        },
      ],
    },
    {
      story: 'Somebody pulls the plug. The server is started again, and a guest comes.',
      before: 'kill',
      ask: 'POST /tickets',
      want: ticket(4),
      mistakes: [
        {
          code: 'J1',
          name: 'the file is never read',
          fits: (came) => numberIn(came) === 1,
          says: 'The numbers are saved, and after a restart it began with 1 again: the program does not read the file when it starts.',
          tryThis: 'Read the file before the server listens, and begin with the number in it.',
        },
        {
          code: 'J2',
          name: 'one too low',
          fits: (came) => numberIn(came) === 3,
          says: 'The last number before the restart was 3, and the first one after it was 3 as well: the file holds the number before the last.',
          tryThis: 'Save the number that the guest is about to get, last + 1, and not the one before.',
        },
        {
          code: 'J3',
          name: 'a number kept as text',
          fits: (came) => String(numberIn(came)) === '31',
          says: 'After 3 came 31: what is read from a file is text at first, and "3" + 1 is "31".',
          tryThis: 'Keep it as JSON and read it with JSON.parse(), or turn it into a number: Number(text).',
        },
      ],
    },
    {
      story: 'Which was the last number?',
      ask: 'GET /tickets',
      want: { status: 200, json: { last: 4 } },
    },
    {
      story: 'Twenty guests come in the same moment.',
      before: async (cafe) => note(cafe, { crowd: await Promise.all(Array.from({ length: 20 }, () => cafe.ask('POST /tickets'))) }),
      ask: 'GET /tickets',
      want: { status: 200, holds: (_came, cafe) => whyNotEach(cafe) },
      mistakes: [
        {
          code: 'J4',
          name: 'two guests, one number',
          fits: (_came, cafe) => new Set(numbersOf(cafe)).size < 20,
          says: 'Twenty guests came at once, and some got the same number: while one was waiting for the file, the next one began to count from the same number.',
          tryThis: 'Let the whole of it, counting and saving, be one job of inTurn(…), so that the next one begins after it.',
        },
      ],
    },
    {
      story: 'The plug is pulled once more, and the next guest comes.',
      before: 'kill',
      ask: 'POST /tickets',
      want: ticket(25),
      mistakes: [
        {
          code: 'J5',
          name: 'saves overtake each other',
          fits: (came) => Number(numberIn(came)) < 25,
          says: 'The last of twenty guests at once got 24, and after a restart an older number was in the file: several saves ran at the same time, and the slowest one won.',
          tryThis: 'Begin a save only when the one before is over: one job after the other with inTurn(…).',
        },
      ],
    },
    {
      story: 'Somebody copies the file just while a guest draws a ticket.',
      before: (cafe) => {
        const [before, read] = [cafe.file('tickets.json'), cafe.link('tickets.json')];
        note(cafe, { isWrittenOver: () => read() !== before });
      },
      ask: 'POST /tickets',
      want: { ...ticket(26), holds: (_came, cafe) => (foundIn(cafe).isWrittenOver!() ? 'The file should be swapped for a new one, but it was written over.' : undefined) },
      mistakes: [
        {
          code: 'J9',
          name: 'written over',
          fits: (_came, cafe) => foundIn(cafe).isWrittenOver!(),
          says: 'The new number was written over the old file. That empties it first, so a plug that is pulled then leaves half a file, or an empty one.',
          tryThis: 'Write a second file next to it, and give that one the name with rename(); swapIn(file, text) does both.',
        },
      ],
    },
    {
      story: 'The owner has saved half a file by mistake, and the server was started on it. Now the file is repaired.',
      before: async (cafe) => {
        const whole = cafe.file('tickets.json') ?? '';
        cafe.put('tickets.json', HALF);
        if (await cafe.starts()) await cafe.ask('POST /tickets');
        note(cafe, { left: cafe.file('tickets.json') });
        cafe.put('tickets.json', whole);
        await cafe.restart();
      },
      ask: 'POST /tickets',
      want: { ...ticket(27), holds: (_came, cafe) => (foundIn(cafe).left === HALF ? undefined : `The broken file should be left as it was, ${HALF}, but then it was ${foundIn(cafe).left}.`) },
      mistakes: [
        {
          code: 'J10',
          name: 'a broken file is replaced',
          fits: (_came, cafe) => foundIn(cafe).left !== HALF,
          says: 'A file that could not be read was taken for none, and overwritten. The owner could have repaired it; now the numbers begin again.',
          tryThis: 'Name the one failure that you expect: begin with 0 if error.code is "ENOENT", and throw every other error again.',
        },
      ],
    },
  ],
};

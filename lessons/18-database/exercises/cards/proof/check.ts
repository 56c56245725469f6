import type { Ask, Cafe, Came, Check, Mistake, Want } from '../../../../classroom/check/format.ts';

type Line = { from: number; to: number; cents: number };

const send = (from: number, to: number, cents: unknown): Ask => ({ target: '/transfers', json: { from, to, cents } });
const centsIn = ({ json }: Came) => (json as { cents?: unknown } | undefined)?.cents;
const centsOn = async (cafe: Cafe, id: number) => centsIn(await cafe.ask(`GET /cards/${id}`));
const linesIn = ({ json }: Came) => (Array.isArray(json) ? json as Line[] : []).map(({ from, to, cents }) => ({ from, to, cents }));
const idsIn = ({ json }: Came) => (Array.isArray(json) ? json as { id: unknown }[] : []).map(({ id }) => id);
const told = ({ printed, error }: Came) => printed + (error?.message ?? '');

/** What is on the cards 1 and 2, and how many transfers are written down. */
type Books = { one: unknown; two: unknown; written: number };

async function look(cafe: Cafe): Promise<Books> {
  return { one: await centsOn(cafe, 1), two: await centsOn(cafe, 2), written: linesIn(await cafe.ask('GET /transfers')).length };
}

const same = (a: Books, b: Books) => a.one === b.one && a.two === b.two && a.written === b.written;
const say = ({ one, two, written }: Books) => `${one} cents on card 1, ${two} on card 2, and ${written} among the transfers`;

/** What the steps find out, for their mistakes; each check has a café of its own. */
type Found = { halves?: Books[]; crowd?: Crowd; three?: unknown };
const found = new WeakMap<Cafe, Found>();
const foundIn = (cafe: Cafe) => found.get(cafe) ?? {};

function note(cafe: Cafe, news: Found): void {
  found.set(cafe, { ...foundIn(cafe), ...news });
}

// A program that does not wait for its database needs a moment until the money is there.
async function lookSoon(cafe: Cafe): Promise<Books> {
  await cafe.idle();
  return look(cafe);
}

/** The answer has this status, and then the books are these. */
function wants(status: number, books: Books): Want {
  return {
    status,
    holds: async (came, cafe) => {
      const now = await lookSoon(cafe);
      return same(now, books) ? undefined : `There should be ${say(books)}, but there are ${say(now)}.`;
    },
  };
}

const isNow = (fits: (now: Books, came: Came) => boolean) => async (came: Came, cafe: Cafe) => fits(await look(cafe), came);

const AFTER_FIRST: Books = { one: 700, two: 1_300, written: 1 };
const AFTER_ALL: Books = { one: 700, two: 2_300, written: 2 };
const AFTER_PLUG: Books = { one: 600, two: 2_400, written: 3 };

const notWaitedFor: Mistake = {
  code: 'D4',
  name: 'not waited for',
  fits: isNow(({ one }, { how, status }) => (how === 'ended' || status === 201) && one === 700),
  says: 'The money was not there, and the guest got 201 all the same: the answer did not wait for the transaction, so the code never saw that it was refused.',
  tryThis: 'Put "await" (or "return") before the call of transaction().',
};

const writtenFirst: Mistake = {
  code: 'D6',
  name: 'written down, and not done',
  fits: isNow(({ one, written }) => one === 700 && written === 2),
  says: 'The transfer was refused, no money moved, and yet it is written down among the transfers.',
  tryThis: 'Insert the line in the same transaction in which the money moves: if that throws, nothing of it is kept.',
};

const madeOfNothing: Mistake = {
  code: 'D11',
  name: 'what is no number',
  fits: isNow(({ two }) => two !== 1_300 && two !== 2_300),
  says: 'Something was sent that is not a number, and the server went on to count with it: now there is something on the card that no guest can pay with.',
  tryThis: 'Ask first: Number.isSafeInteger(cents). It is false for "100", for 0.5, and for nothing at all.',
};

// The files as a plug that is pulled would leave them: with so much of what was written for a transfer.
async function pullPlugInTheMiddle(cafe: Cafe): Promise<void> {
  const name = cafe.files().filter((file) => /(^|\/)journal-\d+\.jsonl$/.test(file)).at(-1);
  const before = name ? cafe.file(name)! : '';
  await cafe.ask(send(1, 2, 100));
  await cafe.idle();
  const after = name ? cafe.file(name)! : '';
  const cuts = cutsOf(after.slice(before.length));
  const halves: Books[] = [];
  for (const cut of cuts) halves.push(...await leftAt(cafe, name!, before + cut));
  if (name) cafe.put(name, after);
  await cafe.kill();
  note(cafe, { halves });
}

// After each line, and in the middle of each.
function cutsOf(written: string): string[] {
  const ends = [...written.matchAll(/\n/g)].map(({ index }) => index + 1);
  return ends.flatMap((end, n) => [Math.floor(((ends[n - 1] ?? 0) + end) / 2), end]).slice(0, -1).map((end) => written.slice(0, end));
}

async function leftAt(cafe: Cafe, name: string, text: string): Promise<Books[]> {
  cafe.put(name, text);
  await cafe.kill();
  const left = await look(cafe);
  return same(left, AFTER_ALL) || same(left, AFTER_PLUG) ? [] : [left];
}

type Crowd = { came: Came[]; left: number; got: number; written: number };

// Forty guests send this much from one card to another, in the same moment.
async function comeAtOnce(cafe: Cafe, from: number, to: number, cents: number): Promise<Crowd> {
  const came = await Promise.all(Array.from({ length: 40 }, () => cafe.ask(send(from, to, cents))));
  const [left, got] = [Number(await centsOn(cafe, from)), Number(await centsOn(cafe, to))];
  const written = linesIn(await cafe.ask('GET /transfers')).filter((line) => line.from === from && line.to === to).length;
  return { came, left, got, written };
}

const toldIn = ({ came }: Crowd, status: number) => came.filter((one) => one.status === status).length;

type Fair = { done: number; refused: number; left: number; got: number };
const FOR_ALL: Fair = { done: 40, refused: 0, left: 200, got: 1_800 };
const FOR_ONE: Fair = { done: 1, refused: 39, left: 400, got: 1_600 };

function whyUnfair(crowd: Crowd, { done, refused, left, got }: Fair): string | undefined {
  const [wasDone, wasRefused] = [toldIn(crowd, 201), toldIn(crowd, 409)];
  if (wasDone !== done || wasRefused !== refused) return `Of the forty guests, ${done} should get 201 and ${refused} should get 409, but ${wasDone} got 201 and ${wasRefused} got 409.`;
  if (crowd.left !== left || crowd.got !== got) return `Afterwards there should be ${left} cents on the one card and ${got} on the other, but there are ${crowd.left} and ${crowd.got}.`;
  return crowd.written === done ? undefined : `${done} of these transfers should be written down, but ${crowd.written} are.`;
}

// When the first is done before the second has come, a wrong program is fair by luck: then they come
// again, to other cards.
async function comeAgain(cafe: Cafe, givers: number[], cents: number): Promise<Crowd> {
  const [from, ...more] = givers;
  const crowd = await comeAtOnce(cafe, from!, from! + 1, cents);
  return more.length === 0 || whyUnfair(crowd, FOR_ONE) ? crowd : comeAgain(cafe, more, cents);
}

const ofCrowd = (fits: (crowd: Crowd) => boolean) => (_came: Came, cafe: Cafe) => fits(foundIn(cafe).crowd!);

export const check: Check = {
  steps: [
    {
      story: 'Ada sends 300 cents from card 1 to card 2.',
      ask: send(1, 2, 300),
      want: wants(201, AFTER_FIRST),
      mistakes: [
        {
          code: 'D1',
          name: 'a change that waits',
          fits: (came) => told(came).includes('must not wait'),
          says: 'The database has refused the whole transaction, because its function is async: while it waited, another request could have come in between.',
          tryThis: 'Take "async" and "await" away from the function in transaction(…): draft.in(…).get() and its friends answer at once.',
        },
        {
          code: 'D22',
          name: 'a collection not asked for',
          fits: (came) => told(came).includes('There is no collection'),
          says: 'The transaction wanted a collection that was not opened before: its name is misspelt, or db.collection(…) comes too late.',
          tryThis: 'Call db.collection() for each one at the top of the program, and use the same names in draft.in(…).',
        },
        {
          code: 'D23',
          name: 'opened for each request',
          fits: (came) => told(came).includes('is in use by another program'),
          says: 'The database is open already, and was to be opened once more. It keeps everything in memory, so two of them would know nothing of each other, and the second one is refused.',
          tryThis: 'Open it once, at the top of the program, and use that one in all handlers.',
        },
        {
          code: 'todo',
          name: 'not begun',
          fits: isNow(({ one, two }) => one === 1_000 && two === 1_000),
          says: 'The transfer is written down, and no money has moved.',
          tryThis: 'Begin with db.transaction((draft) => …), and change both cards in it, with draft.in<Card>("cards").',
        },
        {
          code: 'D2',
          name: 'not written down',
          fits: isNow(({ one, two, written }) => one === 700 && two === 1_300 && written === 0),
          says: 'The money has moved, and there is no record of why: the transfer is not among the transfers.',
          tryThis: 'Insert { from, to, cents } into "transfers", in the same transaction.',
        },
      ],
    },
    {
      story: 'There are 700 cents left on card 1. Ada wants to send 701.',
      ask: send(1, 2, 701),
      want: wants(409, AFTER_FIRST),
      mistakes: [
        {
          code: 'D3',
          name: 'below nothing',
          fits: isNow(({ one }) => Number(one) < 0),
          says: 'There were 700 cents on the card, 701 were sent, and now it holds less than nothing.',
          tryThis: 'In the transaction, ask whether there is enough before anything is changed, and throw a Refusal with 409 if not.',
        },
        notWaitedFor,
        {
          code: 'D5',
          name: 'refused with 200',
          fits: isNow(({ one }, { status }) => status === 200 && one === 700),
          says: 'Nothing was sent, and the answer was 200, which means "it is done". Programs look at the status, not at the words.',
          tryThis: 'Answer 409: what was asked for does not fit with how things are.',
        },
        writtenFirst,
      ],
    },
    {
      story: 'Ada mistypes the card: she sends 100 cents to card 999, which does not exist.',
      ask: send(1, 999, 100),
      want: wants(404, AFTER_FIRST),
      mistakes: [
        {
          code: 'D7',
          name: 'taken and not given',
          fits: isNow(({ one }) => one === 600),
          says: 'There is no card 999, so the cents could not go anywhere, but they were taken all the same: the first change was kept, and the second one failed.',
          tryThis: 'Make both changes on the draft of one transaction. If one of them throws, none is made.',
        },
        notWaitedFor,
        writtenFirst,
      ],
    },
    {
      story: 'Eve sends everything that is on card 3.',
      ask: send(3, 2, 1_000),
      want: wants(201, AFTER_ALL),
      mistakes: [
        {
          code: 'D8',
          name: 'the last cent stays',
          fits: (came) => came.status === 409,
          says: 'Eve has 1,000 cents, wants to send 1,000, and was refused.',
          tryThis: 'Refuse only if there is less than that: card.cents < cents.',
        },
      ],
    },
    {
      story: 'Ben tries -100 cents, from his card 2 to card 1.',
      ask: send(1, 2, -100),
      want: wants(400, AFTER_ALL),
      mistakes: [
        {
          code: 'D9',
          name: 'sent backwards',
          fits: isNow(({ one }) => one === 800),
          says: '-100 cents were sent from card 1 to card 2, so 100 went from 2 to 1: a thief could empty the cards of others.',
          tryThis: 'Ask first whether cents is at least 1, and refuse with 400 if not.',
        },
      ],
    },
    {
      story: 'Ben tries half a cent.',
      ask: send(1, 2, 0.5),
      want: wants(400, AFTER_ALL),
      mistakes: [
        {
          code: 'D10',
          name: 'half a cent',
          fits: isNow(({ one }) => one === 699.5),
          says: 'Half a cent was sent. There is no such coin, and sums of fractions do not come out even.',
          tryThis: 'Number.isSafeInteger(cents) is true for whole numbers only. Refuse all others with 400.',
        },
      ],
    },
    {
      story: 'A program sends "100", as text.',
      ask: send(1, 2, '100'),
      want: wants(400, AFTER_ALL),
      mistakes: [madeOfNothing],
    },
    {
      story: 'Another one forgets the cents.',
      ask: send(1, 2, undefined),
      want: wants(400, AFTER_ALL),
      mistakes: [madeOfNothing],
    },
    {
      story: 'Ben sends 100 cents from card 2 to card 2.',
      ask: send(2, 2, 100),
      want: wants(400, AFTER_ALL),
      mistakes: [
        {
          code: 'D12',
          name: 'money out of nothing',
          fits: isNow(({ two }) => Number(two) > 2_300),
          says: 'Ben sent 100 cents from card 2 to card 2, and has more than before: the card was read once, and written twice.',
          tryThis: 'Refuse with 400 if both cards are the same.',
        },
      ],
    },
    {
      story: 'Which cards are Ada’s?',
      ask: 'GET /cards?owner=ada',
      want: { status: 200, holds: (came) => (String(idsIn(came)) === '1,150' ? undefined : `It should be a list of the cards 1 and 150, but there came ${idsIn(came).length} cards${idsIn(came).length < 9 ? `: ${idsIn(came).join(', ')}` : ''}.`) },
      mistakes: [
        {
          code: 'D13',
          name: 'no index',
          fits: (came) => told(came).includes('has no index on'),
          says: 'The collection was asked to find cards by their owner, and has no index on it.',
          tryThis: "Declare it where the collection is made: db.collection('cards', { indexes: ['owner'], … }).",
        },
        {
          code: 'D14',
          name: 'only the first page',
          fits: (came) => String(idsIn(came)) === '1',
          says: 'Ada has the cards 1 and 150, and only card 1 was found: list() gives a page of 100 records, and the code did not look at the next one.',
          tryThis: "Ask the index: cards.find('owner', 'ada') finds all of them, and looks at no others.",
        },
        {
          code: 'D15',
          name: 'all guests’ cards',
          fits: (came) => idsIn(came).length > 2,
          says: 'Ada’s cards were asked for, and those of others came with them.',
          tryThis: "Read the owner from the query, address.query.get('owner'), and ask cards.find('owner', …).",
        },
      ],
    },
    {
      story: 'Somebody pulls the plug, and the server is started again.',
      before: 'kill',
      ask: 'GET /cards/2',
      want: { status: 200, holds: (came) => (centsIn(came) === 2_300 ? undefined : `There should be 2300 cents on card 2, but there are ${centsIn(came)}.`) },
      mistakes: [
        {
          code: 'D16',
          name: 'in memory alone',
          fits: (came) => centsIn(came) === 1_000,
          says: 'After the restart all cards are as they were on the first day: what is on them was counted in memory, and kept nowhere.',
          tryThis: 'Change the records of the collection, with draft.in<Card>("cards").update(…).',
        },
      ],
    },
    {
      story: 'The disk is full. Ada wants to send 50 cents.',
      before: (cafe) => cafe.fillDisk(),
      ask: send(1, 2, 50),
      want: { holds: ({ status }) => (status >= 500 ? undefined : `What cannot be kept must not be promised: the status should be 500, but it is ${status}.`) },
      mistakes: [
        {
          code: 'D25',
          name: 'promised and not kept',
          fits: (came) => came.status === 201,
          says: 'Nothing could be written, and the guest got 201 all the same: the answer did not wait until the transfer was on the disk.',
          tryThis: 'Put "await" (or "return") before the call of transaction(), and do not catch its error: withErrors() answers 500.',
        },
      ],
    },
    {
      story: 'There is room again. Nothing of that transfer may be seen.',
      before: (cafe) => cafe.freeDisk(),
      ask: 'GET /transfers',
      want: wants(200, AFTER_ALL),
    },
    {
      story: 'The plug is pulled in the middle of a transfer, and each time a little later.',
      before: pullPlugInTheMiddle,
      ask: 'GET /transfers',
      want: {
        status: 200,
        holds: (_came, cafe) => {
          const [half] = foundIn(cafe).halves!;
          return half && `Afterwards there should be ${say(AFTER_ALL)}, or ${say(AFTER_PLUG)}, but there were ${say(half)}.`;
        },
      },
      mistakes: [
        {
          code: 'D17',
          name: 'half a transfer',
          fits: (_came, cafe) => foundIn(cafe).halves!.some(({ one, two }) => Number(one) + Number(two) !== 3_000),
          says: 'When the plug is pulled between two changes, the cents are taken from one card and not on the other: each change was kept by itself. To give them back afterwards does not help if the program is gone by then.',
          tryThis: 'Make all changes in one db.transaction(…). It is one line in the journal: there as a whole, or not at all.',
        },
        {
          code: 'D18',
          name: 'written down apart',
          fits: (_came, cafe) => foundIn(cafe).halves!.length > 0,
          says: 'When the plug is pulled between two changes, the money has moved and the transfer is not written down, or the other way round.',
          tryThis: 'Insert into "transfers" in the same transaction: draft.in<Transfer>("transfers").insert(…).',
        },
      ],
    },
    {
      story: 'Forty guests send 20 cents each from card 5 to card 6, in the same moment. There is enough for all.',
      before: async (cafe) => note(cafe, { crowd: await comeAtOnce(cafe, 5, 6, 20) }),
      ask: 'GET /cards/5',
      want: { status: 200, holds: (_came, cafe) => whyUnfair(foundIn(cafe).crowd!, FOR_ALL) },
      mistakes: [
        {
          code: 'D20',
          name: 'an old balance',
          fits: ofCrowd(({ left, got }) => left + got !== 2_000),
          says: 'Forty guests came at once, and afterwards the two cards together hold more or less than before: some counted on from a balance that was read before the transaction, and was not true any more.',
          tryThis: 'Read both cards in the transaction, from the draft, and count with those.',
        },
        {
          code: 'D21',
          name: 'done twice',
          fits: ofCrowd((crowd) => (1_000 - crowd.left) / 20 > toldIn(crowd, 201)),
          says: 'More transfers were made than guests got 201 for: some were tried again though the first time had succeeded.',
          tryThis: 'Do not try again what may have been done. transaction() resolves when all of it is kept, and if it rejects, nothing is.',
        },
        {
          code: 'D24',
          name: 'refused for no reason',
          fits: ofCrowd((crowd) => toldIn(crowd, 201) < 40),
          says: 'Forty guests came at once, there was enough for all of them, and not all got it: the cards were read before the transaction, and another request had changed them by then.',
          tryThis: 'Read the card in the transaction: then no other request comes in between, and its version is the right one.',
        },
      ],
    },
    {
      story: 'There are 1,000 cents on card 7. Forty guests want to send 600 of them to card 8, in the same moment.',
      before: async (cafe) => note(cafe, { crowd: await comeAgain(cafe, [7, 9, 11, 13], 600) }),
      ask: 'GET /cards/7',
      want: { status: 200, holds: (_came, cafe) => whyUnfair(foundIn(cafe).crowd!, FOR_ONE) },
      mistakes: [
        {
          code: 'D19',
          name: 'asked too early',
          fits: ofCrowd(({ left }) => left < 0),
          says: 'Forty guests came at once, and more was taken from the card than there was on it: whether there is enough was asked before the transaction, and then others were faster.',
          tryThis: 'Ask in the transaction itself, on the draft: draft.in<Card>("cards").get(from).',
        },
      ],
    },
    {
      story: 'Ben sends 100 cents from card 2 to card 3, and right after the answer the power fails in the whole house.',
      before: async (cafe) => {
        note(cafe, { three: await centsOn(cafe, 3) });
        await cafe.ask(send(2, 3, 100));
        await cafe.cutPower();
      },
      ask: 'GET /cards/3',
      want: { status: 200, holds: (came, cafe) => (centsIn(came) === Number(foundIn(cafe).three) + 100 ? undefined : `There should be ${Number(foundIn(cafe).three) + 100} cents on card 3, but there are ${centsIn(came)}.`) },
      mistakes: [
        {
          code: 'D26',
          name: 'written and not flushed',
          fits: (came, cafe) => centsIn(came) !== Number(foundIn(cafe).three) + 100,
          says: 'The transfer was written, and when the answer came it was in the memory of the system only, which forgets it without power.',
          tryThis: 'Answer when db.transaction(…) has resolved. A file of your own needs a flush before the answer: sync().',
          lesson: 17,
        },
      ],
    },
  ],
};

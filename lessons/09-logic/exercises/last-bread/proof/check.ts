import type { Ask, Came, Check, Mistake, Want } from '../../../../classroom/check/format.ts';

// What is asked for, by its number on the menu.
const flatWhite = 2;
const croissant = 15;
const cinnamonRoll = 16;
const bananaBread = 17;
const cheesecake = 18;
const cremeBrulee = 19;

/** bill(17, [croissant, 2]): two croissants at 17 o'clock. */
function bill(hour: number, ...basket: [id: number, quantity: number][]): Ask {
  return { method: 'POST', target: '/api/bill', json: { items: basket.map(([id, quantity]) => ({ id, quantity })), hour } };
}

const totalOf = (came: Came) => (came.json as { total?: unknown } | undefined)?.total;
const costs = (total: number): Want => ({ status: 200, json: { total } });
const isFraction = (came: Came) => typeof totalOf(came) === 'number' && !Number.isInteger(totalOf(came));

const remembers: Mistake = {
  code: 'M12',
  name: 'the basket before is remembered',
  fits: async (_came, cafe) => (await cafe.ask(bill(9, [bananaBread, 2]))).text !== (await cafe.ask(bill(9, [bananaBread, 2]))).text,
  says: 'The same basket was asked for twice at the same hour, and the answers differ: a sum or a count goes on from one guest to the next.',
  tryThis: 'Declare the variable that you count with inside the function. A pure function starts from zero each time.',
};

const hourUnused: Mistake = {
  code: 'M1',
  name: 'the hour is not used',
  fits: async (_came, cafe) => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const bills = await Promise.all(hours.map(async (hour) => (await cafe.ask(bill(hour, [croissant, 2]))).text));
    return new Set(bills).size === 1;
  },
  says: 'The request says which hour it is, but two croissants cost the same at each of the 24 hours.',
  tryThis: 'Decide by the parameter "hour". A rule that asks the clock (new Date()) can be tested in the evening only.',
};

const inEuros: Mistake = {
  code: 'M2',
  name: 'euros instead of cents',
  fits: isFraction,
  says: (came) => `The total was ${totalOf(came)}, and there is no such number of cents. Between prices and total the code calculated in euros: 0.1 + 0.2 is 0.30000000000000004.`,
  tryThis: 'Stay with whole cents from the first line to the last; priceTag() makes euros of them where people read them.',
};

const hourAtBorder: Mistake = {
  code: 'M4',
  name: 'the hour at the border',
  fits: (came) => totalOf(came) === 820 || totalOf(came) === 748,
  says: (came) => (totalOf(came) === 820
    ? 'It is cheaper at 17, but not at 18: the evening lasts two hours.'
    : 'It is cheaper at an hour that is no evening any more, or not yet: the evening begins at 17, and at 19 it is over.'),
  tryThis: 'Write 17 <= hour && hour < 19. The first hour belongs to it, the last one does not.',
};

const threeForEach = (thing: string): Want => ({ status: 409, includes: [thing] });

export const check: Check = {
  steps: [
    {
      story: 'In the morning: two flat whites and a croissant.',
      ask: bill(9, [flatWhite, 2], [croissant, 1]),
      want: costs(920),
      mistakes: [hourUnused, inEuros],
    },
    {
      story: 'In the evening: a flat white and two croissants.',
      ask: bill(17, [flatWhite, 1], [croissant, 2]),
      want: costs(748),
      mistakes: [
        remembers,
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => totalOf(came) === 820 && totalOf(await cafe.ask(bill(18, [croissant, 2]))) === 480 && (await cafe.ask(bill(9, [croissant, 4]))).status === 200,
          says: "At 17 o'clock the basket costs 820 cents, as in the morning: the rule of the evening is not there yet.",
          tryThis: 'Begin in billOf: ask whether it is evening, and take anything off the sum then; check again.',
        },
        hourUnused,
        {
          code: 'M3',
          name: 'everything is cheaper',
          fits: (came) => totalOf(came) === 697,
          says: 'The flat white got cheaper, too: 15 percent were taken of the whole basket. Only what is baked is left over in the evening.',
          tryThis: 'Take the 15 percent of the baked part alone: those entries whose item has the category "bakery".',
        },
        {
          code: 'M4',
          name: 'the hour at the border',
          fits: (came) => totalOf(came) === 820,
          says: 'At 17 it was not cheaper yet, and the evening begins at 17.',
          tryThis: 'Write 17 <= hour && hour < 19. The first hour belongs to it, the last one does not.',
        },
        inEuros,
      ],
    },
    {
      story: 'The same at 18.',
      ask: bill(18, [flatWhite, 1], [croissant, 2]),
      want: costs(748),
      mistakes: [remembers, hourAtBorder],
    },
    {
      story: 'The same at 19.',
      ask: bill(19, [flatWhite, 1], [croissant, 2]),
      want: costs(820),
      mistakes: [remembers, hourAtBorder],
    },
    {
      story: 'The same at 16.',
      ask: bill(16, [flatWhite, 1], [croissant, 2]),
      want: costs(820),
      mistakes: [remembers, hourAtBorder],
    },
    {
      story: 'A single cinnamon roll in the evening.',
      ask: bill(18, [cinnamonRoll, 1]),
      want: costs(263),
      mistakes: [
        remembers,
        {
          code: 'M6',
          name: 'half a cent on the bill',
          fits: isFraction,
          says: (came) => `The total was ${totalOf(came)}: 15 percent of 310 is 46.5, and a guest cannot pay half a cent.`,
          tryThis: 'Round what is taken off to whole cents: Math.ceil(cents * 15 / 100).',
        },
        {
          code: 'M7',
          name: "the guest's half cent is kept",
          fits: (came) => totalOf(came) === 264,
          says: 'The total was 264: half a cent came out, and the café kept it. By the rule it is the guest\'s.',
          tryThis: 'Round up what is taken off (Math.ceil), or round down what is left to pay (Math.floor).',
        },
      ],
    },
    {
      story: 'A cinnamon roll and a crème brûlée, each with half a cent.',
      ask: bill(18, [cinnamonRoll, 1], [cremeBrulee, 1]),
      want: costs(680),
      mistakes: [
        remembers,
        {
          code: 'M5',
          name: 'rounded too early',
          fits: (came) => totalOf(came) === 679 || totalOf(came) === 681,
          says: (came) => `The total was ${totalOf(came)} and should be 680: each piece was rounded by itself, and two half cents make a whole one.`,
          tryThis: 'Add up the prices first. Take 15 percent of the sum, and round once.',
        },
      ],
    },
    {
      story: 'Ada wants four croissants, in the morning.',
      ask: bill(9, [croissant, 4]),
      want: threeForEach('Croissant'),
      mistakes: [
        {
          code: 'M13',
          name: 'a rule at the wrong time',
          fits: async (came, cafe) => came.status === 200 && (await cafe.ask(bill(18, [croissant, 4]))).status === 409,
          says: 'Four croissants are refused in the evening, and sold in the morning. This rule holds at any hour.',
          tryThis: 'Leave the hour out of reasonsAgainst: it needs the basket and the menu alone.',
        },
        {
          code: 'M8',
          name: 'three means three',
          fits: (came) => came.status === 200,
          says: 'Four croissants were sold to one guest. More than three are too many.',
          tryThis: 'In reasonsAgainst, add a sentence for each baked thing of which the basket has more than 3.',
        },
      ],
    },
    {
      story: 'Two croissants, and further down two more.',
      ask: bill(9, [croissant, 2], [flatWhite, 1], [croissant, 2]),
      want: threeForEach('Croissant'),
      mistakes: [
        {
          code: 'M9',
          name: 'each line by itself',
          fits: (came) => came.status === 200,
          says: 'Two and two more croissants were sold, and that makes four: each line of the basket was looked at by itself.',
          tryThis: 'Add up the quantities of each id first, and look at the sums then.',
        },
      ],
    },
    {
      story: 'Ben wants three croissants, two and one, and three cinnamon rolls.',
      ask: bill(9, [croissant, 2], [cinnamonRoll, 3], [croissant, 1]),
      want: costs(1650),
      mistakes: [
        remembers,
        {
          code: 'M8',
          name: 'three means three',
          fits: async (came, cafe) => came.status === 409 && (await cafe.ask(bill(9, [croissant, 3]))).status === 409,
          says: 'Three croissants were refused, but three is what each guest may have. More than three are too many.',
          tryThis: 'Compare with > 3, and not with >= 3.',
        },
        {
          code: 'M10',
          name: 'all kinds counted together',
          fits: (came) => came.status === 409,
          says: 'Three croissants and three cinnamon rolls were refused: they were counted as six of one thing.',
          tryThis: 'Count for each id by itself, in a Map from the id to the quantity.',
        },
      ],
    },
    {
      story: 'Cleo fetches five flat whites for her office.',
      ask: bill(9, [flatWhite, 5]),
      want: costs(1700),
      mistakes: [
        remembers,
        {
          code: 'M11',
          name: 'the rule holds for everything',
          fits: (came) => came.status === 409,
          says: 'Five flat whites were refused, but three for each guest is the rule of the baked things only.',
          tryThis: 'Count only what has the category "bakery".',
        },
      ],
    },
    {
      story: 'And what is sold out stays sold out.',
      ask: bill(18, [cheesecake, 1]),
      want: threeForEach('Cheesecake'),
    },
  ],
};

import type { Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const some = ['Flat white', 'Café au lait', 'Earl Grey', 'Apple punch', 'Lemonade', 'Croissant', 'Cheesecake'];

/** Which of these items the answer shows, in the order of the menu. */
const shownIn = (came: Came) => some.filter((name) => came.text.includes(name)).join(', ');

const notFound: Mistake = {
  code: 'A1',
  name: 'the query taken for the path',
  fits: async (came, cafe) => came.status === 404 && (await cafe.ask('GET /find')).status === 200,
  says: 'The server answers /find, but not when a query follows: the whole address was compared with "/find".',
  tryThis: 'Compare the path alone: readAddress has cut the query off already.',
};

const todo: Mistake = {
  code: 'todo',
  name: 'not begun',
  fits: async (came, cafe) => came.status === 404 && (await cafe.ask('GET /find')).status === 404,
  says: 'Nothing answers /find yet.',
  tryThis: "Add an \"if\" for the path '/find' that replies with the whole menu, and check again. The query comes next.",
};

/** The other half is asked for as well, so that nothing is missing: does it find more now? */
function missingHalf(whole: string): Mistake {
  return {
    code: 'A2',
    name: 'null for what is not there',
    fits: async (came, cafe) => /null|reading '(to|includes|trim)/.test(came.error?.message ?? '')
      || (came.status === 200 && shownIn(came) === '' && shownIn(await cafe.ask(whole)) !== ''),
    says: 'When one of the two is not in the address, query.get(…) is null, and the code took that for something to look for.',
    tryThis: 'Let a condition hold when it was not asked for: price === null || …',
  };
}

const nothingLeftOut: Mistake = {
  code: 'A4',
  name: 'the query not looked at',
  fits: (came) => shownIn(came) === some.join(', '),
  says: 'The whole menu came: the query changed nothing.',
  tryThis: 'Keep only the items that fit: items.filter(…), and show what it gives back.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada asks what she can have for €3.50.',
      ask: 'GET /find?price=350',
      want: { status: 200, includes: ['Café au lait', 'Lemonade', '€3.50'], lacks: ['Flat white', 'Croissant'] },
      mistakes: [
        todo,
        notFound,
        missingHalf('GET /find?price=350&name='),
        {
          code: 'A3',
          name: 'text against number',
          fits: (came) => came.status === 200 && shownIn(came) === '',
          says: 'Two things cost 350 cents, but none was found. What comes from an address is text, and "350" === 350 is false.',
          tryThis: 'Turn the text into a number before you compare: Number(price). If it is one already, look in the replay at what is compared.',
        },
        nothingLeftOut,
        {
          code: 'A20',
          name: 'names without prices',
          fits: (came) => shownIn(came) === 'Café au lait, Lemonade' && !came.text.includes('€'),
          says: 'The café au lait and the lemonade were found, but not what they cost: only their names came.',
          tryThis: 'Show each as on the menu, with menuLine: found.map(menuLine).join(\'\').',
        },
      ],
    },
    {
      story: 'Bob asks for something with lemon.',
      ask: 'GET /find?name=lemon',
      want: { status: 200, includes: ['Lemonade'], lacks: ['Café au lait', 'Flat white'] },
      mistakes: [
        missingHalf('GET /find?price=350&name=lemon'),
        {
          code: 'A5',
          name: 'capitals of the menu',
          fits: async (came, cafe) => shownIn(came) === '' && shownIn(await cafe.ask('GET /find?name=Lemon')) === 'Lemonade',
          says: 'name=Lemon finds the lemonade, and name=lemon does not: to a computer "L" and "l" are two letters.',
          tryThis: 'Compare both sides in small letters: item.name.toLowerCase() and name.toLowerCase().',
        },
        nothingLeftOut,
      ],
    },
    {
      story: 'Cleo asks the same, and writes in capitals.',
      ask: 'GET /find?name=LEMON',
      want: { status: 200, includes: ['Lemonade'], lacks: ['Café au lait', 'Flat white'] },
      mistakes: [
        {
          code: 'A6',
          name: 'capitals of the guest',
          fits: (came) => came.status === 200 && shownIn(came) === '',
          says: 'name=lemon finds the lemonade, and name=LEMON does not: only one side was written in small letters.',
          tryThis: 'Write what the guest asks for in small letters too: name.toLowerCase().',
        },
      ],
    },
    {
      story: 'Dora asks for "é au", which travels as percent-codes.',
      ask: 'GET /find?name=%C3%A9%20au',
      want: { status: 200, includes: ['Café au lait'], lacks: ['Lemonade', 'Flat white'] },
      mistakes: [
        {
          code: 'A7',
          name: 'percent-codes not turned back',
          fits: (came) => came.status === 200 && shownIn(came) === '',
          says: 'Nothing was found for "é au", which travels as "%C3%A9%20au": the codes were not turned back into the letters.',
          tryThis: 'Take the text from query.get(…): it is decoded already.',
        },
      ],
    },
    {
      story: 'Emil asks for "100%", which is on no menu.',
      ask: 'GET /find?name=100%25',
      want: {
        lacks: some,
        holds: (came) => {
          if (came.status !== 200 && came.status !== 404) return `The status should be 200, but it was ${came.status}.`;
          return came.text.trim() === '' ? 'The answer should say that nothing was found, but it is empty.' : undefined;
        },
      },
      mistakes: [
        {
          code: 'A8',
          name: 'decoded twice',
          fits: (came) => came.error?.name === 'URIError' || came.status === 400,
          says: '"100%25" means "100%". It was decoded, and then decoded again, and "100%" is not a percent-code any more.',
          tryThis: 'Take out decodeURIComponent(…): query.get(…) is decoded already, and once is enough.',
        },
        {
          code: 'A9',
          name: 'nothing found, nothing said',
          fits: (came) => came.text.trim() === '',
          says: 'An empty page came. The guest cannot tell whether nothing was found or something is broken.',
          tryThis: "When no line is left, answer with a sentence: lines || 'Nothing …'.",
        },
      ],
    },
    {
      story: 'Ada has €3.50, and wants something with "le" in its name.',
      ask: 'GET /find?price=350&name=le',
      want: { status: 200, includes: ['Lemonade'], lacks: ['Café au lait', 'Apple punch', 'Cheesecake'] },
      mistakes: [
        {
          code: 'A10',
          name: 'one or the other',
          fits: (came) => shownIn(came) === 'Café au lait, Apple punch, Lemonade',
          says: 'What costs 350 came, and what has "le" in its name came too: one of the two was enough.',
          tryThis: 'Both must hold: join the two conditions with &&.',
        },
        {
          code: 'A11',
          name: 'one of two conditions',
          fits: (came) => ['Café au lait, Lemonade', 'Apple punch, Lemonade'].includes(shownIn(came)),
          says: (came) => `Of the two conditions only one was looked at: ${came.text.includes('Apple') ? 'the apple punch does not cost 350' : 'the café au lait has no "le" in its name'}.`,
          tryThis: 'Do not stop at the first query that is there ("else if", or an early return). Let each item pass both conditions.',
        },
      ],
    },
    {
      story: 'Gus has 35 cents.',
      ask: 'GET /find?price=35',
      want: { lacks: some },
      mistakes: [
        {
          code: 'A19',
          name: 'a part of the price',
          fits: (came) => shownIn(came) !== '',
          says: '35 cents found what costs 350: the prices were compared as text, and "350" has "35" in it.',
          tryThis: 'Compare two numbers: item.price === Number(price).',
        },
      ],
    },
    {
      story: 'Fay asks for nothing special.',
      ask: 'GET /find',
      want: { status: 200, includes: some },
      mistakes: [
        {
          code: 'A12',
          name: 'nothing asked, nothing shown',
          fits: (came) => shownIn(came) === '',
          says: 'Without a query the answer should be the whole menu, and not one item of it came.',
          tryThis: 'Begin with all items, and let each query that is there take some away.',
        },
      ],
    },
    {
      story: 'Somebody tries to delete the cheesecake.',
      ask: 'DELETE /find?name=cheesecake',
      want: { status: 405, headers: { allow: 'GET' }, lacks: ['Cheesecake'] },
      mistakes: [
        {
          code: 'A13',
          name: 'the method not looked at',
          fits: (came) => came.status === 200,
          says: 'DELETE was answered as if it were GET: the guest gets 200, all is well, and believes that the cheesecake is gone.',
          tryThis: 'Look at the method before the paths, and answer 405 unless it is GET or HEAD.',
        },
        {
          code: 'A14',
          name: 'no without a way out',
          fits: (came) => came.status === 405 && came.header('allow') === '',
          says: 'The status 405 is right, but it must come with the header allow, which says what is answered here.',
          tryThis: "Give the header as the third value: text(405, …, { allow: 'GET, HEAD' }).",
        },
      ],
    },
    {
      story: 'A program asks for the head alone, to see whether the menu is there.',
      ask: 'HEAD /menu',
      want: { status: 200, noBody: true },
      mistakes: [
        {
          code: 'A18',
          name: 'the head refused',
          fits: (came) => came.status === 405,
          says: 'HEAD asks for what GET would get, without its body. It was refused with 405.',
          tryThis: "Refuse what is neither: method !== 'GET' && method !== 'HEAD'.",
        },
      ],
    },
    {
      story: 'Somebody writes /finder, which the café does not have.',
      ask: 'GET /finder?price=350',
      want: { status: 404 },
      mistakes: [
        {
          code: 'A15',
          name: 'the beginning of the path only',
          fits: (came) => came.status === 200,
          says: '/finder is answered as if it were /find: only the beginning of the path was looked at.',
          tryThis: "Compare the whole path: path === '/find'.",
        },
      ],
    },
    {
      story: 'Somebody sends a "%" with nothing after it.',
      ask: 'GET /find?name=%',
      want: { status: 400 },
      mistakes: [
        {
          code: 'A16',
          name: 'ended by an address',
          fits: (came) => came.error?.name === 'URIError',
          says: 'One request ended the whole server: "%" alone is no percent-code, and decodeURIComponent throws at it.',
          tryThis: 'Let readAddress read the address, and send its "refused" when there is one.',
        },
        {
          code: 'A17',
          name: 'guessed what cannot be read',
          fits: (came) => came.status === 200 || came.status === 404,
          says: (came) => `An address that cannot be read was answered with ${came.status}, as if it could. The mistake is the client's, and it should hear of it.`,
          tryThis: 'Keep the first line of answer: if (refused) return refused;',
        },
      ],
    },
    {
      story: 'And the menu? It is still there.',
      ask: 'GET /menu',
      want: { status: 200, includes: some },
    },
  ],
};

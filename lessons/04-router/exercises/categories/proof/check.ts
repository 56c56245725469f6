import type { Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const teas = ['Earl Grey', 'Mint tea', 'Chai latte'];
const count = (text: string, words: string[]) => words.filter((word) => text.includes(word)).length;

// Where nothing has a route, the router names the path.
const hasNoRoute = ({ status, text }: Came, path: string) => status === 404 && text.includes(path);

const missingReturn: Mistake = {
  code: 'T3',
  name: 'missing return',
  fits: (came) => came.status === 500 && came.printed.includes('is a "return" missing'),
  says: 'The handler ran and handed nothing back, so there was no reply to send, and the server answered 500.',
  tryThis: 'Write "return" before the reply. A function with { } around its body returns only what "return" says.',
};

const nobodyThere: Mistake = {
  code: 'T9',
  name: 'not asked whether it is there',
  fits: (came) => came.how === 'ended',
  says: 'The program ended on a category without items: the list was empty, and the code took its first item anyway.',
  tryThis: 'Ask first whether the list is empty, and answer 404 then.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada asks for the teas.',
      ask: 'GET /categories/tea',
      want: { status: 200, includes: [...teas, '€'], lacks: ['Flat white', 'Croissant', '\n,'] },
      mistakes: [
        {
          code: 'T2',
          name: 'value under another name',
          fits: (came) => came.text.includes('undefined'),
          says: 'The handler asked for a value that the pattern does not have, and got undefined.',
          tryThis: 'Use one name in both places: ":name" in the pattern is params.name in the handler. And a handler takes values out of the call: ({ params }) => …',
        },
        {
          code: 'T1',
          name: 'a word where a value should be',
          fits: async (came, cafe) => hasNoRoute(came, '/categories/tea') && !hasNoRoute(await cafe.ask('GET /categories/name'), '/categories/name'),
          says: 'The route answers /categories/name and no other category: "name" without a colon is a word like "categories".',
          tryThis: 'Put a colon before it: /categories/:name. Then it matches tea, coffee and all the others.',
        },
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => hasNoRoute(came, '/categories/tea'),
          says: 'Nothing answers /categories/tea yet: the table has no route for it.',
          tryThis: 'Add one line to "routes", with the pattern /categories/:name, and a handler that replies anything at all; then check again.',
        },
        missingReturn,
        {
          code: 'T11',
          name: 'another method',
          fits: (came) => came.status === 405,
          says: 'The address is there, and answers another method: a browser that wants a page sends GET.',
          tryThis: "Write method: 'GET' in that line of the table.",
        },
        {
          code: 'T12',
          name: 'never the same',
          fits: (came) => came.status === 404,
          says: 'The handler answered that there is no such category, but the menu has three teas: what it compared was never the same.',
          tryThis: 'Compare two texts: item.category === params.name. And if the function in filter(…) has { }, it needs a "return".',
        },
        {
          code: 'T13',
          name: 'nothing left to show',
          fits: (came) => came.status === 200 && came.text.trim() === '',
          says: 'An empty page came, but the menu has three teas: when the answer was made, no item was left.',
          tryThis: 'Compare item.category with params.name, where "name" is the name in your pattern. And look at each "=": one stores a value, three compare.',
        },
        {
          code: 'T17',
          name: 'a list turned into text',
          fits: (came) => came.status === 200 && came.text.includes('\n,'),
          says: 'There is a comma before the second tea: a list was turned into text as it is, which puts commas between its parts.',
          tryThis: "Join the lines yourself, with nothing between them: found.map(menuLine).join('').",
        },
        {
          code: 'T14',
          name: 'not as on the menu',
          fits: (came) => count(came.text, teas) === 3 && !came.text.includes('Flat white'),
          says: 'The three teas came, but not as /menu shows them: the guest cannot see what they cost.',
          tryThis: "Make a line of each item with menuLine, as showMenu does: found.map(menuLine).join('').",
        },
        {
          code: 'T4',
          name: 'nothing left out',
          fits: (came) => came.text.includes('Flat white') && count(came.text, teas) === 3,
          says: 'The whole menu came, not only the teas.',
          tryThis: 'Keep only the items whose category is the word in the path: items.filter(…), and compare with "===", since one "=" stores a value.',
        },
        {
          code: 'T5',
          name: 'one instead of all',
          fits: (came) => came.text.includes('Earl Grey') && count(came.text, teas) === 1,
          says: 'Only the first tea came: "find" stops at the first item that fits, and so does a "return" in a loop.',
          tryThis: 'Take "filter" instead: it gives a list of all that fit. Make one text of them, and return that.',
        },
        {
          code: 'T6',
          name: 'looked at the wrong field',
          fits: (came) => came.text.includes('Mint tea') && !came.text.includes('Earl Grey'),
          says: 'Earl Grey is a tea but was left out, since its name has no "tea" in it: the code searched the name, not the category.',
          tryThis: 'Compare item.category with the word in the path.',
        },
      ],
    },
    {
      story: 'The baker asks for what is baked.',
      ask: 'GET /categories/bakery',
      want: { status: 200, includes: ['Croissant', 'Cheesecake'], lacks: ['Earl Grey'] },
      mistakes: [
        {
          code: 'T7',
          name: 'one category only',
          fits: (came) => came.status === 404 || count(came.text, teas) === 3,
          says: 'The teas are found and the bakery is not: the code knows one category by heart.',
          tryThis: 'Use the word from the path, params.name, where "tea" is in the code now.',
        },
      ],
    },
    {
      story: 'Somebody asks for pizza, which the café does not have.',
      ask: 'GET /categories/pizza',
      want: { status: 404, includes: ['pizza'] },
      mistakes: [
        nobodyThere,
        missingReturn,
        {
          code: 'T8',
          name: 'no in words, yes in the status',
          fits: (came) => came.status === 200 && came.text.trim() !== '',
          says: 'The text says that there is no pizza, but the status says 200, all is well. A program reads the status only.',
          tryThis: 'Answer with status 404 there: text(404, …).',
        },
        {
          code: 'T10',
          name: 'an empty page',
          fits: (came) => came.status === 200,
          says: 'An empty page with status 200 came: a guest who mistypes a category reads that all is well.',
          tryThis: 'When no item is left, answer 404 with a sentence. Ask for found.length: an empty list is something too, and "if (!found)" never happens.',
        },
      ],
    },
    {
      story: 'Somebody stops in the middle of a word.',
      ask: 'GET /categories/te',
      want: { status: 404, lacks: teas },
      mistakes: [
        {
          code: 'T15',
          name: 'a part of the word is enough',
          fits: (came) => came.status === 200,
          says: '/categories/te shows the teas: the letters only had to be somewhere in the name of the category.',
          tryThis: 'Compare the whole word: item.category === params.name.',
        },
      ],
    },
    {
      story: 'Somebody asks at /drinks/tea, which the café does not have.',
      ask: 'GET /drinks/tea',
      want: { status: 404, lacks: teas },
      mistakes: [
        {
          code: 'T16',
          name: 'a value where a word should be',
          fits: (came) => came.status === 200,
          says: '/drinks/tea is answered as if it were /categories/tea: ":categories" in the pattern matches any word.',
          tryThis: 'Take the colon away before "categories": only the last part of the pattern is a value.',
        },
      ],
    },
    {
      story: 'And the menu? It is still there.',
      ask: 'GET /menu',
      want: { status: 200, includes: ['Flat white', 'Earl Grey', 'Croissant'] },
    },
    {
      story: 'And so is the flat white.',
      ask: 'GET /menu/2',
      want: { status: 200, includes: ['Flat white'], lacks: ['Earl Grey'] },
    },
  ],
};

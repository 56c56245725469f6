import type { Check, Mistake } from '../../../../classroom/check/format.ts';

const teas = ['Earl Grey', 'Mint tea', 'Chai latte'];
const count = (text: string, words: string[]) => words.filter((word) => text.includes(word)).length;

const missingReturn: Mistake = {
  code: 'T3',
  name: 'missing return',
  fits: (came) => came.status === 500,
  says: 'The handler ran and handed nothing back, so there was no reply to send, and the server answered 500.',
  tryThis: 'Write "return" before the reply. A function with { } around its body returns only what "return" says.',
};

const nobodyThere: Mistake = {
  code: 'T9',
  name: 'nobody asked whether it is there',
  fits: (came) => came.how === 'ended',
  says: 'The program ended on a category without items: the list was empty, and the code took its first item anyway.',
  tryThis: 'Ask first whether the list is empty, and answer 404 then.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada asks for the teas.',
      ask: 'GET /categories/tea',
      want: { status: 200, includes: teas, lacks: ['Flat white', 'Croissant'] },
      mistakes: [
        {
          code: 'T2',
          name: 'value under another name',
          fits: (came) => came.text.includes('undefined'),
          says: 'The handler asked for a value that the pattern does not have, and got undefined.',
          tryThis: 'Use one name in both places: ":name" in the pattern is values.name in the handler.',
        },
        {
          code: 'T1',
          name: 'a word where a value should be',
          fits: async (came, cafe) => came.status === 404 && (await cafe.ask('GET /categories/name')).text.includes('category'),
          says: 'The route answers /categories/name and no other category: "name" without a colon is a word like "categories".',
          tryThis: 'Put a colon before it: /categories/:name. Then it stands for tea, coffee and all the others.',
        },
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => came.status === 404 && (await cafe.ask('POST /categories/tea')).status === 404,
          says: 'Nothing answers /categories/tea yet: the table has no route for it.',
          tryThis: 'Add one line to "routes", with the pattern /categories/:name, and a handler that replies anything at all; then check again.',
        },
        missingReturn,
        {
          code: 'T4',
          name: 'nothing left out',
          fits: (came) => came.text.includes('Flat white') && count(came.text, teas) === 3,
          says: 'The whole menu came, and not the teas alone.',
          tryThis: 'Keep only the items whose category is the word in the path: items.filter(…).',
        },
        {
          code: 'T5',
          name: 'one instead of all',
          fits: (came) => came.text.includes('Earl Grey') && count(came.text, teas) === 1,
          says: 'Only the first tea came: "find" stops at the first item that fits.',
          tryThis: 'Take "filter" instead: it gives a list of all that fit.',
        },
        {
          code: 'T6',
          name: 'looked at the wrong field',
          fits: (came) => came.text.includes('Mint tea') && !came.text.includes('Earl Grey'),
          says: 'Earl Grey is a tea but was left out, since its name has no "tea" in it: the name was searched, and not the category.',
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
          tryThis: 'Use the word from the path, values.name, where "tea" stands in the code now.',
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
          says: 'An empty page with status 200 came: whoever mistypes a category is told that all is well.',
          tryThis: 'When no item is left, answer 404 with a sentence.',
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

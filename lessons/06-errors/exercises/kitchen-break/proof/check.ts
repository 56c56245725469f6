import type { Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const inside = ['Cannot read', 'TypeError', '.ts:'];
const isWell = (came: Came) => came.status >= 200 && came.status < 300;

const oneplace: Mistake = {
  code: 'E2',
  name: 'caught in one place only',
  fits: async (came, cafe) => came.how === 'ended' && (cafe.seen.length > 0 || (await cafe.ask('POST /orders/pizza')).how === 'answered'),
  says: 'An unknown dish was answered in one place, and ended the server in another: the "try" is around one handler, not around all of them.',
  tryThis: 'Put the "try" into a layer, and the layer around the whole café.',
};

const always500: Mistake = {
  code: 'E3',
  name: 'every error answered 500',
  fits: (came) => came.status === 500,
  says: 'The server says that it made a mistake, and it made none: the kitchen could not do what the guest asked for, and said why.',
  tryThis: 'Give the error of the kitchen a status of its own, in the innermost layer: the first that sees an error decides what becomes of it. Is your layer in the list, its question "error instanceof NoSuchDish", and is the Refusal thrown, not only made?',
};

const ofAnother = ({ printed }: Came) => /\b(?:TypeError|ReferenceError|RangeError): .+/.exec(printed)?.[0];

const layersOwn: Mistake = {
  code: 'E14',
  name: 'an error of the layer itself',
  fits: (came) => came.status === 500 && ofAnother(came) !== undefined,
  says: (came) => `The kitchen said what it could not do, and on the way to the guest another error took its place: ${ofAnother(came)}`,
  tryThis: 'That sentence says what was given in the place of what. A layer returns a reply such as text(404, …), or throws: throw new Refusal(404, …).',
};

const swallowed: Mistake = {
  code: 'E4',
  name: 'swallowed, and answered 200',
  fits: isWell,
  says: 'Something went wrong and the status says 200, all is well: a program reads the status only.',
  tryThis: 'Let each way out of the "catch" say what went wrong with a status from 400 on.',
};

const endsTheServer: Mistake = {
  code: 'E11',
  name: 'a bug ends the server',
  fits: (came) => came.how === 'ended',
  says: 'One guest met the bug, and the café is closed for all: what was thrown on was not caught further out.',
  tryThis: 'Put withErrors further out than your layer, or answer with 500 where you throw the error on.',
};

const stackSent: Mistake = {
  code: 'E8',
  name: 'the stack sent to the client',
  fits: (came) => /\.ts:\d|\n\s+at /.test(came.text),
  says: 'The guest got the stack of the bug: names of files and lines, which only help an attacker.',
  tryThis: 'Print the error with console.error, and send a sentence that holds nothing of it.',
};

const messageShown: Mistake = {
  code: 'E9',
  name: 'the bug\'s message shown',
  fits: (came) => came.status === 500 && inside.some((part) => came.text.includes(part)),
  says: 'The guest got the message of the bug, which says how the code looks inside and nothing that a guest can use.',
  tryThis: 'Print the error with console.error, and send a sentence that holds nothing of it.',
};

const blamed: Mistake = {
  code: 'E10',
  name: 'a bug blamed on the guest',
  fits: (came) => came.status >= 400 && came.status < 500,
  says: 'The water has no recipe, which is a mistake of ours, and the status says that the guest made it.',
  tryThis: 'Ask with instanceof for the errors that you know. All others are bugs, and get 500.',
};

export const check: Check = {
  steps: [
    {
      story: 'Somebody asks what pizza costs, which the kitchen does not make.',
      ask: 'GET /dishes/pizza',
      want: { status: 404, includes: ['pizza'] },
      mistakes: [
        {
          code: 'E7',
          name: 'a refusal that is not caught',
          fits: (came) => came.how === 'ended' && came.error?.name === 'Error',
          says: 'A refusal was thrown, and no layer outside of it turned it into an answer, so it ended the server.',
          tryThis: 'Put withErrors into the list of around(), before your layer: it must be further out.',
        },
        oneplace,
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.how === 'ended' && came.error?.name === 'NoSuchDish',
          says: 'The kitchen threw a NoSuchDish, no code caught it, and the server ended, for all its guests.',
          tryThis: 'Put withErrors from lesson 06 into the list of around(), and check again: the server will live, and the check will say what comes next.',
        },
        layersOwn,
        always500,
        swallowed,
      ],
    },
    {
      story: 'And how long it would take.',
      ask: 'GET /dishes/pizza/minutes',
      want: { status: 404, includes: ['pizza'] },
      mistakes: [oneplace, always500, swallowed],
    },
    {
      story: 'And orders it all the same.',
      ask: 'POST /orders/pizza',
      want: { status: 404, includes: ['pizza'] },
      mistakes: [
        {
          code: 'E1',
          name: 'try without await',
          fits: (came) => came.how === 'ended' || came.status === 500,
          says: 'The same error was caught where it came at once, and not where it came out of a promise: the "try" was over before that promise failed.',
          tryThis: 'Write "return await handler(call)" inside of the "try". Then it waits, and what fails, fails inside.',
        },
        swallowed,
      ],
    },
    {
      story: 'Ada orders the soup while the kitchen has its break.',
      ask: 'POST /orders/soup',
      want: { status: 503, includes: ['16:00'], headers: { 'retry-after': '2400' } },
      mistakes: [
        {
          code: 'E13',
          name: 'the kitchen is not waited for',
          fits: async (came, cafe) => (came.how === 'ended' || isWell(came)) && !(await cafe.ask('POST /orders/toast')).text.includes('ready'),
          says: 'The order was answered before the kitchen was asked to its end, so what it threw came too late, and outside of every "try".',
          tryThis: 'Write "await" before cook(…). Then its failure comes back to the handler, and from there to your layer.',
        },
        layersOwn,
        always500,
        swallowed,
        {
          code: 'E5',
          name: 'every error answered 404',
          fits: (came) => came.status === 404,
          says: 'The soup is on the menu and was answered 404, as if there were none: every error gets the same answer.',
          tryThis: 'Ask in the "catch" which error it is: error instanceof OnBreak is one with 503.',
        },
        {
          code: 'E6',
          name: 'no retry time given',
          fits: (came) => came.status === 503 && came.header('retry-after') === '',
          says: 'The guest learns that the kitchen has a break, and not how long it lasts: a program would ask again at once, and again.',
          tryThis: 'Send the header retry-after along, with the error\'s own seconds.',
        },
      ],
    },
    {
      story: 'Somebody asks how long the water takes, and meets the bug.',
      ask: 'GET /dishes/water/minutes',
      want: {
        status: 500,
        lacks: inside,
        holds: (came) => (/Cannot read|TypeError/.test(came.printed) ? undefined : 'The terminal should say what went wrong, but it does not.'),
      },
      mistakes: [
        endsTheServer,
        stackSent,
        messageShown,
        blamed,
        {
          code: 'E15',
          name: 'the kitchen changed',
          fits: (came) => isWell(came) && /\d|undefined/.test(came.text),
          says: 'Water has no recipe, and the answer says how long it takes all the same: the bug was fixed in the kitchen. Then the next bug, still unknown, ends the server.',
          tryThis: 'Put the kitchen back as it was, and let the layer take care of every error, known or not.',
        },
        swallowed,
        {
          code: 'E12',
          name: 'a bug that is not reported',
          fits: (came) => came.status === 500,
          says: 'The answer is right, but the terminal says nothing about what went wrong, so we cannot fix it.',
          tryThis: 'Print the whole error before you answer: console.error(error).',
        },
      ],
    },
    {
      story: 'And orders it.',
      ask: 'POST /orders/water',
      want: { status: 500, lacks: inside },
      mistakes: [endsTheServer, stackSent, messageShown, blamed, swallowed],
    },
    {
      story: 'After all this, Ada gets her toast.',
      ask: 'POST /orders/toast',
      want: { status: 201, includes: ['toast is ready'] },
      mistakes: [
        {
          code: 'L1',
          name: 'the reply is not handed back',
          fits: (came) => `${came.error?.message} ${came.printed}`.includes('is a "return" missing'),
          says: 'The layer asked the handler and handed nothing back, so there was no reply to send.',
          tryThis: 'Write "return await handler(call)". What a layer does not return is lost.',
          lesson: 5,
        },
      ],
    },
    {
      story: 'And the soup still has its price.',
      ask: 'GET /dishes/soup',
      want: { status: 200, includes: ['620'] },
    },
  ],
};

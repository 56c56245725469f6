import type { Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const timing = (came: Came) => came.header('server-timing');
const times = (came: Came, word: string) => [...timing(came).matchAll(new RegExp(`${word};dur=([\\d.]+)`, 'g'))].map(([, time]) => Number(time));
const words = (came: Came) => `${came.error?.message ?? ''} ${came.printed}`;
// By the clock of the one who waits. A millisecond is left for rounding.
const isTooLong = (came: Came) => times(came, 'served')[0]! > came.milliseconds + 1;
const isBroken = (came: Came) => came.how === 'ended' || came.status === 500;

// What stops a reply on its way, whichever request meets it first.
const stopped: Mistake[] = [
  {
    code: 'L11',
    name: 'capitals in the header\'s name',
    fits: (came) => isBroken(came) && words(came).includes('written in lower case'),
    says: 'The reply was refused and not sent: in a reply the names of headers are written in lower case, so that none is sent twice.',
    tryThis: 'Write "server-timing".',
    lesson: 2,
  },
  {
    code: 'L1',
    name: 'the reply is not handed back',
    fits: (came) => isBroken(came) && words(came).includes('is a "return" missing'),
    says: 'The layer asked the handler and handed nothing back, so there was no reply to send.',
    tryThis: 'End the layer with "return" and the reply. What a layer does not return is lost.',
  },
  {
    code: 'L2',
    name: 'the promise taken for the reply',
    fits: (came, { seen }) => isBroken(came) && (/a promise|needs a status/.test(words(came)) || (seen.length > 0 && words(came).includes('of undefined'))),
    says: 'The layer took the promise of a reply for the reply itself: a promise has no status and no headers.',
    tryThis: 'Write "await" before handler(call), and "async" before (call).',
  },
];

const statusTooEarly: Mistake = {
  code: 'L3',
  name: 'the status asked too early',
  fits: async (came, cafe) => came.status === 200 && timing(came).includes('refused') && timing(await cafe.ask('GET /menu/99')).includes('refused'),
  says: 'An answer with status 200 came as "refused": the status was looked at before the reply was there.',
  tryThis: 'Look at reply.status only after "const reply = await handler(call)".',
};

const calledTwice = (left: string): Mistake => ({
  code: 'L5',
  name: 'the handler called twice',
  fits: (came) => came.text.includes(left),
  says: 'One guest ordered one soup, and two bowls are gone: the layer called the handler twice.',
  tryThis: 'Write handler(call) once, keep what comes back in a variable, and use that.',
});

const newReply: Mistake = {
  code: 'L9',
  name: 'a new reply instead of a copy',
  fits: (came) => timing(came) !== '' && (came.status === 200 || came.header('retry-after') === ''),
  says: 'What came is another reply than the one that the café gave: the layer wrote a new reply instead of a copy.',
  tryThis: 'Copy all of it, and all of its headers: { ...reply, headers: { ...reply.headers, … } }.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada asks for the flat white.',
      ask: 'GET /menu/2',
      want: {
        status: 200,
        includes: ['Flat white'],
        headers: { 'server-timing': 'served;dur=' },
        holds: (came) => (/^served;\s*dur=\d+(\.\d+)?$/.test(timing(came)) ? undefined : `The header server-timing should be "served;dur=" and a bare number, but it was "${timing(came)}".`),
      },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 200 && timing(came) === '',
          says: 'The answer has no header server-timing yet: no layer adds it.',
          tryThis: 'Write a layer that returns handler(call) and does nothing else, and put its name into the list of around(); then let it add the header.',
        },
        ...stopped,
        statusTooEarly,
      ],
    },
    {
      story: 'Somebody asks for item 99, which is not there.',
      ask: 'GET /menu/99',
      want: { status: 404, headers: { 'server-timing': 'refused;dur=' } },
      mistakes: [
        ...stopped,
        {
          code: 'L10',
          name: 'a refusal counted as served',
          fits: (came) => came.status === 404 && timing(came).includes('served'),
          says: 'The guest got a 404 and was counted as served: the layer does not look at the status.',
          tryThis: 'Choose the word by reply.status: below 400 it is "served".',
        },
        { ...newReply, fits: (came) => came.status === 200 },
      ],
    },
    {
      story: 'Ada orders a soup, and the kitchen takes a moment.',
      ask: 'POST /soup',
      want: {
        status: 200,
        includes: ['7 bowls'],
        headers: { 'server-timing': 'served;dur=' },
        holds: (came) => {
          const [kitchen = NaN] = times(came, 'kitchen');
          const [whole = NaN] = times(came, 'served');
          if (whole >= kitchen - 3) return timing(came).startsWith('kitchen') ? undefined : `The kitchen's time should come first, and yours after it, but it was "${timing(came)}".`;
          return `The header server-timing should hold the kitchen's time, and yours, which is not shorter, but it was "${timing(came)}".`;
        },
      },
      mistakes: [
        ...stopped,
        calledTwice('6 bowls'),
        statusTooEarly,
        {
          code: 'L8',
          name: 'the header replaced',
          fits: (came) => came.status === 200 && timing(came) !== '' && !timing(came).includes('kitchen'),
          says: 'The kitchen\'s own time is gone: the header was there already, and the new one took its place.',
          tryThis: 'Look into reply.headers[\'server-timing\'] first; what is there goes before yours, with a comma between.',
        },
        {
          code: 'L4',
          name: 'the clock stopped too early',
          fits: (came) => times(came, 'served')[0]! < times(came, 'kitchen')[0]! - 3,
          says: 'The kitchen alone took longer than the whole answer is said to have taken: the clock was stopped before the reply was there.',
          tryThis: 'Take the time once before "await handler(call)", and once after it.',
        },
      ],
    },
    {
      story: 'Ben orders one too.',
      ask: 'POST /soup',
      want: {
        status: 200,
        includes: ['6 bowls'],
        headers: { 'server-timing': 'served;dur=' },
        holds: (came) => (isTooLong(came) ? `He waited ${came.milliseconds.toFixed(1)} ms in all, but server-timing was "${timing(came)}".` : undefined),
      },
      mistakes: [
        calledTwice('5 bowls'),
        {
          code: 'L12',
          name: 'one clock for all guests',
          fits: isTooLong,
          says: 'Ben is said to have waited longer than there was time between his order and his soup: the clock was started once, before the first guest came, and runs on for all of them.',
          tryThis: 'Take the time in the inner function, after "(call) => {": that one runs for each guest, the outer one once.',
        },
      ],
    },
    {
      story: 'At 23 o\'clock somebody knocks at the door.',
      ask: 'GET /menu/2?hour=23',
      want: { status: 503, headers: { 'retry-after': '3600', 'server-timing': 'refused;dur=' } },
      mistakes: [
        {
          code: 'L6',
          name: 'the layers in the wrong order',
          fits: (came) => came.status === 503 && timing(came) === '',
          says: 'At 23 o\'clock the answer came without its time: the opening hours answered by themselves, and the layer after them was never called.',
          tryThis: 'Put your layer before withOpeningHours: the first in the list is the outermost.',
        },
        newReply,
      ],
    },
    {
      story: 'A guest opens the front page.',
      ask: 'GET /',
      want: { status: 200, includes: ['Café'], headers: { 'content-type': 'text/html', 'server-timing': 'served;dur=' } },
      mistakes: [{ ...newReply, fits: (came) => came.header('content-type') !== '' && !came.header('content-type').includes('html') }],
    },
    {
      story: 'Another guest opens it too.',
      ask: 'GET /',
      want: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        holds: (came) => (times(came, 'served').length === 1 ? undefined : `The header server-timing should hold one time, but it was "${timing(came)}".`),
      },
      mistakes: [
        {
          code: 'L7',
          name: 'a shared reply changed',
          fits: (came) => times(came, 'served').length === 2,
          says: 'The second guest of the front page got two times in one header: the layer changed the one reply that all guests share, so the header grows with every guest.',
          tryThis: 'Leave reply and reply.headers as they are, and return a copy: { ...reply, headers: { ...reply.headers, … } }.',
        },
      ],
    },
  ],
};

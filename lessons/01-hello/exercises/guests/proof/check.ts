import type { Came, Check, Mistake, Want } from '../../../../classroom/check/format.ts';

const free = 'on the house';

/** The number that the guest was told; undefined when there was none. */
function told({ text }: Came): number | undefined {
  const number = /guest\D{0,20}(\d+)/i.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

function wantGuest(guest: number): Want {
  return {
    status: 200,
    includes: [String(guest), ...(guest % 3 === 0 ? [free] : [])],
    lacks: guest % 3 === 0 ? [] : [free],
    holds: (came) => (told(came) === guest ? undefined : `The answer should say "guest ${guest}", but it was "${came.text.trim()}".`),
  };
}

// What can happen to any guest, whichever the first is that it happens to.
const always: Mistake[] = [
  {
    code: 'H1',
    name: 'forgot end()',
    fits: (came) => came.how === 'silent' || came.how === 'unended',
    says: 'This answer was never ended, so the guest waits and waits: only res.end() sends the tray off.',
    tryThis: 'Follow the code line by line for this guest: on each way through the function, the last thing is res.end().',
  },
  {
    code: 'H2',
    name: 'answered twice',
    fits: (came) => ['ERR_STREAM_WRITE_AFTER_END', 'ERR_HTTP_HEADERS_SENT'].includes(came.error?.code ?? ''),
    says: 'After res.end() the code went on and wrote once more. That answer was gone already, and the error ended the whole server.',
    tryThis: 'Write first, and call res.end() once, as the last line. (An "if" does not leave the function; "return" does.)',
  },
  {
    code: 'H3',
    name: 'a number is not text',
    fits: (came) => came.error?.code === 'ERR_INVALID_ARG_TYPE',
    says: 'res.write() and res.end() were given something that is not text, a number perhaps, and the error ended the whole server.',
    tryThis: 'Put it into a text: `${guests}` is text, and guests alone is a number.',
  },
  {
    code: 'H4',
    name: 'from another framework',
    fits: (came) => /\.(send|sendStatus|json|status|render|type|set|header) is not a function/.test(came.error?.message ?? ''),
    says: (came) => `The server ended: "${came.error?.message}". That is a method of Express and its relatives, and plain Node does not have it.`,
    tryThis: 'Use what Node has: res.write(…) and res.end().',
  },
];

const sameForAll: Mistake = {
  code: 'H7',
  name: 'the same answer for all',
  fits: (came) => told(came) === 1,
  says: 'The second guest gets number 1 as well: the number starts again with each request, or was put into a text before the first one came.',
  tryThis: 'Make the variable above the function, where it stays; count and build the text inside, where it happens for each request.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada comes in first. She is guest 1.',
      ask: 'GET /',
      want: wantGuest(1),
      mistakes: [
        ...always,
        {
          code: 'H5',
          name: 'it listens before it is ready',
          fits: (came) => /\b(NaN|undefined|null)\b/.test(came.text) || /before initialization/.test(came.error?.message ?? ''),
          says: 'The first guest came before the counter had a value. A server may be asked as soon as it listens, so all that it needs must be ready by then.',
          tryThis: 'Give the counter its first value (let guests = 0;) in a line above listen, and wait for nothing in between.',
        },
        {
          code: 'H13',
          name: 'quotes for backticks',
          fits: (came) => came.text.includes('${'),
          says: 'The guest reads "${…}" as it was written: between quotes a text stays as it is, and no value is put in.',
          tryThis: 'Put the text between backticks: ` instead of \' or ". Only there, ${guests} becomes the number.',
        },
        {
          code: 'H14',
          name: 'printed, not sent',
          fits: (came) => came.how === 'answered' && !/\d/.test(came.text) && /guest\D{0,20}\d/i.test(came.printed),
          says: 'The greeting is in the terminal, and the guest got none of it: console.log() writes for you, not for the client.',
          tryThis: 'Write res.write(…) in its place.',
        },
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 200 && !/\d/.test(came.text),
          says: 'The server greets its guests and does not count them yet.',
          tryThis: 'Write "let guests = 0;" above http.createServer. Inside its function, add 1, and write the number into the greeting; then check again.',
        },
        {
          code: 'H8',
          name: 'made before the first request',
          fits: async (came, cafe) => told(came) === 0 && told(await cafe.ask('GET /')) === 0,
          says: 'Every guest gets number 0: the text was made once, when the program started, and nothing changes it afterwards.',
          tryThis: 'Build the text inside the function. What is there runs again for each request.',
        },
        {
          code: 'H6',
          name: 'said before counted',
          fits: (came) => told(came) === 0,
          says: 'The first guest gets number 0: the number was written first and counted afterwards.',
          tryThis: 'Count first: move the line that adds 1 above the one that writes the number.',
        },
        {
          code: 'H9',
          name: 'free for the wrong guests',
          fits: (came) => told(came) === 1 && came.text.includes(free),
          says: 'Guest 1 gets a free coffee, and should not: the condition lets the wrong guests through.',
          tryThis: 'Compare what is left over: guests % 3 === 0. Alone, guests % 3 is 1 or 2 for those who pay, and "if" takes that for a yes.',
        },
      ],
    },
    {
      story: 'Bob is guest 2.',
      ask: 'GET /',
      want: wantGuest(2),
      mistakes: [
        ...always,
        sameForAll,
        {
          code: 'H15',
          name: 'put after it, not added',
          fits: (came) => told(came) === 11,
          says: 'Guest 2 gets number 11: the 1 was put after the text, as one more letter, and not added to the number.',
          tryThis: 'Count in a line of its own, guests = guests + 1, and put guests into the text after that. After a text, "+" does not count.',
        },
      ],
    },
    {
      story: 'Cleo is guest 3, and her coffee is on the house.',
      ask: 'GET /',
      want: wantGuest(3),
      mistakes: [
        ...always,
        {
          code: 'H16',
          name: 'one line or the other',
          fits: (came) => told(came) === undefined && came.text.includes(free),
          says: 'Guest 3 reads of the coffee, and not which guest she is: the code writes one line or the other.',
          tryThis: 'Write the greeting for every guest, above the "if". Only the second line belongs inside, and no "else" is needed.',
        },
        {
          code: 'H10',
          name: 'no guest gets it free',
          fits: (came) => told(came) === 3 && !came.text.includes(free),
          says: 'Guest 3 is counted, but does not read that the coffee is on the house.',
          tryThis: 'Look at the condition with 3 in place of guests: is it true? It should be: 3 % 3 is 0.',
        },
      ],
    },
    {
      story: 'Dora is guest 4, and pays again.',
      ask: 'GET /',
      want: wantGuest(4),
      mistakes: [
        ...always,
        {
          code: 'H17',
          name: 'the counting begins again',
          fits: (came) => told(came) === 1,
          says: 'Guest 4 gets number 1: after the free coffee, the counter was put back.',
          tryThis: 'Let it count on, and ask guests % 3 === 0: what is left over begins again by itself.',
        },
        {
          code: 'H11',
          name: 'from then on, everything is free',
          fits: (came) => told(came) === 4 && came.text.includes(free),
          says: 'Guest 4 gets a free coffee too: what became true with guest 3 stays true for all who follow.',
          tryThis: 'Ask for guests % 3 === 0, not for "3 or more". And what is kept for one guest only belongs in a variable inside the function.',
        },
      ],
    },
    {
      story: 'Emil is guest 5.',
      ask: 'GET /',
      want: wantGuest(5),
      mistakes: always,
    },
    {
      story: 'Fay is guest 6: again a third one.',
      ask: 'GET /',
      want: wantGuest(6),
      mistakes: [
        ...always,
        {
          code: 'H12',
          name: 'the third only',
          fits: (came) => told(came) === 6 && !came.text.includes(free),
          says: 'Guest 3 got a free coffee, and guest 6 does not: the code knows the number 3, but not "every third".',
          tryThis: 'Ask what is left over when guests are divided by three: guests % 3 === 0.',
        },
      ],
    },
    {
      story: 'A browser asks for its small picture, and is guest 7.',
      ask: 'GET /favicon.ico',
      want: wantGuest(7),
      mistakes: [
        ...always,
        {
          code: 'H18',
          name: 'not every request counted',
          fits: (came) => told(came) !== 7,
          says: 'A browser asked for /favicon.ico and was not counted, or did not get the number. Each request is a guest here, whatever its address.',
          tryThis: 'Take the condition on req.url away. To tell addresses apart comes in lesson 3.',
        },
      ],
    },
  ],
};

import type { Ask, Cafe, Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const ada = { guest: 'Ada', people: 4, hour: 18, chairs: 2, note: 'By the window' };
const ben = { guest: 'Ben', people: 1, hour: 9, chairs: 0, note: 'Quiet, please' };
const finn = { guest: 'Finn', people: 8, hour: 21, chairs: 4, note: 'A birthday' };

const reserve = (json: unknown): Ask => ({ method: 'POST', target: '/api/reservations', json });
const names = (came: Came, field: string) => came.text.toLowerCase().includes(field);
const namesAll = (came: Came, fields: string[]) => fields.every((field) => names(came, field));

/** The guests in the book, in order. */
async function guestsIn(cafe: Cafe): Promise<string[]> {
  const { json } = await cafe.ask('GET /api/reservations');
  return Array.isArray(json) ? json.map((entry) => String(entry?.guest)) : [];
}

/** 422, and each of these fields named. */
const refused = (...fields: string[]) => ({
  status: 422,
  holds: (came: Came) => {
    const left = fields.filter((field) => !names(came, field));
    return left.length === 0 ? undefined : `The answer should name ${left.map((field) => `"${field}"`).join(' and ')}, but it does not.`;
  },
});

const ourFault: Mistake = {
  code: 'V3',
  name: "500 for the client's mistake",
  fits: (came) => came.status === 500 || came.how === 'ended',
  says: 'The guest sent something wrong, and the server said that it was its own mistake (500), or ended. A program that reads 500 will just send the same again.',
  tryThis: 'Answer 422 for what is wrong in the body: validate() does it, and so does throw new Refusal(422, …).',
};

const storedFirst: Mistake = {
  code: 'V7',
  name: 'stored before it was checked',
  fits: (came) => Array.isArray(came.json) && came.json.length > 2,
  says: 'The nonsense was refused, but it is in the book all the same: you put it there before you checked it.',
  tryThis: 'Check first, and push to the book after that line. An error before the push leaves the book as it was.',
};

const missedBorder: Mistake = {
  code: 'V12',
  name: 'border of a range missed',
  fits: (came) => [201, 422].includes(came.status),
  says: 'One past the border must be refused, and the border itself is still good: 1 to 8 people, 8 to 21 hours, 0 to 4 high chairs.',
  tryThis: 'Compare each number in your rule with the table in the task; "<" and "<=" differ by one.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada reserves a table for four.',
      ask: reserve(ada),
      want: { status: 201, includes: ['Ada', 'By the window'] },
      mistakes: [
        {
          code: 'V14',
          name: 'a promise was checked',
          fits: async (came, cafe) => came.status === 422 && came.text === (await cafe.ask(reserve({}))).text,
          says: 'A good reservation was refused in the same words as an empty one: the check ran before the body was there, on a promise, which has none of these fields.',
          tryThis: 'Wait for the body: validate(form, await readJson(request)).',
        },
        {
          code: 'V17',
          name: 'a good one refused',
          fits: (came) => came.status === 422,
          says: "Ada's reservation is as good as one can be, and was refused. What came says what the code wanted in its place.",
          tryThis: 'Compare what the answer names with the table in the task: the name of the field, then the smallest value, then the largest.',
        },
      ],
    },
    {
      story: 'Ben comes alone, and needs no high chair.',
      ask: reserve(ben),
      want: { status: 201, includes: ['Ben'] },
      mistakes: [
        {
          code: 'V1',
          name: 'zero taken for nothing',
          fits: (came) => came.status >= 400 && names(came, 'chairs'),
          says: '"chairs": 0 was refused, but 0 is a good answer. (To JavaScript, !chairs is true for 0 as well as for what is missing.)',
          tryThis: 'Ask for what must be: wholeNumber(0, 4), or Number.isInteger(chairs) && chairs >= 0 && chairs <= 4.',
        },
        missedBorder,
      ],
    },
    {
      story: "A guest wants a table for nobody, at 25 o'clock, with nine high chairs.",
      ask: reserve({ guest: 'Dora', people: 0, hour: 25, chairs: 9, note: 'Hurry' }),
      want: refused('people', 'hour', 'chairs'),
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => came.status === 201 && (await cafe.ask(reserve({}))).status === 201,
          says: "A table for 0 people at 25:00 is in the book now: nothing is checked yet.",
          tryThis: 'Above the handler, write a form with a rule for each field, fields({ people: wholeNumber(1, 8), … }), and put validate(…) around the body.',
        },
        ourFault,
        {
          code: 'T8',
          name: 'no in words, yes in the status',
          fits: async (came, cafe) => came.status < 300 && !(await guestsIn(cafe)).includes('Dora'),
          says: (came) => `The reservation was not taken, but the status says ${came.status}, all is well. A program reads the status only.`,
          tryThis: 'Answer with status 422 there.',
        },
        {
          code: 'V15',
          name: '400 for what can be read',
          fits: (came) => came.status === 400,
          says: 'The status 400 says that the request cannot be read. This one can; what it says makes no sense, and that is 422.',
          tryThis: 'Answer 422 for wrong fields, and leave 400 to readJson().',
        },
        {
          code: 'V8',
          name: 'a no without a reason',
          fits: (came) => came.status === 422 && !['people', 'hour', 'chairs'].some((field) => names(came, field)),
          says: 'The answer says no, and names no field. A client that sent five fields must guess which one is wrong.',
          tryThis: 'Say for each wrong field its name, what it must be, and what it was.',
        },
        {
          code: 'V2',
          name: 'only the first wrong field named',
          fits: (came) => came.status === 422,
          says: 'Three fields are wrong, and not all of them are named: the check stopped at the first. The guest will be sent back once for each mistake.',
          tryThis: 'Look at all fields first, collect what is wrong in a list, and only then refuse. validate() does just that.',
        },
      ],
    },
    {
      story: 'The waiter opens the book.',
      ask: 'GET /api/reservations',
      want: { status: 200, includes: ['Ada', 'Ben'], lacks: ['Dora'] },
      mistakes: [storedFirst],
    },
    {
      story: 'A form sends the number of people as text: "4".',
      ask: reserve({ ...ada, guest: 'Gina', people: '4' }),
      want: {
        status: 422,
        holds: (came) => {
          if (!names(came, 'people')) return 'The answer should name "people", but it does not.';
          const others = ['hour', 'chairs'].filter((field) => names(came, field));
          return others.length === 0 ? undefined : `Only "people" is wrong, but the answer names "${others[0]}", too.`;
        },
      },
      mistakes: [
        ourFault,
        {
          code: 'V4',
          name: 'text taken for a number',
          fits: (came) => came.status === 201,
          says: '"4" was taken, with its quotes. It is a text: where two such tables are added up, "4" + "4" is "44".',
          tryThis: 'Ask for the kind of value, too: Number.isInteger("4") is false, but "4" < 8 is true.',
        },
        {
          code: 'V9',
          name: 'right fields named too',
          fits: (came) => came.status === 422 && namesAll(came, ['people', 'hour']),
          says: 'Only "people" is wrong, but the answer names "hour", too. One sentence for all mistakes does not say which one it was.',
          tryThis: 'Make a sentence for each field, and send only those of the fields that are wrong.',
        },
      ],
    },
    {
      story: 'A table for two and a half.',
      ask: reserve({ ...ada, guest: 'Hugo', people: 2.5 }),
      want: refused('people'),
      mistakes: [
        {
          code: 'V11',
          name: 'half a guest',
          fits: (came) => came.status === 201,
          says: '2.5 people were let in: that is a number, and between 1 and 8, but not a whole one.',
          tryThis: 'Ask with Number.isInteger(people), instead of typeof people === "number".',
        },
      ],
    },
    {
      story: 'A guest whose name is three spaces.',
      ask: reserve({ ...ada, guest: '   ' }),
      want: refused('guest'),
      mistakes: [
        {
          code: 'V10',
          name: 'spaces for a name',
          fits: (came) => came.status === 201,
          says: 'Three spaces were taken for a name: the text is not empty, but there is nothing to read in it.',
          tryThis: 'Take the spaces away before you look at the length: guest.trim().length. The rule line() does it.',
        },
      ],
    },
    {
      story: 'Only a name is sent.',
      ask: reserve({ guest: 'Ivy' }),
      want: refused('people', 'hour', 'chairs'),
      mistakes: [
        ourFault,
        {
          code: 'V16',
          name: 'what is missing let through',
          fits: (came) => came.status === 201,
          says: 'A reservation without people and without an hour was taken: a field that is not there was not checked.',
          tryThis: 'Check each field of your list, and not each field of the body. Only the note may be left out.',
        },
      ],
    },
    {
      story: 'Finn wants all that there is: eight people, the last hour, four high chairs.',
      ask: reserve(finn),
      want: { status: 201, includes: ['Finn'] },
      mistakes: [missedBorder],
    },
    {
      story: 'And one more of each.',
      ask: reserve({ ...finn, guest: 'Kim', people: 9, hour: 22, chairs: 5 }),
      want: refused('people', 'hour', 'chairs'),
      mistakes: [missedBorder],
    },
    {
      story: 'A guest comes before the door opens, with fewer high chairs than none.',
      ask: reserve({ ...ada, guest: 'Kim', hour: 7, chairs: -1 }),
      want: refused('hour', 'chairs'),
      mistakes: [missedBorder],
    },
    {
      story: 'A body that is JSON and no reservation at all: null.',
      ask: { method: 'POST', target: '/api/reservations', headers: { 'content-type': 'application/json' }, body: 'null' },
      want: { holds: (came) => ([400, 422].includes(came.status) ? undefined : `The status should be 422, but it was ${came.status}.`) },
      mistakes: [ourFault],
    },
    {
      story: 'Cleo leaves the note out.',
      ask: reserve({ guest: 'Cleo', people: 2, hour: 12, chairs: 1 }),
      want: {
        status: 201,
        holds: ({ json }) => {
          const note = (json as { note?: unknown } | undefined)?.note;
          return note === '' ? undefined : `Without a note, "note" should be "", but ${note === undefined ? 'there was none' : `it was ${JSON.stringify(note)}`}.`;
        },
      },
      mistakes: [
        {
          code: 'V13',
          name: 'demanded what may be left out',
          fits: (came) => came.status >= 400,
          says: 'A reservation without a note was refused, but the note is the one field that may be left out.',
          tryThis: 'Put optional(…, "") around the rule of the note, or look at the note only if there is one.',
        },
        {
          code: 'V18',
          name: 'checked, and not used',
          fits: ({ status, json }) => status === 201 && typeof json === 'object' && json !== null && !Array.isArray(json) && !('note' in json),
          says: 'The note may be left out, and then it is "". What came into the book has none: it is what the guest sent, and not what the check made of it.',
          tryThis: 'Go on with what validate() returns: const wanted = validate(…). And give optional() its second value, "".',
        },
      ],
    },
    {
      story: 'A guest writes that he has paid already.',
      ask: reserve({ ...ada, guest: 'Lou', paid: true }),
      want: refused('paid'),
      mistakes: [
        {
          code: 'V5',
          name: 'unknown field kept',
          fits: async (came, cafe) => came.status === 201 && (await cafe.ask('GET /api/reservations')).text.includes('paid'),
          says: '"paid": true is in the book now. You did not ask for that field, and any client can send it.',
          tryThis: 'Take over the five fields by name, and refuse a body that has another one.',
        },
        {
          code: 'V6',
          name: 'unknown field dropped in silence',
          fits: (came) => came.status === 201,
          says: 'The field "paid" was dropped without a word, and the guest now believes that you took it.',
          tryThis: 'Go through the names in the body, Object.keys(body), and name in the answer each that is not one of the five.',
        },
      ],
    },
    {
      story: 'At the end, four guests are in the book.',
      ask: 'GET /api/reservations',
      want: {
        status: 200,
        holds: async (_came, cafe) => {
          const guests = (await guestsIn(cafe)).join(', ');
          return guests === 'Ada, Ben, Finn, Cleo' ? undefined : `The book should hold Ada, Ben, Finn, Cleo, but it holds ${guests || 'nobody'}.`;
        },
      },
    },
  ],
};

import type { Ask, Cafe, Came, Check, Mistake } from '../../../../classroom/check/format.ts';

type Table = { id?: unknown; seats?: unknown; place?: unknown; note?: unknown };

const terrace = { seats: 4, place: 'terrace', note: 'In the sun' };
const larger = { seats: 6, place: 'terrace' };

const add = (json: unknown): Ask => ({ method: 'POST', target: '/api/tables', json });
const put = (target: string, etag: string, json: unknown): Ask => ({ method: 'PUT', target, headers: { 'if-match': etag }, json });
const isTable = ({ json }: Came) => typeof json === 'object' && json !== null && 'seats' in json;
const tableIn = ({ json }: Came) => (json ?? {}) as Table;

/** Where the terrace stands: what the answer to the POST, the second step, has in its header. */
function terraceAt({ seen }: Cafe): string {
  return addressIn(seen[1]!);
}

// As a browser reads it: in full, or from the address that was asked.
function addressIn(came: Came): string {
  const location = came.header('location');
  return URL.canParse(location, 'http://cafe/api/tables') ? new URL(location, 'http://cafe/api/tables').pathname : '/';
}

async function allTables(cafe: Cafe): Promise<Table[]> {
  const { json } = await cafe.ask('GET /api/tables');
  return Array.isArray(json) ? json : [];
}

async function placesIn(cafe: Cafe): Promise<string> {
  return (await allTables(cafe)).map(({ place }) => String(place)).sort().join(', ');
}

const placesAre = (wanted: string) => async (_came: Came, cafe: Cafe) => {
  const places = await placesIn(cafe);
  return places === wanted ? undefined : `The tables should be ${wanted}, but they are ${places || 'none'}.`;
};

const getChanges: Mistake = {
  code: 'P3',
  name: 'GET that changes',
  // It was there when the POST was checked, and the fourth step is the third one again.
  fits: (came, cafe) => came.how === 'answered' && (came.status === 404 || cafe.seen.length === 3),
  says: 'The same GET twice in a row, and the second answer was another one: the first GET changed something. Browsers, caches and search engines send GETs whenever they like.',
  tryThis: 'Look only, in a handler of GET: no counting up, and no splice(), which takes out what it returns.',
};

const noRoute: Mistake = {
  code: 'P16',
  name: 'no route for the method',
  fits: (came) => came.status === 405,
  says: (came) => `This method is not answered yet: at this address the café knows ${came.header('allow') || 'other methods'} only.`,
  tryThis: 'Write the handler, and a line for it in the table of routes: { method: …, pattern: "/api/tables/:id", handler: … }.',
};

const nothingWith200: Mistake = {
  code: 'P8',
  name: '200 for nothing',
  fits: (came) => came.status === 200 && !isTable(came),
  says: (came) => `There is no such table, but the status says 200, here it is; and the body is ${came.text.trim() === '' ? 'empty' : came.text.trim().slice(0, 40)}.`,
  tryThis: 'Ask whether the table is there, and answer 404 if it is not.',
};

const ourFault: Mistake = {
  code: 'V3',
  name: "500 for the client's mistake",
  fits: (came) => came.status === 500 || came.how === 'ended',
  says: 'A table was asked for that is not there. That is no mistake of the server, but it answered 500, or ended.',
  tryThis: 'Ask first whether the table was found, and answer 404 if it was not.',
  lesson: 6,
};

const shared: Mistake = {
  code: 'P10',
  name: 'two share a number',
  fits: async (_came, cafe) => {
    const ids = (await allTables(cafe)).map(({ id }) => String(id));
    return new Set(ids).size < ids.length;
  },
  says: 'A table was removed, and the next new one got the number of another that is still there: with the length of a list one counts what is left, and not what was given out.',
  tryThis: 'Let the collection give the numbers (insert), or keep the last number in a variable that only grows.',
};

export const check: Check = {
  steps: [
    {
      story: 'A waiter looks at the tables.',
      ask: 'GET /api/tables',
      want: { status: 200, includes: ['window', 'corner', 'garden'] },
    },
    {
      story: 'There is a new table, on the terrace.',
      ask: add(terrace),
      want: {
        status: 201,
        includes: ['terrace'],
        holds: async (came, cafe) => {
          if (came.header('location') === '') return 'The header location should hold the address of the new table, but there was none.';
          const there = await cafe.ask(`GET ${addressIn(came)}`);
          return tableIn(there).place === 'terrace' ? undefined : `The header location should lead to the new table, but it was "${came.header('location')}".`;
        },
      },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => came.status === 405 && (await cafe.ask(put('/api/tables/1', '"1"', larger))).status === 405,
          says: 'POST, PUT and DELETE are not answered yet: the table of routes has lines for GET alone.',
          tryThis: 'Begin with POST: a line in the table of routes, and a handler that stores the body with tables.insert(…) and answers 201.',
        },
        {
          code: 'V14',
          name: 'a promise was checked',
          fits: async (came, cafe) => came.status === 422 && came.text === (await cafe.ask(add({}))).text,
          says: 'A good table was refused in the same words as an empty one: the check ran before the body was there, on a promise, which has none of these fields.',
          tryThis: 'Wait for the body: validate(tableForm, await readJson(request)).',
          lesson: 8,
        },
        {
          code: 'P1',
          name: '200 for created',
          fits: (came) => came.status === 200,
          says: 'The table was added, and the status was 200, as if it had only been shown. 201 says: there is something new.',
          tryThis: 'Answer 201, and give the header location with it.',
        },
        {
          code: 'P2',
          name: 'no address for the new one',
          fits: (came) => came.status === 201 && came.header('location') === '',
          says: 'The table was added, and the client cannot know where: the answer has no header location.',
          tryThis: 'Give the reply the header location, with the new number in it: { location: `/api/tables/${table.id}` }.',
        },
        {
          code: 'P13',
          name: 'an address that leads elsewhere',
          fits: (came) => came.status === 201 && came.header('location') !== '',
          says: (came) => `The header location was "${came.header('location')}", and the new table is not there.`,
          tryThis: 'Write the whole path, from the "/" on, with the number that the new table got. If it is "undefined", an "await" may be missing.',
        },
      ],
    },
    {
      story: 'The waiter follows that address.',
      ask: (cafe) => `GET ${terraceAt(cafe)}`,
      want: { status: 200, includes: ['terrace', 'In the sun'], headers: { etag: /./ } },
      mistakes: [getChanges],
    },
    {
      story: 'And looks at it once more.',
      ask: (cafe) => `GET ${terraceAt(cafe)}`,
      want: (cafe) => ({ status: 200, text: cafe.seen[2]!.text, headers: { etag: cafe.seen[2]!.header('etag') } }),
      mistakes: [getChanges],
    },
    {
      story: 'Six seats now, and no note any more.',
      ask: (cafe) => put(terraceAt(cafe), cafe.seen[3]!.header('etag'), larger),
      want: {
        status: 200,
        holds: async (came, cafe) => {
          const now = await cafe.ask(`GET ${terraceAt(cafe)}`);
          const { seats, place, note } = tableIn(now);
          if (seats !== 6 || place !== 'terrace') return `The table should have 6 seats on the terrace now, but it is ${now.text.trim()}.`;
          if (note) return `The table should have no note now, but it still is ${JSON.stringify(note)}.`;
          if (now.header('etag') === cafe.seen[3]!.header('etag')) return `After a change the etag should be another one, but it is still ${now.header('etag')}.`;
          if (came.header('etag') !== now.header('etag')) return `The answer to PUT should have the new etag, ${now.header('etag')}, but ${came.header('etag') === '' ? 'it has none' : `it was ${came.header('etag')}`}.`;
          return placesAre('corner, garden, terrace, window')(came, cafe);
        },
      },
      mistakes: [
        noRoute,
        {
          code: 'P5',
          name: 'PUT that makes a new one',
          fits: async (_came, cafe) => (await allTables(cafe)).length > 4,
          says: 'After the PUT there are five tables: the terrace was not changed, a second one was added.',
          tryThis: 'Replace the table that has the number of the path: update(…), not insert(…).',
        },
        {
          code: 'P4',
          name: 'PUT that merges',
          fits: async (came, cafe) => came.status === 200 && tableIn(await cafe.ask(`GET ${terraceAt(cafe)}`)).note === 'In the sun',
          says: 'The note was not sent, and is still there: the old table and the new one were mixed. PUT means: exactly like this. Otherwise a client could never remove a note.',
          tryThis: 'Store what was sent and nothing else, without { ...table } in front of it.',
        },
        {
          code: 'P7',
          name: 'a version that stays the same',
          fits: async (came, cafe) => came.status === 200 && (await cafe.ask(`GET ${terraceAt(cafe)}`)).header('etag') === cafe.seen[3]!.header('etag'),
          says: 'The table was changed, and its etag is the one from before. So a client cannot tell the two states apart.',
          tryThis: 'Count the version up by one with each change, or let the collection do it (update).',
        },
      ],
    },
    {
      story: 'Ben saw the table before that, and sends his change with the etag of then.',
      ask: (cafe) => put(terraceAt(cafe), cafe.seen[3]!.header('etag'), { ...terrace, seats: 2 }),
      want: { status: 412 },
      mistakes: [
        {
          code: 'P6',
          name: 'if-match ignored',
          fits: (came) => came.status === 200,
          says: 'Ben changed a table that had been changed meanwhile. He never saw that change, and now it is lost.',
          tryThis: 'Compare the header if-match with the etag of the table as it is now, and answer 412 if they differ.',
        },
      ],
    },
    {
      story: 'Nothing of that was stored.',
      ask: (cafe) => `GET ${terraceAt(cafe)}`,
      want: { status: 200, holds: (came) => (tableIn(came).seats === 6 ? undefined : `The table should still have 6 seats, but it has ${tableIn(came).seats}.`) },
      mistakes: [
        {
          code: 'P14',
          name: 'changed, and then refused',
          fits: (came) => tableIn(came).seats === 2,
          says: 'Ben got 412, and his change was stored all the same: the version was compared after the table was changed.',
          tryThis: 'Compare first, and change the table after that line.',
        },
      ],
    },
    {
      story: 'He looks again, and sends "many" for the seats.',
      ask: (cafe) => put(terraceAt(cafe), cafe.seen[6]!.header('etag'), { seats: 'many', place: 'terrace' }),
      want: { status: 422, includes: ['seats'] },
      mistakes: [
        {
          code: 'P12',
          name: 'PUT lets everything in',
          fits: (came) => came.status === 200,
          says: 'A table with "many" seats was stored: what PUT sends is not validated.',
          tryThis: 'Put validate(tableForm, …) around the body in PUT as well as in POST.',
          lesson: 8,
        },
      ],
    },
    {
      story: 'Somebody changes table 99, which does not exist.',
      ask: put('/api/tables/99', '"1"', larger),
      want: { status: 404, holds: placesAre('corner, garden, terrace, window') },
      mistakes: [
        {
          code: 'P5',
          name: 'PUT that makes a new one',
          fits: async (_came, cafe) => (await allTables(cafe)).length > 4,
          says: 'There was no table 99, and now there is one more table than before. In this café only POST makes new ones.',
          tryThis: 'Ask first whether there is a table with that number, and answer 404 if there is none.',
        },
        nothingWith200,
        ourFault,
      ],
    },
    {
      story: 'The table in the corner is carried away.',
      ask: 'DELETE /api/tables/2',
      want: { status: 204, noBody: true, holds: placesAre('garden, terrace, window') },
      mistakes: [
        noRoute,
        {
          code: 'P11',
          name: 'DELETE takes another one',
          fits: async (_came, cafe) => (await placesIn(cafe)).includes('corner') && (await allTables(cafe)).length === 3,
          says: 'Table 2 should go, and another one went: a number of a table is not its place in the list, which begins at 0.',
          tryThis: 'Look for the table whose id it is, and remove that one.',
        },
      ],
    },
    {
      story: 'The answer got lost on the way, so the telephone sends it again.',
      ask: 'DELETE /api/tables/2',
      want: { status: 204, noBody: true, holds: placesAre('garden, terrace, window') },
      mistakes: [
        {
          code: 'P11',
          name: 'DELETE takes another one',
          fits: async (_came, cafe) => (await allTables(cafe)).length === 2,
          says: 'The second DELETE of table 2 removed another table: what was not found has the index -1, and splice(-1, 1) takes the last one.',
          tryThis: 'Ask whether it was found before you remove it, or let the collection do it (remove).',
        },
        {
          code: 'P9',
          name: 'DELETE fails the second time',
          fits: (came) => came.status >= 400 || came.how === 'ended',
          says: (came) => `The first DELETE was 204, and the same again ${came.how === 'ended' ? 'ended the program' : `was ${came.status}`}. A client that repeats it wants the table gone, and it is gone.`,
          tryThis: 'Answer 204 whether there was something to remove or not.',
        },
      ],
    },
    {
      story: 'And who looks for it?',
      ask: 'GET /api/tables/2',
      want: { status: 404 },
      mistakes: [nothingWith200, ourFault],
    },
    {
      story: 'In its place comes a table for two.',
      ask: add({ seats: 2, place: 'bar' }),
      want: {
        status: 201,
        holds: async (came, cafe) => {
          const address = addressIn(came);
          if (['/api/tables/2', terraceAt(cafe)].includes(address)) return `The new table should have a number that none ever had, but its address is ${address}.`;
          return placesAre('bar, garden, terrace, window')(came, cafe);
        },
      },
      mistakes: [shared],
    },
    {
      story: 'A table without seats is none.',
      ask: add({ seats: 0, place: 'roof' }),
      want: { status: 422, includes: ['seats'] },
      mistakes: [
        {
          code: 'P15',
          name: 'POST lets everything in',
          fits: (came) => came.status === 201,
          says: 'A table with 0 seats was stored: what POST sends is not validated.',
          tryThis: 'Put validate(tableForm, …) around the body.',
          lesson: 8,
        },
      ],
    },
  ],
};

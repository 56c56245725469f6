import type { Came, Check, Mistake, Step, Want } from '../../../../classroom/check/format.ts';

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>\n';
const dish = 'Crème brûlée, €4.90\n';
const till = 'In the till: €842.\n';

const isIn = (text: string) => ({ bytes }: Came) => Buffer.from(bytes).includes(text.trim());
const failed = ({ how, status }: Came) => how !== 'answered' || status >= 500;

/** Not there: 404, or 400 for a name that can be none. */
const refused: Want = {
  holds: ({ status, text }) => (status === 404 || status === 400 ? undefined : `The status should be 404, but it is ${status}, with the text "${text.slice(0, 60)}".`),
};

/** A guest tries to see the till. */
function attack(story: string, name: string, mistake: Omit<Mistake, 'fits'>): Step {
  return { story, ask: `GET /card?file=${name}`, want: refused, mistakes: [{ ...mistake, fits: isIn('In the till') }] };
}

export const check: Check = {
  given: {
    'cards/monday.svg': drawing,
    'cards/tuesday.txt': dish,
    'cards/.draft.txt': 'Perhaps soup.\n',
    'cards-old/friday.svg': '<svg xmlns="http://www.w3.org/2000/svg"><title>Last week</title></svg>\n',
    'till.txt': till,
  },
  steps: [
    {
      story: 'A guest wants to see the drawing of Monday.',
      ask: 'GET /card?file=monday.svg',
      want: { status: 200, headers: { 'content-type': 'image/svg+xml' }, text: drawing },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: ({ text }) => text.includes('There are no cards yet.'),
          says: 'The card monday.svg is in the folder, and the guest read that there are no cards yet.',
          tryThis: 'Take the name from address.query.get("file"), look whether the folder has it (readdir), and send what readFile gives by bytes(200, type, …).',
        },
        {
          code: 'F1',
          name: 'wrong type of a drawing',
          fits: (came) => isIn(drawing)(came) && !/^image\/svg\+xml\b/i.test(came.header('content-type')),
          says: 'The drawing came, but not as image/svg+xml, so a browser shows its source, or saves it, and draws nothing.',
          tryThis: 'Send it by bytes(200, typeOf(name), …), with typeOf from the lesson\'s file-info.ts.',
        },
        {
          code: 'F2',
          name: 'looked for in another folder',
          fits: (came) => came.status === 404 || failed(came),
          says: 'The card lies in the folder "cards" of the data folder, and the program did not find it there: a path such as "cards/monday.svg" begins where the program was started, which is different each time.',
          tryThis: 'Begin the path with the data folder: join(process.env.DATA_DIR, "cards").',
        },
      ],
    },
    {
      story: 'Another guest wants to read the card of Tuesday.',
      ask: 'GET /card?file=tuesday.txt',
      want: { status: 200, headers: { 'content-type': /^text\/plain;\s*charset="?utf-8"?$/i }, text: dish },
      mistakes: [
        {
          code: 'F3',
          name: 'one type for all',
          fits: (came) => isIn(dish)(came) && /svg/.test(came.header('content-type')),
          says: 'The text came with the type of a drawing: a browser tries to draw it, and shows an error.',
          tryThis: 'Choose the type by the ending of the name: typeOf(name) of the lesson\'s file-info.ts does.',
        },
        {
          code: 'F4',
          name: 'charset missing',
          fits: (came) => isIn(dish)(came) && !/charset/i.test(came.header('content-type')),
          says: 'The text came, but without charset=utf-8: a browser guesses, and may show "CrÃ¨me brÃ»lÃ©e".',
          tryThis: 'Send it as "text/plain; charset=utf-8".',
        },
      ],
    },
    {
      story: 'There is no card for Sunday.',
      ask: 'GET /card?file=sunday.svg',
      want: refused,
      mistakes: [
        {
          code: 'F7',
          name: 'a missing card ends the server',
          fits: ({ how }) => how === 'ended',
          says: 'The stream of a file that is not there failed with an event "error" that had no listener, and that ended the server for all guests.',
          tryThis: 'Look first whether the folder has the name; only then open the file.',
        },
        {
          code: 'F5',
          name: 'a missing card is a bug',
          fits: ({ status }) => status >= 500,
          says: 'A card that is not there was answered 500, as if the server had a bug. That a guest asks for it is nothing unexpected.',
          tryThis: 'Look first whether the folder has the name, and answer 404 if it has not.',
        },
        {
          code: 'F6',
          name: 'a missing card is found',
          fits: ({ status }) => status === 200,
          says: 'A card that is not there was answered 200, which means "here it is".',
          tryThis: 'Answer it with the status 404.',
        },
      ],
    },
    {
      story: 'A guest asks for a card, and forgets its name.',
      ask: 'GET /card',
      want: { holds: async (came, cafe) => whyNotAll([came, await cafe.ask('GET /card?file='), await cafe.ask('GET /card?file')]) },
      mistakes: [
        {
          code: 'F8',
          name: 'no name is a bug',
          fits: async (came, cafe) => failed(came) || failed(await cafe.ask('GET /card?file=')),
          says: 'Without a name, or with an empty one, the path led to the folder itself, or to nothing, and reading that failed.',
          tryThis: 'Take "" for a name that is missing, and look whether the folder has a card of that name: it has not.',
        },
      ],
    },
    attack('A guest is curious: what is next to the cards?', '../till.txt', {
      code: 'F9',
      name: 'out by two dots',
      says: 'The name "../till.txt" led out of the folder, and a guest has seen the till.',
      tryThis: 'Read only what the folder itself lists: (await readdir(folder)).includes(name).',
    }),
    attack('The guest tries it from further down.', 'today/../../till.txt', {
      code: 'F10',
      name: 'only the beginning is looked at',
      says: 'The name "today/../../till.txt" does not begin with two dots, and led out of the folder all the same.',
      tryThis: 'There are too many bad names to know them all. Compare with the good ones: those that readdir(folder) lists.',
    }),
    attack('The guest hides the dots among others.', '....//till.txt', {
      code: 'F11',
      name: 'dots cut out once',
      says: 'In "....//till.txt" the two dots were cut out, and what was left on both sides made two dots again.',
      tryThis: 'Do not repair a bad name: answer 404. A good name is one that readdir(folder) lists.',
    }),
    attack('The guest codes the name twice.', '%252e%252e%252ftill.txt', {
      code: 'F12',
      name: 'decoded twice',
      says: 'The name came as "%252e%252e%252ftill.txt". The query had been decoded already; decoded once more it became "../till.txt".',
      tryThis: 'Take the name as address.query gives it, without decodeURIComponent().',
    }),
    {
      story: 'The cards of last week lie in a folder that is called almost the same.',
      ask: 'GET /card?file=../cards-old/friday.svg',
      want: refused,
      mistakes: [
        {
          code: 'F13',
          name: 'a folder that begins alike',
          fits: isIn('Last week'),
          says: 'The path was compared with the beginning "…/cards", and "…/cards-old/friday.svg" begins with that, too.',
          tryThis: 'Read only what the folder itself lists: (await readdir(folder)).includes(name).',
        },
      ],
    },
    {
      story: 'The cook has begun a card, and it is not ready.',
      ask: 'GET /card?file=.draft.txt',
      want: refused,
      mistakes: [
        {
          code: 'F14',
          name: 'drafts are shown',
          fits: isIn('Perhaps soup.'),
          says: 'A name that begins with a dot is a draft, and a guest has seen it.',
          tryThis: 'Answer 404 as well if name.startsWith(".").',
        },
      ],
    },
    {
      story: 'At noon the kitchen adds a card.',
      before: (cafe) => cafe.put('cards/thursday.txt', 'Tomato soup, €6.20\n'),
      ask: 'GET /card?file=thursday.txt',
      want: { status: 200, text: 'Tomato soup, €6.20' },
      mistakes: [
        {
          code: 'F15',
          name: 'the list of the morning',
          fits: ({ status }) => status === 404,
          says: 'A card that was added later is not found: the folder was read once, when the program started.',
          tryThis: 'Call readdir(folder) in the handler, so that it is asked each time.',
        },
      ],
    },
    {
      story: 'The dish of Tuesday is sold out, and its card is changed.',
      before: (cafe) => cafe.put('cards/tuesday.txt', 'Apple pie, €4.20\n'),
      ask: 'GET /card?file=tuesday.txt',
      want: { status: 200, text: 'Apple pie, €4.20' },
      mistakes: [
        {
          code: 'F16',
          name: 'kept forever',
          fits: isIn(dish),
          says: 'A card that was changed came as it had been: it was read once and kept.',
          tryThis: 'Read the file each time. Keeping it is right only for who notices that it has changed.',
        },
      ],
    },
  ],
};

function whyNotAll(answers: Came[]): string | undefined {
  const wrong = answers.find(({ status }) => status !== 404 && status !== 400);
  return wrong && `Without a name the status should be 404, but it is ${wrong.status}.`;
}

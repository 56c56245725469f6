import type { Ask, Cafe, Check, Mistake } from '../../../../classroom/check/format.ts';

const attack = '<script>alert("&lt;3")</script>';
const breakout = `by the" autofocus onfocus="alert('coffee')`;
const badLink = 'JavaScript:alert(document.cookie)';

function post(fields: Record<string, string>): Ask {
  return { method: 'POST', target: '/things', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(new URLSearchParams(fields)) };
}

const NAMES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What a browser makes of the codes in a text. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|([a-z]+));/g, (code, decimal, hex, name) =>
    decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(parseInt(hex, 16)) : NAMES[name] ?? code);
}

/** What a person reads on the page. */
function readable(text: string): string {
  return decoded(text.replace(/<[a-z!/](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, ' '));
}

/** The value of the field of this name in the form. */
function typedIn(text: string, field: string): string | undefined {
  const inputs = text.match(/<(?:input|textarea)\b(?:"[^"]*"|'[^']*'|[^"'>])*>(?:[^<]*<\/textarea>)?/gi) ?? [];
  const input = inputs.find((each) => new RegExp(`\\sname=["']?${field}["'\\s>]`).test(each));
  if (input?.startsWith('<textarea')) return decoded(/>\n?([^<]*)<\/textarea>$/.exec(input)?.[1] ?? '');
  const [, double, single, none] = /\svalue=(?:"([^"]*)"|'([^']*)'|([^\s"'>]*))/.exec(input ?? '') ?? [];
  const value = double ?? single ?? none;
  return value === undefined ? undefined : decoded(value);
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/\shref=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)].map(([, double, single, none]) => decoded(double ?? single ?? none ?? '').replace(/[\x00-\x20]/g, ''));
}

async function stored(cafe: Cafe): Promise<{ what?: unknown }[]> {
  const { json } = await cafe.ask('GET /api/things');
  return Array.isArray(json) ? json : [];
}

const isStored = async (cafe: Cafe, what: string) => (await stored(cafe)).some((thing) => thing.what === what);

const asPage = { 'content-type': 'text/html' };

const notAsPage: Mistake = {
  code: 'W1',
  name: 'HTML under another name',
  fits: (came) => came.status === 200 && !came.header('content-type').startsWith('text/html'),
  says: ({ header }) => `The page came ${header('content-type') ? `with the content-type "${header('content-type')}"` : 'without a content-type'}. A browser then shows the tags, and no page.`,
  tryThis: 'Return html(200, …) of lesson 2, or set the header: text/html; charset=utf-8.',
  lesson: 2,
};

const noRedirect: Mistake = {
  code: 'W14',
  name: 'no redirect after a form',
  fits: (came) => came.status === 200 || came.status === 201,
  says: ({ status }) => `The thing was put on the board, and the answer was ${status} with a page. A guest who reloads that page sends the form again, and then it is there twice.`,
  tryThis: "Answer redirect('/things'): 303 means, now GET that page.",
};

const sentAgain: Mistake = {
  code: 'W15',
  name: 'a redirect that sends again',
  fits: (came) => came.status === 307 || came.status === 308,
  says: ({ status }) => `The browser was sent on with ${status}, which means: send the same again, over there. So it POSTs again, forever.`,
  tryThis: "Write redirect('/things') without a status: 303 is its own.",
};

const otherRedirect: Mistake = {
  code: 'W16',
  name: 'another redirect',
  fits: (came) => came.status === 301 || came.status === 302,
  says: ({ status }) => `The browser was sent on with ${status}. Most browsers then GET the other page, by an old habit; 303 is the status that says so.`,
  tryThis: "Write redirect('/things') without a status: 303 is its own.",
};

export const check: Check = {
  steps: [
    {
      story: 'A guest looks at the board.',
      ask: 'GET /things',
      want: {
        status: 200,
        headers: asPage,
        holds: ({ text }) => {
          const missing = ['One red glove', 'Table 3', 'A key with a bear on it', 'Under the coats'].find((words) => !readable(text).includes(words));
          if (missing) return `The page should show "${missing}", but it shows ${readable(text).replace(/\s+/g, ' ').trim()}.`;
          return linksIn(text).includes('https://photos.example/glove') ? undefined : 'The page should have a link to https://photos.example/glove, but it has none.';
        },
      },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => came.status === 200 && !came.text.includes('glove') && (await cafe.ask(post({ what: 'A scarf', where: 'Door', photo: '' }))).status === 405,
          says: 'The page shows the form alone, and what is sent by it is answered 405.',
          tryThis: 'Begin with the list: let board take allThings(), and write a line for each of them.',
        },
        {
          code: 'W20',
          name: 'markup where text belongs',
          fits: (came) => came.status === 500 && came.printed.includes('The body of a reply must be text'),
          says: 'The page was answered with 500: a reply holds text, and markup`…` is not text yet.',
          tryThis: 'Hand in its text: board(…).text.',
        },
        notAsPage,
        {
          code: 'W21',
          name: 'no link to the photo',
          fits: ({ text }) => readable(text).includes('One red glove') && !linksIn(text).includes('https://photos.example/glove'),
          says: 'The red glove has a photo, but the board has no link to it.',
          tryThis: 'If there is a photo, write a link: <a href="${photo}">Photo</a>.',
        },
      ],
    },
    {
      story: 'Ada has found an umbrella.',
      ask: post({ what: 'A blue umbrella', where: 'At the window', photo: '' }),
      want: { status: 303, headers: { location: /./ } },
      mistakes: [noRedirect, sentAgain, otherRedirect],
    },
    {
      story: 'Her browser goes where it is sent.',
      ask: ({ seen }) => `GET ${new URL(seen[1]!.header('location'), 'http://cafe/things').pathname}`,
      want: {
        status: 200,
        headers: asPage,
        holds: ({ text }) => (readable(text).includes('A blue umbrella') ? undefined : 'The page should show "A blue umbrella", but it does not.'),
      },
      mistakes: [
        {
          code: 'W19',
          name: 'a page made only once',
          fits: async (came, cafe) => came.status === 200 && await isStored(cafe, 'A blue umbrella'),
          says: 'The new thing is stored, but not on the page: the page was made before, and stays the same forever.',
          tryThis: 'Make the page in the handler, from the things that are there at that moment.',
        },
        {
          code: 'W17',
          name: 'sent to nowhere',
          fits: (came) => came.status === 404,
          says: 'After the form the browser is sent to a page that does not exist.',
          tryThis: "Send it to the board: redirect('/things').",
        },
      ],
    },
    {
      story: 'Mallory writes a script on the board.',
      ask: post({ what: attack, where: 'Everywhere', photo: '' }),
      want: { status: 303 },
    },
    {
      story: 'And the other guests look.',
      ask: 'GET /things',
      want: {
        status: 200,
        holds: async ({ text }, cafe) => {
          if (/<script[^>]*>alert/i.test(text)) return 'The page should not hold a script of Mallory, but it does.';
          if (!readable(text).includes(attack)) return `The page should show ${attack}, but it shows ${readable(text).replace(/\s+/g, ' ').trim().slice(-150)}.`;
          return await isStored(cafe, attack) ? undefined : `/api/things should give ${attack}, but it does not.`;
        },
      },
      mistakes: [
        {
          code: 'W2',
          name: 'text that became code',
          fits: ({ text }) => /<script[^>]*>alert/i.test(text),
          says: 'What Mallory wrote became a part of the page: her script is there as a script, and every browser that opens the board runs it.',
          tryThis: 'Write the whole page with markup`…`, or escape each value where it is written.',
        },
        {
          code: 'W6',
          name: 'escaped before it is stored',
          fits: async (_came, cafe) => (await stored(cafe)).some(({ what }) => typeof what === 'string' && what !== attack && decoded(what) === attack),
          says: '/api/things does not give what was written: it was escaped before it was stored. Then it is right in a page, and wrong everywhere else.',
          tryThis: 'Store what was sent, and escape it where it is written into the page.',
        },
        {
          code: 'W4',
          name: 'escaped twice',
          fits: ({ text }) => readable(text).includes('&lt;script'),
          says: 'What was written is shown with codes in it, such as "&lt;" where a "<" was: it was escaped twice.',
          tryThis: 'Escape once, the character "&" before all others. markup`…` escapes the values in it; nothing else need be.',
        },
        {
          code: 'W5',
          name: 'the character & left as it is',
          fits: ({ text }) => readable(text).includes(decoded(attack)),
          says: 'The board says "<3" where Mallory wrote "&lt;3": the character "&" was not escaped, so the browser took what she wrote for a code.',
          tryThis: 'Escape "&" too, and before all others.',
        },
        {
          code: 'W3',
          name: 'text taken out',
          fits: ({ text }) => !readable(text).includes('<script>') && readable(text).includes('Everywhere'),
          says: 'What Mallory wrote is not there as she wrote it: "<script>" and the like were taken out. A guest who writes "I <3 this glove" loses words, and such filters always miss something.',
          tryThis: 'Take nothing out. Escape it, and it can do no harm.',
        },
      ],
    },
    {
      story: 'Ben forgets to say what he found.',
      ask: post({ what: '', where: breakout, photo: '' }),
      want: {
        status: 422,
        headers: asPage,
        holds: async ({ text }, cafe) => {
          const typed = typedIn(text, 'where');
          if (typed !== breakout) return `The field "where" should hold ${breakout}, but it holds ${typed ?? 'nothing'}.`;
          return (await stored(cafe)).length === 4 ? undefined : `There should be 4 things on the board, but there are ${(await stored(cafe)).length}.`;
        },
      },
      mistakes: [
        {
          code: 'W12',
          name: 'the board takes everything',
          fits: (came) => came.status === 303,
          says: 'A thing without a name was put on the board: what the form sends was not checked.',
          tryThis: 'Check it with newThing, and answer 422 if there are errors: checkForm(newThing, …).',
          lesson: 8,
        },
        {
          code: 'W10',
          name: 'refused without the form',
          fits: (came) => came.status === 422 && !came.header('content-type').startsWith('text/html'),
          says: ({ header }) => `A thing that is not right was refused, but not with a page: a person in front of a browser got "${header('content-type')}", without the form and what was typed.`,
          tryThis: 'Let the handler answer html(422, …) with the form, instead of throwing.',
        },
        {
          code: 'W11',
          name: '200 for a refusal',
          fits: (came) => came.status === 200,
          says: "The thing was not put on the board, and the status was 200, as if all were well. Programs, and the browser's own history, read the status.",
          tryThis: 'Answer html(422, …).',
        },
        {
          code: 'W13',
          name: 'refused, and stored',
          fits: async (came, cafe) => came.status === 422 && (await stored(cafe)).length > 4,
          says: 'The form came back with 422, and the thing was put on the board all the same.',
          tryThis: 'Look at the errors first, and store after that line.',
        },
        {
          code: 'W7',
          name: 'out of the quotation marks',
          fits: ({ text }) => [breakout.split('"')[0], breakout.split("'")[0]].includes(typedIn(text, 'where')),
          says: 'What was typed broke out of its attribute: a quotation mark in it ended the value, and the rest became a part of the page.',
          tryThis: 'Escape the quotation marks as well, " and \', or let markup`…` do it.',
        },
        {
          code: 'W9',
          name: 'what was typed is gone',
          fits: ({ text }) => (typedIn(text, 'where') ?? '') === '',
          says: 'The form came back empty. A guest who made one mistake has to type everything again.',
          tryThis: 'Give each field its value again: value="${typed.where}".',
        },
        {
          code: 'W8',
          name: 'an attribute without quotes',
          fits: ({ text }) => typedIn(text, 'where') === breakout.split(' ')[0],
          says: 'The field "where" came back with less than what was typed: without quotation marks around it, a value ends at its first space.',
          tryThis: 'Write quotation marks around it: value="${typed.where}".',
        },
      ],
    },
    {
      story: 'Mallory tries a link.',
      ask: post({ what: 'A free coffee', where: 'Press here', photo: badLink }),
      want: { holds: ({ status }) => (status === 303 || status === 422 ? undefined : `The status should be 303, or 422 if the link is refused, but it was ${status}.`) },
    },
    {
      story: 'And who presses it?',
      ask: 'GET /things',
      want: {
        status: 200,
        holds: ({ text }) => {
          const link = linksIn(text).find((each) => /^(?:javascript|data|vbscript):/i.test(each));
          return link === undefined ? undefined : `No link should run a script, but one leads to ${link}.`;
        },
      },
      mistakes: [
        {
          code: 'W18',
          name: 'a script as a link',
          fits: ({ text }) => linksIn(text).some((each) => /^javascript:/i.test(each)),
          says: 'A link of the board runs a script when it is pressed: an address may begin with "javascript:", and no escaping changes that.',
          tryThis: 'Show the link only if it begins with https:// (or http://), in capitals or not. In markup`…`, href="${photo}" looks after that.',
        },
      ],
    },
  ],
};

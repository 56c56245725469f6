import type { Came, Check, Mistake } from '../../../../classroom/check/format.ts';

/** In the order of the steps. */
const addresses = ['/board', '/board.txt', '/kitchen', '/terrace'];

const dish = 'Crème brûlée';
const price = '€4.90';
const tags = /<\/?[a-z][^>]*>/i;

const typeOf = (came: Came) => came.header('content-type').toLowerCase();

/** What a browser would make of the bytes: it believes the header, then the page itself, and else it guesses. */
function shown(came: Came): string {
  const isHtml = typeOf(came).includes('html');
  const charset = /charset\s*=\s*["']?([\w-]+)/i.exec(typeOf(came)) ?? (isHtml ? /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(came.text) : null);
  const text = decode(came.bytes, charset?.[1]);
  return isHtml ? withoutEntities(text) : text;
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  try {
    if (charset !== undefined) return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows is none.
  }
  return Buffer.from(bytes).toString('latin1');
}

const entities: Record<string, string> = { egrave: 'è', ucirc: 'û', eacute: 'é', euro: '€', nbsp: ' ' };

function withoutEntities(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(\w+);/g, (all, name) => entities[name] ?? all);
}

function saysBoard(came: Came): string | undefined {
  const missing = [dish, price].find((word) => !shown(came).includes(word));
  return missing && `A guest should read "${missing}", but would read "${shown(came).trim()}".`;
}

/** A header that may be there once, and came twice. */
function twice({ headers }: Came): string | undefined {
  const names = headers.map(([name]) => name.toLowerCase());
  return ['content-type', 'retry-after'].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
}

function oneReply(came: Came): string | undefined {
  if (twice(came)) return `The header ${twice(came)} should come once, but it came twice.`;
  return sentTwice(came) ? 'One reply should be sent, but the code tried to send two.' : undefined;
}

// The second reply cannot arrive: that it was tried is only in what the program prints.
function sentTwice(came: Came): boolean {
  return ['ERR_HTTP_HEADERS_SENT', 'ERR_STREAM_WRITE_AFTER_END'].includes(came.error?.code ?? '') || came.printed.includes('ERR_HTTP_HEADERS_SENT');
}

function is500(came: Came, sentence: RegExp): boolean {
  return came.status === 500 && sentence.test(came.printed);
}

// What can happen to any of the replies, whichever is the first. Why send() refused a reply is
// only in what the program prints; the answer says no more than 500.
const always: Mistake[] = [
  {
    code: 'R1',
    name: 'length in characters',
    fits: async (came, cafe) => {
      const head = came.how === 'cut' ? await cafe.ask(`HEAD ${addresses[cafe.seen.length]}`) : undefined;
      return Number(head?.header('content-length') ?? 0) > 0;
    },
    says: 'More bytes came than the content-length had promised: it counts the characters, and each of è, û, é and € takes two bytes or three.',
    tryThis: 'Count with Buffer.byteLength(…), or leave it to send().',
  },
  {
    code: 'R2',
    name: 'two replies to one request',
    fits: sentTwice,
    says: 'The code sent one reply to this request, went on, and sent another one. Only the first can arrive; the second is an error.',
    tryThis: 'Choose first and send once: let a function return the reply, and call send() in one place.',
  },
  {
    code: 'R3',
    name: 'status as text',
    fits: (came) => is500(came, /status of a reply .* but it was "/),
    says: 'The answer is 500: the status of that reply is a text, and send() takes a whole number only.',
    tryThis: 'Write the status first and without quotes: text(503, …).',
  },
  {
    code: 'R4',
    name: 'a number as body',
    fits: (came) => is500(came, /body of a reply .* but it was -?\d/),
    says: 'The answer is 500: the body of that reply is a number, and only text or bytes can travel.',
    tryThis: 'Make a text of it: a sentence in quotes, or String(…). The seconds belong in the header.',
  },
  {
    code: 'R5',
    name: 'header in capitals',
    fits: (came) => is500(came, /Header names are written in lower case/),
    says: 'The answer is 500: a header name has capitals in it. In a reply all names are in lower case, so that one header cannot be there twice.',
    tryThis: "Write 'retry-after' or 'content-type' as it is here.",
  },
  {
    code: 'R6',
    name: 'no reply to send',
    fits: (came) => is500(came, /must be a reply .* but it was undefined/),
    says: 'The answer is 500: send() was given undefined and not a reply.',
    tryThis: 'Look for a way through your function that has no "return" before its reply.',
  },
  {
    code: 'R7',
    name: 'one header twice',
    fits: (came) => twice(came) !== undefined,
    says: 'One header came twice, spelled in two ways. To HTTP both are the same name, and a client takes one or the other.',
    tryThis: 'Keep one of the two, in lower case.',
  },
  {
    code: 'R8',
    name: 'no content-type',
    fits: (came) => came.status === 200 && typeOf(came) === '',
    says: 'The answer does not say what it is: without a content-type each browser guesses, and they guess differently.',
    tryThis: 'Make the reply with html(…) or text(…): they write the header.',
  },
  {
    code: 'R9',
    name: 'HTML sent as text',
    fits: (came) => typeOf(came).startsWith('text/plain') && tags.test(came.text),
    says: 'There are tags in the body, but its content-type is text/plain: people would read the tags themselves.',
    tryThis: 'For a page take html(…); for text leave out the tags.',
  },
];

const noCharset: Mistake = {
  code: 'R10',
  name: 'no charset',
  fits: (came) => came.status === 200 && came.text.includes(dish) && saysBoard(came) !== undefined,
  says: 'The bytes are right, but the answer does not say that they are UTF-8. A browser that guesses wrong shows "CrÃ¨me brÃ»lÃ©e".',
  tryThis: 'Put the charset after the type, content-type: text/html; charset=utf-8, as html(…) and text(…) do.',
};

export const check: Check = {
  steps: [
    {
      story: 'Ada opens the board in her browser.',
      ask: 'GET /board',
      want: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        holds: (came) => oneReply(came) ?? saysBoard(came) ?? (/<h1\b/i.test(shown(came)) ? undefined : 'The board should be a headline, <h1>…</h1>, but there is none.'),
      },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: async (came, cafe) => came.status === 404 && (await cafe.ask('GET /kitchen')).status === 404,
          says: 'Every address is still answered with 404, and /board as well.',
          tryThis: 'Begin with the page: make a reply by html(200, …), and send it if request.url is "/board"; then check again.',
        },
        ...always,
        noCharset,
      ],
    },
    {
      story: "The tea room's program asks for the same as plain text.",
      ask: 'GET /board.txt',
      want: {
        status: 200,
        headers: { 'content-type': 'text/plain' },
        holds: (came) => oneReply(came) ?? saysBoard(came) ?? (tags.test(came.text) ? 'There should be no tags in plain text, but there are.' : undefined),
      },
      mistakes: [
        ...always,
        {
          code: 'R11',
          name: 'text sent as HTML',
          fits: (came) => came.status === 200 && typeOf(came).includes('html'),
          says: 'The address ends in .txt, but the content-type is text/html, and the header is what counts: a browser would look for tags in it.',
          tryThis: 'Make this reply with text(…).',
        },
        noCharset,
      ],
    },
    {
      story: 'Ada would like a soup, but the kitchen is closed.',
      ask: 'GET /kitchen',
      want: {
        status: 503,
        headers: { 'retry-after': /./ },
        holds: (came) => oneReply(came) ?? notHalfAnHour(came.header('retry-after'))
          ?? (came.text.trim() === '' ? 'There should be a sentence for people in the body, but it is empty.' : undefined),
      },
      mistakes: [
        ...always,
        {
          code: 'R12',
          name: 'closed in words, open in the status',
          fits: (came) => came.status === 200,
          says: 'The text says that the kitchen is closed, but the status says 200, all is well. A program reads the status only, and comes in.',
          tryThis: 'Give this reply the status 503.',
        },
        {
          code: 'R13',
          name: 'it does not say how long',
          fits: (came) => came.status === 503 && came.header('retry-after') === '',
          says: 'The status is right, but there is no header retry-after, so a program does not know when to ask again.',
          tryThis: "Give the header as the third value: text(503, …, { 'retry-after': '1800' }).",
        },
        {
          code: 'R14',
          name: 'not in seconds',
          fits: (came) => came.status === 503 && notHalfAnHour(came.header('retry-after')) !== undefined,
          says: (came) => `The header retry-after is "${came.header('retry-after')}", and it must be a bare number of seconds: half an hour is 1800.`,
          tryThis: "Write the seconds alone: 'retry-after': '1800'.",
        },
      ],
    },
    {
      story: 'Somebody asks for the terrace, which the café does not have.',
      ask: 'GET /terrace',
      want: { status: 404 },
      mistakes: [
        ...always,
        {
          code: 'R15',
          name: 'not found in words only',
          fits: (came) => came.status === 200,
          says: 'There is no terrace, but the status says 200, all is well. People see the body, programs see the status.',
          tryThis: 'Let every other address get the reply "nothing", whose status is 404.',
        },
      ],
    },
  ],
};

// RFC 9110, 10.2.3: a number of seconds, or a date.
function notHalfAnHour(value: string): string | undefined {
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  const isRight = /^\d+$/.test(value) ? seconds === 1800 : / GMT$/.test(value) && Math.abs(seconds - 1800) < 120;
  return isRight ? undefined : `The header retry-after should be "1800", but it was "${value}".`;
}

import type { Ask, Cafe, Came, Check, Mistake } from '../../../../classroom/check/format.ts';

const logIn = (name: string, pin: string, cookie?: string): Ask => ({ target: '/api/card', json: { name, pin }, ...(cookie !== undefined && { headers: { cookie } }) });
const look = (cookie: string): Ask => ({ target: '/api/card', headers: { cookie } });
const wait = (minutes: number) => (cafe: Cafe) => cafe.ask({ target: '/api/clock', json: { minutes } });

const setCookie = (came: Came) => came.header('set-cookie');
/** As the browser would bring it back: "card=8Jp4…". */
const cookieIn = (came: Came | undefined) => (came === undefined ? '' : /^[^;,]*/.exec(setCookie(came))![0]);
const numberIn = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);

// The places of the logins among the steps.
const bens = ({ seen }: Cafe) => cookieIn(seen[1]);
const adas = ({ seen }: Cafe) => cookieIn(seen[3]);
const adasSecond = ({ seen }: Cafe) => cookieIn(seen[6]);

const showsName = (came: Came, name: string) => (came.json as { name?: unknown } | undefined)?.name === name;
const isInside = ({ status }: Came) => status === 200;

function problemOf(came: Came): string | undefined {
  const words = setCookie(came).toLowerCase().split(/[;,]\s*/);
  if (cookieIn(came) === '') return 'The answer to the login should set a cookie, but it has no header set-cookie.';
  const missing = [['httponly'], ['samesite=lax', 'samesite=strict'], ['path=/']].find((either) => !either.some((word) => words.includes(word)));
  return missing && `The cookie should be set with ${missing.join(' or ')}, but it was "${setCookie(came)}".`;
}

/** The cookie of Ben, with Ada's name in the place of his, be it written openly or in base64; or else just with hers. */
function forged(cafe: Cafe): string {
  const cookie = bens(cafe);
  const value = numberIn(cookie);
  const inside = fromBase64(value);
  const other = value.includes('ben') ? value.replaceAll('ben', 'ada') : inside.includes('ben') ? toBase64(inside.replaceAll('ben', 'ada')) : 'ada';
  return cookie.slice(0, -value.length) + other;
}

function fromBase64(value: string): string {
  try {
    return atob(decodeURIComponent(value).replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

function toBase64(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** At how many places two numbers differ. */
function differing(one: string, other: string): number {
  return [...one].filter((sign, at) => sign !== other[at]).length;
}

const isGuessable = (numbers: string[]) => numbers.some((one, at) => one.length < 22 || numbers.slice(at + 1).some((other) => other !== one && differing(one, other) < 8));

const notKnown: Mistake = {
  code: 'S17',
  name: 'own cookie not known',
  fits: (came) => came.status === 401,
  says: 'The cookie came, the browser has brought it back, and the server did not know it: what is stored under one name or number is looked for under another.',
  tryThis: 'Read the cookie by the name under which it was set: readCookie(request, "card"), and look up exactly the number that you have stored.',
};

const unknownBreaks: Mistake = {
  code: 'S14',
  name: 'an unknown number breaks it',
  fits: (came) => came.status === 500 || came.how === 'ended',
  says: 'A cookie was sent that the server never gave out, and it answered as if it were its own mistake: whatever comes in a cookie may be nonsense.',
  tryThis: 'Ask whether a session was found before you use it, and answer 401 if there is none.',
};

export const check: Check = {
  steps: [
    {
      story: 'Somebody who has not logged in looks at a card.',
      ask: 'GET /api/card',
      want: { status: 401 },
      mistakes: [unknownBreaks],
    },
    {
      story: 'Ben logs in.',
      ask: logIn('ben', '0815'),
      want: { status: 200, json: { name: 'ben' }, holds: problemOf },
      mistakes: [
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 200 && setCookie(came) === '' && Object.keys(Object(came.json)).join() === 'name',
          says: 'The login was right, but the server has not given Ben anything by which it could know him again.',
          tryThis: 'Begin in logIn: make a random number, keep it in a Map with the guest, and send it in the header set-cookie.',
        },
        {
          code: 'S16',
          name: 'no cookie',
          fits: (came) => came.status === 200 && setCookie(came) === '',
          says: 'The login was right, and no cookie came with the answer: so the next request is that of a stranger.',
          tryThis: "Give the reply the header: { 'set-cookie': cookie('card', number, { maxAge: 43_200 }) }.",
        },
        {
          code: 'S3',
          name: 'cookie without HttpOnly',
          fits: (came) => !/;\s*httponly/i.test(setCookie(came)),
          says: 'The cookie can be read by any script in the page, one that a guest has slipped in among them: it was set without HttpOnly.',
          tryThis: 'Let cookie(…) of the lesson write the header, or add "; HttpOnly".',
        },
        {
          code: 'S4',
          name: 'cookie without SameSite',
          fits: (came) => !/;\s*samesite=(lax|strict)/i.test(setCookie(came)),
          says: 'The cookie is sent along with forms of other sites as well: it was set without SameSite.',
          tryThis: 'Let cookie(…) of the lesson write the header, or add "; SameSite=Lax".',
        },
        {
          code: 'S5',
          name: 'cookie without Path',
          fits: (came) => !/;\s*path=\/(?:[;,]|$)/i.test(setCookie(came)),
          says: 'The cookie was set without Path=/, so the browser brings it along only below /api, and the pages of the café never see it.',
          tryThis: 'Let cookie(…) of the lesson write the header, or add "; Path=/".',
        },
      ],
    },
    {
      story: 'Ben looks at his card.',
      ask: (cafe) => look(bens(cafe)),
      want: { status: 200, json: { name: 'ben', stamps: 2 } },
      mistakes: [
        notKnown,
        {
          code: 'S15',
          name: 'the secret in the answer',
          fits: (came) => came.text.includes('0815'),
          says: 'The answer shows the PIN. It is needed to check it, and nowhere else.',
          tryThis: 'Pick what may be seen: json(200, { name: guest.name, stamps: guest.stamps }).',
        },
      ],
    },
    {
      story: 'Ada logs in, too.',
      ask: logIn('ada', '4711'),
      want: { status: 200, json: { name: 'ada' }, holds: problemOf },
    },
    {
      story: 'Ben looks at his card once more.',
      ask: (cafe) => look(bens(cafe)),
      want: { status: 200, json: { name: 'ben', stamps: 2 } },
      mistakes: [
        {
          code: 'S8',
          name: 'one session for all',
          fits: (came) => !showsName(came, 'ben'),
          says: "Ada has logged in, and Ben's cookie does not show his card any more: the server keeps one name for all, not one for each browser.",
          tryThis: 'Keep a session for each number: sessions.set(number, { guest, … }), in a Map.',
        },
      ],
    },
    {
      story: 'Mallory writes a cookie by hand.',
      ask: (cafe) => look(forged(cafe)),
      want: { status: 401 },
      mistakes: [
        {
          code: 'S2',
          name: 'the cookie is believed',
          fits: isInside,
          says: 'The cookie says who it is, and is believed. An attacker can write another name into it: the browser should only send a random number that the server knows.',
          tryThis: 'Keep on the server who it is, in a Map from a random number to the guest, and send only the number.',
        },
        unknownBreaks,
      ],
    },
    {
      story: 'Ada logs in once more, in the same browser.',
      ask: (cafe) => logIn('ada', '4711', adas(cafe)),
      want: {
        status: 200,
        holds: (came, cafe) => {
          const numbers = [bens(cafe), adas(cafe), cookieIn(came)].map(numberIn);
          return problemOf(came) ?? (isGuessable(numbers) || cookieIn(came) === adas(cafe) ? `The numbers in the cookies should be long, random, and new at each login, but they were ${numbers.join(', ')}.` : undefined);
        },
      },
      mistakes: [
        {
          code: 'S1',
          name: 'guessable number',
          fits: (came, cafe) => isGuessable([bens(cafe), adas(cafe), cookieIn(came)].map(numberIn)),
          says: 'The number in the cookie can be guessed. An attacker who guesses it is taken for Ada: it has to be random, and too long to be tried out.',
          tryThis: "Let node:crypto make it: randomBytes(32).toString('base64url'). Math.random() is not made for secrets.",
        },
        {
          code: 'S11',
          name: 'the number stays',
          fits: (came, cafe) => cookieIn(came) === adas(cafe),
          says: 'Ada has logged in once more with her old cookie, and the number is still the same. An attacker who put that number into her browser before is logged in as well.',
          tryThis: 'Make a new number at each login, whatever cookie came with it.',
        },
      ],
    },
    {
      story: 'Somebody still has her old number.',
      ask: (cafe) => look(adas(cafe)),
      want: { status: 401 },
      mistakes: [{
        code: 'S12',
        name: 'the old number opens',
        fits: isInside,
        says: 'Ada has logged in once more with her old cookie, and got a new number. But the old one still shows her card.',
        tryThis: 'Close the session that came with the login: sessions.delete(readCookie(request, "card")).',
      }],
    },
    {
      story: 'Mallory tries a PIN for Ada.',
      ask: logIn('ada', '0000'),
      want: { status: 401 },
    },
    {
      story: 'And a name that is not a guest here.',
      ask: logIn('eve', '0000'),
      want: ({ seen }) => ({ status: seen[8]!.status, text: seen[8]!.text }),
      mistakes: [{
        code: 'S13',
        name: 'shows who is known',
        fits: (came) => came.how === 'answered',
        says: 'An unknown name and a wrong PIN get different answers: so an attacker can find out who is a guest here.',
        tryThis: 'One sentence and one status for both: the name or the PIN is not right.',
      }],
    },
    {
      story: 'Ada logs out.',
      ask: (cafe) => ({ method: 'DELETE', target: '/api/card', headers: { cookie: adasSecond(cafe) } }),
      want: { status: 204 },
    },
    {
      story: 'Somebody has copied her number before.',
      ask: (cafe) => look(adasSecond(cafe)),
      want: { status: 401 },
      mistakes: [{
        code: 'S6',
        name: 'logout in the browser alone',
        fits: isInside,
        says: 'The old cookie still shows the card after the logout: it was only taken out of the browser. A thief who has copied the number can go on using it.',
        tryThis: 'Take the session away on the server: sessions.delete(…) with the number that came in the cookie.',
      }, unknownBreaks],
    },
    {
      story: 'Ben is still there. After 20 minutes he looks at his card.',
      before: wait(20),
      ask: (cafe) => look(bens(cafe)),
      want: { status: 200, json: { name: 'ben', stamps: 2 } },
      mistakes: [{
        code: 'S7',
        name: 'logout of all guests',
        fits: (came) => came.status === 401,
        says: 'Ada has logged out, and Ben is out as well: the logout has closed more than the one session.',
        tryThis: 'Close only the session whose number came with the request.',
      }],
    },
    {
      story: 'And after 20 more.',
      before: wait(20),
      ask: (cafe) => look(bens(cafe)),
      want: { status: 200, json: { name: 'ben', stamps: 2 } },
      mistakes: [{
        code: 'S10',
        name: 'counted from the login',
        fits: (came) => came.status === 401,
        says: 'Ben looked at his card every 20 minutes, and was logged out all the same: the time is counted from the login, and not from the last request.',
        tryThis: 'Note the time at each request: session.seen = now.',
      }],
    },
    {
      story: 'Ben has forgotten his telephone on a table. Half an hour later, somebody picks it up.',
      before: wait(30),
      ask: (cafe) => look(bens(cafe)),
      want: { status: 401 },
      mistakes: [{
        code: 'S9',
        name: 'session without an end',
        fits: isInside,
        says: 'After 30 minutes without a request the card is still shown. A telephone that was forgotten on a table stays logged in forever.',
        tryThis: 'Keep with each session when it was last seen, and refuse it when now - session.seen is 30 or more. What Max-Age says, only the browser knows.',
      }, unknownBreaks],
    },
  ],
};

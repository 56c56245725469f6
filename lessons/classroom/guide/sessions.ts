// Sessions: does the cookie that lets somebody in do no more than that, and no longer?
//
//   Set-Cookie: sid=41, then sid=42 at the next login   ──►  'session-counted'
//   logged out, and the old sid still opens what was 401 ──►  'logout-not-on-server'
//
// A session's cookie is known by its name. What was seen of the last ones is remembered here.

import type { Answer, Found, Look } from './look.ts';
import { placeOf } from './place.ts';
import type { Visit } from './visit.ts';

type Given = { name: string; value: string; words: string };

const sessionName = /^(?:__Host-)?(?:sid|session|session-?_?id|token|auth|login)$/i;
const rightName = /^(?:role|is-?_?admin|admin|user-?_?id|account-?_?id)$/i;
const most = 100;

const setCookie = /^\s*([^=;\s]+)=([^;]*)(.*)$/;

function given({ headers }: Answer): Given | undefined {
  const header = headers.get('set-cookie') ?? '';
  const [, name = '', value = '', words = ''] = setCookie.exec(header) ?? [];
  return name === '' ? undefined : { name, value, words };
}

function isEnded({ value, words }: Given): boolean {
  if (value === '' || /max-age=(?:0|-\d+)\b/i.test(words)) return true;
  return /expires=[^;]*19[67]\d/i.test(words);
}

function whereSet({ visit }: Answer): Found['at'] {
  return placeOf(visit.headers.get('set-cookie'));
}

const readable: Look = (answer) => {
  const cookie = given(answer);
  if (!cookie || !sessionName.test(cookie.name) || cookie.value.length < 16) return undefined;
  if (/;\s*httponly/i.test(cookie.words)) return undefined;
  return {
    code: 'cookie-readable', at: whereSet(answer),
    what: `The cookie "${cookie.name}" lets somebody in, ` +
      'and any script in the page can read it.',
    why: 'It was set without HttpOnly. ' +
      'A script that a guest has slipped into a page could send it away.',
    try: 'Add "; HttpOnly", or take cookie() of lesson 15.',
    lesson: 15,
  };
};

const believed: Look = (answer) => {
  const cookie = given(answer);
  if (!cookie || !rightName.test(cookie.name) || isEnded(cookie)) return undefined;
  return {
    code: 'cookie-believed', at: whereSet(answer),
    what: `The cookie "${cookie.name}" is to say what its browser may do.`,
    why: `Anybody can write "${cookie.name}=…" into a request: ` +
      'what comes from a client is never true by itself.',
    try: 'Give the browser a long random number alone, and keep on the server whose it is.',
    lesson: 16,
  };
};

/** The last number of each name. */
const numbers = new Map<string, number>();

const counted: Look = (answer) => {
  const cookie = given(answer);
  if (!cookie || !/^\d{1,9}$/.test(cookie.value) || numbers.size > most) return undefined;
  const { name } = cookie;
  const now = Number(cookie.value);
  const before = numbers.get(name);
  numbers.set(name, now);
  if (before === undefined || now !== before + 1 || !sessionName.test(name)) return undefined;
  return {
    code: 'session-counted', at: whereSet(answer),
    what: `The cookie "${name}" was ${before} at one login, and is ${cookie.value} at the next.`,
    why: 'Whoever has one number knows the others, and comes in as somebody else.',
    try: "Let it be random and long: randomBytes(32).toString('base64url') of node:crypto.",
    lesson: 15,
  };
};

const kept: Look = (answer) => {
  const { visit, status } = answer;
  const cookie = given(answer);
  if (!cookie || cookie.value === '' || !sessionName.test(cookie.name)) return undefined;
  if (status >= 400 || !isLogin(visit)) return undefined;
  if (!cookiesOf(answer).includes(`${cookie.name}=${cookie.value}`)) return undefined;
  return {
    code: 'session-kept', at: whereSet(answer),
    what: `${visit.name} came with a "${cookie.name}", and gave the same one back.`,
    why: 'Whoever has put that number into the browser before the login, ' +
      'is logged in with it now as well.',
    try: 'Make a new number at each login, and close the one that came along.',
    lesson: 15,
  };
};

function isLogin({ method, url }: Visit): boolean {
  return method === 'POST' && /login|session/i.test(url);
}

/** What was set to its end by a logout, and what was refused to somebody before. */
const ended = new Set<string>();
const closed = new Set<string>();

const stillOpen: Look = (answer) => {
  const { visit, status } = answer;
  const came = cookiesOf(answer);
  const cookie = given(answer);
  const [path = ''] = visit.url.split('?');
  const asked = `${visit.method} ${path}`;
  if (status === 401 && closed.size < most) closed.add(asked);
  if (cookie && isEnded(cookie)) noteEnded(came, cookie.name);
  const old = cookie ? undefined : came.find((one) => ended.has(one));
  if (old === undefined || status >= 300 || !closed.has(asked)) return undefined;
  return {
    code: 'logout-not-on-server',
    what: `${visit.name} was answered to a "${old.split('=')[0]}" that had logged out.`,
    why: 'The logout has only told the browser to forget its number. ' +
      'Whoever has copied it before goes on using it.',
    try: 'Take the session away on the server as well, where it is kept.',
    lesson: 15,
  };
};

function noteEnded(came: string[], name: string): void {
  for (const one of came) {
    if (one.startsWith(`${name}=`) && ended.size < most) ended.add(one);
  }
}

function cookiesOf({ visit }: Answer): string[] {
  const header = visit.request.headers.cookie ?? '';
  return header.split(/;\s*/).filter((pair) => pair.includes('='));
}

export const sessionLooks: Look[] = [readable, believed, counted, kept, stillOpen];

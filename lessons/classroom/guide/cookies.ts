// Cookies: were they all sent, and do they come back?
//
//   setHeader('Set-Cookie', 'sid=1'); setHeader('Set-Cookie', 'theme=dark')
//     ──►  'cookie-overwritten'
//   Set-Cookie: sid=1; Path=/login    then GET /account → 401, without it
//     ──►  'cookie-not-sent'

import type { Found, Look } from './look.ts';
import { here, lineIn, placeOf, type SourceLocation } from './place.ts';
import { tell } from './tell.ts';
import type { Visit } from './visit.ts';

export function noteHeaders(visit: Visit, headers: unknown): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return;
  for (const [name, value] of Object.entries(headers)) noteHeader(visit, name, value);
}

export function noteHeader(visit: Visit, name: unknown, value: unknown): void {
  if (typeof name !== 'string' || name.toLowerCase() !== 'set-cookie') return;
  if (visit.response.headersSent) return;
  const now = here();
  const lost = lostBy(listOf(visit.response.getHeader('set-cookie')), listOf(value));
  const first = visit.headers.get('set-cookie');
  visit.headers.set('set-cookie', now);
  if (lost !== undefined) tellLost(visit, lost, placeOf(first), placeOf(now));
}

function listOf(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

// The same cookie set anew replaces itself: that is no loss.
function lostBy(before: string[], after: string[]): string | undefined {
  const names = after.map(nameOf);
  return before.map(nameOf).find((name) => !names.includes(name));
}

function nameOf(cookie: string): string {
  return cookie.split('=')[0]!.trim();
}

function tellLost(
  visit: Visit,
  lost: string,
  first: SourceLocation | undefined,
  place: SourceLocation | undefined,
): void {
  tell({
    code: 'cookie-overwritten',
    what: `The cookie "${lost}" was set and then overwritten, so it is not sent.`,
    why: `A header has one value, and this line replaces the one of ${lineIn(first, place)}.`,
    try: "Set both at once, as a list: res.setHeader('Set-Cookie', [one, two]).",
    lesson: 15,
  }, place, visit);
}

type Given = { name: string; path: string; secure: boolean; agent: string; at: Found['at'] };

/** What browsers were given. A program that is no browser need not keep cookies. */
const given: Given[] = [];

const remember: Look = ({ visit, headers, place }) => {
  const agent = visit.request.headers['user-agent'] ?? '';
  const cookie = headers.get('set-cookie');
  if (cookie === undefined || !agent.startsWith('Mozilla/') || given.length > 50) return undefined;
  const path = /;\s*path=([^;]+)/i.exec(cookie)?.[1] ?? visit.url.replace(/[^/]*(\?.*)?$/, '');
  const secure = /;\s*secure/i.test(cookie);
  const at = placeOf(visit.headers.get('set-cookie')) ?? place();
  given.push({ name: nameOf(cookie), path, secure, agent, at });
  return undefined;
};

const notSentBack: Look = ({ visit, status }) => {
  const { cookie = '', 'user-agent': agent, host = '' } = visit.request.headers;
  if (status !== 401 && status !== 403) return undefined;
  const missing = given.find((one) => one.agent === agent && !cookie.includes(`${one.name}=`));
  if (missing === undefined) return undefined;
  const what = `The cookie "${missing.name}" did not come back with ${visit.name}.`;
  if (!isBelow(visit.url, missing.path)) return otherPath(what, missing);
  return missing.secure ? onlyHttps(what, missing, host) : undefined;
};

function otherPath(what: string, { path, at }: Given): Found {
  return {
    code: 'cookie-not-sent', at,
    what,
    why: `It was set for "${path}" and below, and a browser sends it nowhere else.`,
    try: 'Set it with "; Path=/".',
    lesson: 15,
  };
}

function onlyHttps(what: string, { at }: Given, host: string): Found {
  return {
    code: 'cookie-not-sent', at,
    what,
    why: `It was set with "Secure", and ${host} is reached by http, ` +
      'where some browsers do not send such a cookie.',
    try: 'Leave "Secure" out while you develop, and set it behind https.',
    lesson: 15,
  };
}

function isBelow(url: string, path: string): boolean {
  const [asked = '/'] = url.split('?');
  return path === '/' || asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
}

export const cookieLooks: Look[] = [notSentBack, remember];

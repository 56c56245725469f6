// The answer as its client would read it: does what the headers say fit what was sent?
//
//   content-encoding: gzip, and the body is plain text       ──►  'not-gzip'
//   status 401 with a location                               ──►  'location-not-followed'
//   a preflight that does not allow what the browser asked   ──►  'preflight-refused'
//   content-type: text/event-stream, and no line "data: …"   ──►  'event-without-data'

import type { Look } from './look.ts';
import { findLine } from './source.ts';

const notGzip: Look = ({ headers, text, bytes }) => {
  const isGzip = text.charCodeAt(0) === 0x1f; // the first byte of every gzip
  if (headers.get('content-encoding') !== 'gzip' || bytes === 0 || text === '' || isGzip) return;
  return {
    code: 'not-gzip',
    what: 'The answer says "content-encoding: gzip", but its body is not packed.',
    why: 'A browser unpacks what is called gzip, and shows an error if it cannot.',
    try: 'Leave the header out, or pack the body: zlib.gzipSync(text).',
    lesson: 13,
  };
};

const locationNotFollowed: Look = ({ visit, status, headers }) => {
  const location = headers.get('location');
  if (location === undefined || status < 400) return;
  return {
    code: 'location-not-followed',
    what: `${visit.name} was to lead to "${location}", but its status is ${status}.`,
    why: 'A browser follows Location only with a status from 301 to 308.',
    try: 'To send a browser on, answer 303. To refuse a program, leave Location out.',
    lesson: 16,
  };
};

const starWithCookies: Look = ({ visit, headers }) => {
  const { origin, cookie } = visit.request.headers;
  const isStar = headers.get('access-control-allow-origin') === '*';
  const wants = cookie !== undefined || headers.get('access-control-allow-credentials') === 'true';
  if (origin === undefined || !isStar || !wants) return;
  return {
    code: 'cors-star-with-cookies',
    what: `A page of ${origin} sent its cookies, and the answer allows "*".`,
    why: 'With cookies, a browser takes only its own origin by name, and keeps this from the page.',
    try: `Send 'Access-Control-Allow-Origin': '${origin}' and 'Vary': 'Origin', ` +
      'if that page may read it.',
    lesson: 21,
  };
};

const otherOrigin: Look = ({ visit, headers }) => {
  const { origin } = visit.request.headers;
  const allowed = headers.get('access-control-allow-origin');
  if (origin === undefined || allowed === undefined || allowed === '*') return;
  if (allowed === origin || allowed.replace(/\/+$/, '') !== origin) return;
  return {
    code: 'cors-other-origin',
    what: `The answer allows "${allowed}", and the page is of "${origin}".`,
    why: 'A browser compares the two letter by letter: an origin ends without a slash.',
    try: `Write '${origin}'.`,
    lesson: 21,
  };
};

const preflightRefused: Look = ({ visit, headers }) => {
  const asked = visit.request.headers;
  const method = asked['access-control-request-method'];
  if (visit.method !== 'OPTIONS' || method === undefined) return;
  if (!headers.has('access-control-allow-origin')) return; // cors-blocked says so
  const names = listOf(asked['access-control-request-headers']);
  const missing = [
    ...(isSimple(method) || allows(headers.get('access-control-allow-methods'), method)
      ? [] : [`the method ${method}`]),
    ...names.filter((name) => !allows(headers.get('access-control-allow-headers'), name))
      .map((name) => `the header ${name}`),
  ];
  if (missing.length === 0) return;
  return {
    code: 'preflight-refused',
    what: `A browser asked first whether it may send ${missing.join(' and ')}, ` +
      'and the answer does not allow it.',
    why: 'So the request itself never comes: this OPTIONS is all that you will see of it.',
    try: 'Name both for OPTIONS, in Access-Control-Allow-Methods and Access-Control-Allow-Headers.',
    lesson: 21,
  };
};

function isSimple(method: string): boolean {
  return ['GET', 'HEAD', 'POST'].includes(method);
}

function allows(list: string | undefined, name: string): boolean {
  const names = listOf(list);
  return names.includes('*') || names.includes(name.toLowerCase());
}

function listOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean);
}

const eventWithoutData: Look = ({ headers, text }) => {
  if (!headers.get('content-type')?.startsWith('text/event-stream') || text.trim() === '') return;
  if (/^(data|event|id|retry)?:/m.test(text)) return;
  return {
    code: 'event-without-data',
    what: `"${text.trim().slice(0, 40)}" was written to an event stream without "data:".`,
    why: 'Each line of an event begins with "data:", and a browser skips all others.',
    try: 'Write `data: ${text}\\n\\n`: the empty line ends the event.',
    lesson: 22,
  };
};

/** What a guest sent is on the page as it came, with its tags. */
const script = /<(script|img|svg|iframe)\b[^>]*>/i;

const guestsHtml: Look = ({ visit, headers, text }) => {
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  const query = visit.url.split('?')[1];
  if (query === undefined) return;
  const [tag] = [...new URLSearchParams(query).values()]
    .map((value) => script.exec(value)?.[0]).filter((found) => found !== undefined);
  if (tag === undefined || !text.includes(tag)) return;
  return {
    code: 'html-of-a-guest',
    at: findLine(/searchParams|URLSearchParams|\bquery\b/),
    what: `The address holds ${tag}, and it is on the page as it came.`,
    why: 'Whoever makes that link runs a script of theirs in the browser of anybody who opens it.',
    try: 'Write the value with its "<" as "&lt;": lesson 12 does it with markup`…`.',
    lesson: 12,
  };
};

export const wireLooks: Look[] = [
  notGzip, locationNotFollowed, starWithCookies, otherOrigin, preflightRefused, eventWithoutData,
  guestsHtml,
];

// What a browser does with an answer: show it, follow it, or keep it from the page.
//
//   Origin: http://localhost:5173, and no Access-Control-Allow-Origin  ──►  'cors-blocked'

import type { Answer, Look } from './look.ts';
import { findLine } from './source.ts';

const corsBlocked: Look = ({ visit, status, headers }) => {
  const { origin, host } = visit.request.headers;
  if (origin === undefined || origin === `http://${host}` || status === 403) return undefined;
  if (headers.has('access-control-allow-origin')) return undefined;
  const isFile = origin === 'null';
  const page = isFile ? 'A page that was opened as a file' : `A page of ${origin}`;
  return {
    code: 'cors-blocked',
    what: `${page} asked for ${visit.name}, and its browser keeps the answer from it.`,
    why: 'A page may read answers of its own server only, ' +
      'unless the other one allows it in a header (CORS).',
    try: isFile
      ? 'Let this server send the page as well, and open it by http.'
      : `Send 'Access-Control-Allow-Origin': '${origin}', if that page may read this answer; ` +
        'for OPTIONS as well.',
    lesson: 21,
  };
};

// An answer may name its own address without leading anywhere.
const locationWith200: Look = ({ visit, status, headers }) => {
  const [path = ''] = visit.url.split('?');
  const location = headers.get('location');
  if (status !== 200 || location === undefined || location.endsWith(path)) return undefined;
  return {
    code: 'location-with-200',
    what: `${visit.name} was to lead to "${location}", but its status is 200.`,
    why: 'A browser follows Location only with a status from 301 to 308.',
    try: 'Write res.writeHead(303, { location }), or redirect(location) of lesson 2.',
    lesson: 2,
  };
};

/** Where each address led, as long as nothing but redirects was answered. */
const led = new Map<string, string>();

const endlessRedirect: Look = (answer) => {
  const { url } = answer.visit;
  if (!isPlainRedirect(answer)) {
    led.clear();
    return undefined;
  }
  led.set(url, targetOf(answer));
  const circle = circleFrom(url);
  if (!circle) return undefined;
  return {
    code: 'endless-redirect',
    what: `${circle.join(' → ')} leads in a circle.`,
    why: 'Each answer sends the browser on to the next address, and it comes back ' +
      'to where it was; browsers give up after about twenty.',
    try: 'Look at the condition: one of these addresses must answer with a page.',
    lesson: 2,
  };
};

/** As the next request would name it; another server's address is no address of ours. */
function targetOf({ visit, headers }: Answer): string {
  const here = `http://${visit.request.headers.host ?? 'localhost'}`;
  const location = headers.get('location')!;
  if (!URL.canParse(location, here + visit.url)) return '';
  const target = new URL(location, here + visit.url);
  return target.origin === new URL(here).origin ? target.pathname + target.search : '';
}

/** The way from an address back to itself, if it leads there. */
function circleFrom(url: string): string[] | undefined {
  const way = [url];
  for (let next = led.get(url); next !== undefined; next = led.get(next)) {
    way.push(next);
    if (next === url) return way;
    if (way.indexOf(next) < way.length - 1) return undefined;
  }
  return undefined;
}

function isPlainRedirect({ visit, status, headers }: Answer): boolean {
  if (visit.method !== 'GET' || headers.has('set-cookie')) return false;
  return status >= 301 && status <= 308 && headers.has('location');
}

let lastText = '';

// "Guest number 3" for the page, and at once "Guest number 4" for its icon.
const iconCounts: Look = ({ visit, text }) => {
  const before = lastText;
  lastText = text;
  if (visit.url !== '/favicon.ico' || text === before) return undefined;
  if (text.replace(/\d+/g, '#') !== before.replace(/\d+/g, '#')) return undefined;
  return {
    code: 'icon-counts',
    what: 'A browser asked for its icon, GET /favicon.ico, and that was counted like a visit.',
    why: 'A browser asks by itself for more than the page, ' +
      'and this line answers every address alike.',
    try: 'Look at the path first, and answer 404 for what is not a page of yours.',
    lesson: 3,
  };
};

const firstTag = /^\s*<(?:!doctype html|html|head|body|h[1-6]|p|ul|form)\b[^>]*>/i;

const htmlAsText: Look = ({ headers, text }) => {
  const [tag] = firstTag.exec(text) ?? [];
  const type = headers.get('content-type') ?? '';
  if (tag === undefined || !/^text\/plain/i.test(type)) return undefined;
  return {
    code: 'html-as-text', at: findLine(/\btext\(\s*200\b|text\/plain/),
    what: `The answer begins with ${tag.trim()}, and its content-type is "${type}".`,
    why: 'A browser goes by the content-type: it shows the tags as they are, and no page.',
    try: "Send 'content-type': 'text/html; charset=utf-8', or return html(200, …) of lesson 2.",
    lesson: 2,
  };
};

type Wanted = [name: string, type: string];

/** What a browser says that it wants the file for, and the type that it must have then. */
const wantedTypes: Record<string, Wanted> = {
  style: ['a style sheet', 'text/css'],
  script: ['a script', 'text/javascript'],
};

const wrongTypeOfFile: Look = ({ visit, status, headers }) => {
  const [name, type] = wantedTypes[String(visit.request.headers['sec-fetch-dest'])] ?? [];
  const sent = headers.get('content-type') ?? '';
  if (type === undefined || status !== 200 || sent.startsWith(type)) return undefined;
  if (name === 'a script' && /javascript/.test(sent)) return undefined;
  return {
    code: 'wrong-type-of-file',
    what: `A page asked for ${visit.url} as ${name}, and got "${sent || 'no content-type'}".`,
    why: `A browser does not use ${name} that comes under another name.`,
    try: `Send 'content-type': '${type}; charset=utf-8'; ` +
      'and if this answer is a page, look at the path first.',
    lesson: 12,
  };
};

const commaForm = /<\/(li|tr|p|div|option|section|article)>\s*,\s*<\1\b[^>]*>/;

const commasBetweenTags: Look = ({ headers, text }) => {
  const [between] = commaForm.exec(text) ?? [];
  const type = headers.get('content-type') ?? '';
  if (between === undefined || !/^text\/html/i.test(type)) return undefined;
  return {
    code: 'commas-between-tags',
    what: `In the page stands ${between}, with a comma between.`,
    why: 'A list that becomes text by itself gets a comma between its entries.',
    try: "Join it with nothing: .join('').",
    lesson: 12,
  };
};

const binary = /^(?:image\/(?!svg)|font\/|audio\/|video\/|application\/(?:pdf|zip|wasm))/i;

// Bytes that are no text became "\ufffd" when they were read as text, and cannot be told any more.
const pictureAsText: Look = ({ headers, text, bytes }) => {
  const type = headers.get('content-type') ?? '';
  if (!binary.test(type) || !text.includes('\ufffd')) return undefined;
  if (Buffer.byteLength(text) !== bytes) return undefined;
  return {
    code: 'picture-as-text', at: findLine(/utf-?8['"`]\s*[),}]|\.toString\(/),
    what: `The answer is ${type}, and it was read as text: its bytes are not what they were.`,
    why: 'Bytes that are no letters become "\ufffd" when they are read as text, ' +
      'each one the same.',
    try: "Leave out 'utf8' where the file is read: readFile(path) gives the bytes as they are.",
    lesson: 13,
  };
};

export const browserLooks: Look[] = [
  pictureAsText, corsBlocked, locationWith200, endlessRedirect, iconCounts, htmlAsText,
  wrongTypeOfFile, commasBetweenTags,
];

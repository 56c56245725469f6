// Looking at an answer once it is over: would its client read what was meant?
//
//   content-length: 4, and the body is "Café"  ──►  'length-in-characters': it has 5 bytes
//
// Each look is a small function that sees the answer and may name one slip.

import { browserLooks } from './browser.ts';
import { cookieLooks } from './cookies.ts';
import { outOfTheFolder } from './files.ts';
import type { Answer, Look } from './look.ts';
import { passwordLooks } from './passwords.ts';
import { perhapsLooks } from './perhaps.ts';
import { here, placeOf } from './place.ts';
import { answeredBeforeSaved } from './saves.ts';
import { sessionLooks } from './sessions.ts';
import { findLine } from './source.ts';
import { tell } from './tell.ts';
import type { Visit } from './visit.ts';

export function lookAtAnswer(visit: Visit): void {
  const answer = readAnswer(visit);
  if (answer === undefined) return;
  for (const look of looks) {
    const found = look(answer);
    if (found) tell(found.at ? found : { ...found, near: true }, found.at ?? answer.place(), visit);
  }
}

function readAnswer(visit: Visit): Answer | undefined {
  // Node keeps the head as it was sent. Headers given to writeHead() are nowhere else.
  const head = (visit.response as unknown as { _header?: unknown })._header;
  if (typeof head !== 'string') return undefined;
  const { text, bytes, ended = here() } = visit;
  return { visit, status: visit.response.statusCode, headers: readHeaders(head), text, bytes, place: () => placeOf(ended) };
}

function readHeaders(head: string): Map<string, string> {
  return new Map(head.split('\r\n').slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  }));
}

const mayHaveBody = ({ visit, status }: Answer) => visit.method !== 'HEAD' && status !== 204 && status !== 304;

const wrongLength: Look = (answer) => {
  const { visit, headers, bytes, text } = answer;
  const said = headers.get('content-length');
  if (said === undefined || Number(said) === bytes || !mayHaveBody(answer)) return undefined;
  // Whoever waits for more, or takes the rest for the next answer, shall know that this is all.
  visit.response.once('finish', () => visit.request.socket.end());
  const what = `The answer to ${visit.name} has ${bytes} bytes, but its Content-Length says ${said}.`;
  if (Number(said) === text.length) {
    const [sign = 'é'] = /[^\x00-\x7f]/u.exec(text) ?? [];
    return { code: 'length-in-characters', what, why: `"${sign}" is one character and ${Buffer.byteLength(sign)} bytes, and Content-Length counts bytes.`, try: 'Write Buffer.byteLength(body) in place of body.length, or leave the header out: Node counts by itself.', lesson: 2 };
  }
  return { code: 'length-wrong', what, why: 'The client believes the header: it cuts the answer off there, or waits for bytes that never come.', try: 'Leave the header out: Node counts by itself when the whole body is given to end().', lesson: 2 };
};

const noCharset: Look = ({ headers, text }) => {
  const [sign] = /[^\x00-\x7f]/u.exec(text) ?? [];
  const type = headers.get('content-type');
  const isText = type === undefined || (/^text\/(html|plain)/i.test(type) && !/charset/i.test(type));
  if (sign === undefined || !isText || headers.has('content-encoding') || /<meta[^>]+charset/i.test(text) || text.includes('\ufffd')) return undefined;
  return {
    code: 'charset-missing',
    what: `The answer holds "${sign}", but does not say in which encoding.`,
    why: `Without a charset the browser guesses, and may show "${Buffer.from(sign).toString('latin1').replace(/[\x80-\x9f]/g, '¤')}" in its place.`,
    try: `Say it in the header: 'Content-Type': '${type ?? 'text/plain'}; charset=utf-8'.`,
    lesson: 2,
  };
};

const awaitForgotten: Look = ({ text }) => {
  if (!text.includes('[object Promise]')) return undefined;
  return {
    code: 'await-forgotten',
    what: 'The answer says "[object Promise]".',
    why: 'A promise was put into it, not the value that comes later.',
    try: 'Write "await" before the call that gives the promise, and "async" before its function.',
    lesson: 6,
  };
};

const objectAsText: Look = ({ text, visit }) => {
  if (!text.includes('[object Object]') || visit.url.includes('object')) return undefined;
  return {
    code: 'object-as-text',
    what: 'The answer says "[object Object]".',
    why: 'An object was joined to a text, and that is all it becomes by itself.',
    try: 'Name the field that is meant, such as item.name, or write JSON.stringify(item).',
    lesson: 2,
  };
};

// Both words may stand in a page's script for a good reason, and a guest may have sent them.
const nothingAsText: Look = ({ headers, text, visit }) => {
  if (/javascript|css/.test(headers.get('content-type') ?? '')) return undefined;
  const [word] = /(?<![\w"'./-])(?:undefined|NaN)(?![\w"'/-])/.exec(text.replace(/<script.*?<\/script>/gs, '')) ?? [];
  if (word === undefined || visit.url.includes(word) || visit.told.has('header-in-capitals')) return undefined;
  const loop = findLine(/for\s*\(\s*(?:const|let|var)\s+\w+\s+in\s/);
  if (loop && word === 'undefined') return { code: 'for-in', what: 'The answer says "undefined".', why: 'Perhaps the loop is why: "for … in" over a list gives "0", "1", "2", not its entries.', try: 'Write "of" in place of "in".', lesson: 9, at: loop };
  if (word === 'NaN') return { code: 'not-a-number', what: 'The answer says "NaN", which means "not a number".', why: 'Something was calculated with a value that is missing or is no number.', try: 'Check each value before you calculate with it: Number.isFinite(price).', lesson: 8 };
  return { code: 'undefined-as-text', what: 'The answer says "undefined".', why: 'A variable or a field that has no value was joined to a text.', try: 'Print the object just before, with console.log(), and compare the names of its fields.', lesson: 8 };
};

const bodyWithoutPlace: Look = ({ status, bytes }) => {
  if ((status !== 204 && status !== 304) || bytes === 0) return undefined;
  return { code: 'body-with-204', what: `The answer has status ${status}, and so its text was not sent.`, why: `${status} means that there is no body, and Node drops what is written.`, try: status === 204 ? 'Take status 200, or leave the text out.' : 'Leave the text out.', lesson: 2 };
};

const notFoundAsFound: Look = ({ status, text, bytes }) => {
  if (status !== 200 || bytes > 300 || !/^\s*(?:<[^>]+>\s*)*(?:404\b|not found\b)/i.test(text)) return undefined;
  return { code: 'not-found-with-200', what: 'The answer reads "not found", but its status is 200, which means "found".', why: 'People read the text, but programs, browsers and search engines read the status.', try: 'Set the status as well: res.statusCode = 404, before the answer begins.', lesson: 2 };
};

const nothingFromJson: Look = ({ status, bytes, visit }) => {
  const moment = visit.json.undefinedAt;
  if (moment === undefined || bytes > 0 || status >= 300 || status === 204) return undefined;
  return { code: 'json-undefined', what: `The answer to ${visit.name} is empty: JSON.stringify() was given undefined.`, why: 'JSON has no word for undefined, so no text comes out.', try: 'Look whether the value is there, and answer 404 if it is not.', lesson: 2, at: placeOf(moment) };
};

const loggedNotWritten: Look = ({ status, bytes, visit }) => {
  if (status !== 200 || bytes > 0 || visit.method !== 'GET' || visit.logged === undefined) return undefined;
  return { code: 'log-for-write', what: `The answer to ${visit.name} is empty, and "${visit.logged.text}" went to the terminal.`, why: 'console.log() writes for you, here; only write() and end() write for the client.', try: 'Write res.end(…) with that text.', lesson: 1, at: placeOf(visit.logged.at) };
};

const oneEqualsSign: Look = ({ visit }) => {
  const { method, request } = visit;
  if (request.method === method) return undefined;
  return { code: 'one-equals-sign', what: `request.method was "${method}" and is "${request.method}" now.`, why: 'One "=" gives a value to the left side; it compares nothing.', try: `Write "===": if (request.method === '${request.method}').`, lesson: 3, at: findLine(/\.method\s*=[^=]/) };
};

export const expressBody = {
  code: 'body-of-express',
  what: 'request.body was read, but nobody has set it.',
  why: 'Node gives the body in pieces and does not collect them; "req.body" is made by Express.',
  try: 'Collect the pieces first, or use readJson(request) of lesson 7.',
  lesson: 7,
};

const bodyNeverSet: Look = ({ visit }) => (visit.bodyRead ? { ...expressBody, at: placeOf(visit.bodyRead) } : undefined);

// First those that know more than "undefined".
const looks: Look[] = [
  ...perhapsLooks, wrongLength, noCharset, awaitForgotten, objectAsText, nothingAsText, bodyWithoutPlace, notFoundAsFound,
  nothingFromJson, loggedNotWritten, oneEqualsSign, bodyNeverSet, ...browserLooks, ...cookieLooks, ...sessionLooks, ...passwordLooks, answeredBeforeSaved, outOfTheFolder,
];

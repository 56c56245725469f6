// The text of an answer: is all of it there, in the right letters, and does it say what was meant?
//
//   Content-Type: text/plain, and the body is "Café"  ──►  'charset-missing'
//   `Your order: ${order}`, and order is an object     ──►  'object-as-text'

import type { Answer, Found, Look } from './look.ts';
import { findLine } from './source.ts';

const wrongLength: Look = (answer) => {
  const { visit, headers, bytes, text } = answer;
  const length = headers.get('content-length');
  if (length === undefined || Number(length) === bytes || !mayHaveBody(answer)) return undefined;
  // Whoever waits for more, or takes the rest for the next answer, shall know that this is all.
  visit.response.once('finish', () => visit.request.socket.end());
  const what = `The answer to ${visit.name} has ${bytes} bytes, ` +
    `but its Content-Length says ${length}.`;
  return Number(length) === text.length ? lengthInCharacters(what, text) : lengthWrong(what);
};

function mayHaveBody({ visit, status }: Answer): boolean {
  return visit.method !== 'HEAD' && status !== 204 && status !== 304;
}

function lengthInCharacters(what: string, text: string): Found {
  const sign = firstBeyondAscii(text) ?? 'é';
  return {
    code: 'length-in-characters',
    what,
    why: `"${sign}" is one character and ${Buffer.byteLength(sign)} bytes, ` +
      'and Content-Length counts bytes.',
    try: 'Write Buffer.byteLength(body) in place of body.length, ' +
      'or leave the header out: Node counts by itself.',
    lesson: 2,
  };
}

function lengthWrong(what: string): Found {
  return {
    code: 'length-wrong',
    what,
    why: 'The client believes the header: ' +
      'it cuts the answer off there, or waits for bytes that never come.',
    try: 'Leave the header out: Node counts by itself when the whole body is given to end().',
    lesson: 2,
  };
}

function firstBeyondAscii(text: string): string | undefined {
  return /[^\x00-\x7f]/u.exec(text)?.[0];
}

const noCharset: Look = ({ headers, text }) => {
  const sign = firstBeyondAscii(text);
  const type = headers.get('content-type');
  if (sign === undefined || !needsCharset(type) || text.includes('\ufffd')) return undefined;
  if (headers.has('content-encoding') || /<meta[^>]+charset/i.test(text)) return undefined;
  return {
    code: 'charset-missing',
    what: `The answer holds "${sign}", but does not say in which encoding.`,
    why: `Without a charset the browser guesses, and may show "${misread(sign)}" in its place.`,
    try: `Say it in the header: 'Content-Type': '${type ?? 'text/plain'}; charset=utf-8'.`,
    lesson: 2,
  };
};

function needsCharset(type: string | undefined): boolean {
  return type === undefined || (/^text\/(html|plain)/i.test(type) && !/charset/i.test(type));
}

function misread(sign: string): string {
  return Buffer.from(sign).toString('latin1').replace(/[\x80-\x9f]/g, '¤');
}

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

const nothingWord = /(?<![\w"'./-])(?:undefined|NaN)(?![\w"'/-])/;

// Both words may stand in a page's script for a good reason, and a guest may have sent them.
const nothingAsText: Look = ({ headers, text, visit }) => {
  if (/javascript|css/.test(headers.get('content-type') ?? '')) return undefined;
  const [word] = nothingWord.exec(text.replace(/<script.*?<\/script>/gs, '')) ?? [];
  if (word === undefined || visit.url.includes(word)) return undefined;
  if (visit.told.has('header-in-capitals')) return undefined;
  if (word === 'NaN') return notANumber;
  const loop = findLine(/for\s*\(\s*(?:const|let|var)\s+\w+\s+in\s/);
  return loop ? { ...forIn, at: loop } : undefinedAsText;
};

const forIn: Found = {
  code: 'for-in',
  what: 'The answer says "undefined".',
  why: 'Perhaps the loop is why: "for … in" over a list gives "0", "1", "2", not its entries.',
  try: 'Write "of" in place of "in".',
  lesson: 9,
};

const notANumber: Found = {
  code: 'not-a-number',
  what: 'The answer says "NaN", which means "not a number".',
  why: 'Something was calculated with a value that is missing or is no number.',
  try: 'Check each value before you calculate with it: Number.isFinite(price).',
  lesson: 8,
};

const undefinedAsText: Found = {
  code: 'undefined-as-text',
  what: 'The answer says "undefined".',
  why: 'A variable or a field that has no value was joined to a text.',
  try: 'Print the object just before, with console.log(), and compare the names of its fields.',
  lesson: 8,
};

export const textLooks: Look[] = [
  wrongLength, noCharset, awaitForgotten, objectAsText, nothingAsText,
];

// The status of an answer: does it fit what was sent with it?
//
//   200, and the text is "Not found"        ──►  'not-found-with-200'
//   204, and a text, which Node leaves out  ──►  'body-with-204'
//   200, and no text at all                 ──►  'json-undefined', or 'log-for-write'

import type { Look } from './look.ts';
import { placeOf } from './place.ts';

const bodyWithoutPlace: Look = ({ status, bytes }) => {
  if ((status !== 204 && status !== 304) || bytes === 0) return undefined;
  return {
    code: 'body-with-204',
    what: `The answer has status ${status}, and so its text was not sent.`,
    why: `${status} means that there is no body, and Node drops what is written.`,
    try: status === 204 ? 'Take status 200, or leave the text out.' : 'Leave the text out.',
    lesson: 2,
  };
};

const saysNotFound = /^\s*(?:<[^>]+>\s*)*(?:404\b|not found\b)/i;

const notFoundAsFound: Look = ({ status, text, bytes }) => {
  if (status !== 200 || bytes > 300 || !saysNotFound.test(text)) return undefined;
  return {
    code: 'not-found-with-200',
    what: 'The answer reads "not found", but its status is 200, which means "found".',
    why: 'People read the text, but programs, browsers and search engines read the status.',
    try: 'Set the status as well: res.statusCode = 404, before the answer begins.',
    lesson: 2,
  };
};

const nothingFromJson: Look = ({ status, bytes, visit }) => {
  const moment = visit.json.undefinedAt;
  if (moment === undefined || bytes > 0 || status >= 300 || status === 204) return undefined;
  return {
    code: 'json-undefined', at: placeOf(moment),
    what: `The answer to ${visit.name} is empty: JSON.stringify() was given undefined.`,
    why: 'JSON has no word for undefined, so no text comes out.',
    try: 'Look whether the value is there, and answer 404 if it is not.',
    lesson: 2,
  };
};

const loggedNotWritten: Look = ({ status, bytes, visit }) => {
  const { name, method, logged } = visit;
  if (status !== 200 || bytes > 0 || method !== 'GET' || logged === undefined) return undefined;
  return {
    code: 'log-for-write', at: placeOf(logged.at),
    what: `The answer to ${name} is empty, and "${logged.text}" went to the terminal.`,
    why: 'console.log() writes for you, here; only write() and end() write for the client.',
    try: 'Write res.end(…) with that text.',
    lesson: 1,
  };
};

export const statusLooks: Look[] = [
  bodyWithoutPlace, notFoundAsFound, nothingFromJson, loggedNotWritten,
];

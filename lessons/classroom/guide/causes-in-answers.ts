// What Node refuses to send, by the code of its error.
//
//   ERR_INVALID_CHAR, in header content ["location"]              ──►  'sign-in-header'
//   ERR_INVALID_ARG_TYPE, "chunk" … Received an instance of Array ──►  'object-as-answer'

import { on, type Cause, type NodeFailure } from './cause.ts';
import { lineIn, placeOf } from './place.ts';
import { lineAt } from './source.ts';
import type { Slip } from './tell.ts';
import { answeredTwice } from './twice.ts';

const headersSent = on('ERR_HTTP_HEADERS_SENT', ({ visit, place, message }) => {
  const name = visit?.name ?? 'The request';
  if (visit?.ended) return answeredTwice(name, placeOf(visit.ended), place);
  const first = lineIn(placeOf(visit?.began), place);
  return message.includes('write headers') ? twoHeads(name, first) : headerTooLate(name, first);
});

function twoHeads(name: string, first: string): Slip {
  return {
    code: 'two-heads',
    what: `The answer to ${name} was begun twice.`,
    why: `Status and headers went out in ${first}, and an answer has only one head.`,
    try: 'Decide first, and call writeHead() once; ' +
      'a "return" may be missing between the two.',
    lesson: 2,
  };
}

function headerTooLate(name: string, first: string): Slip {
  return {
    code: 'header-too-late',
    what: `A header of the answer to ${name} was set too late.`,
    why: `The head goes out before the body, and the body began in ${first}.`,
    try: `Move this line above ${first}.`,
    lesson: 2,
  };
}

const wrongChunk = on('ERR_INVALID_ARG_TYPE ERR_STREAM_NULL_VALUES', (failure) => {
  const { message, visit, error } = failure;
  if (!message.includes('"chunk"') && error.code !== 'ERR_STREAM_NULL_VALUES') return undefined;
  const [, kind = 'null'] = /Received (.*)$/s.exec(message) ?? [];
  return explainChunk(kind, methodOf(failure), visit?.name ?? 'the request');
});

function methodOf({ place, error }: NodeFailure): string {
  const [, caller] = String(error.stack).split('\n');
  return /\.end\(/.test(lineAt(place)) || /\bend\b/.test(String(caller)) ? 'end()' : 'write()';
}

function explainChunk(kind: string, method: string, name: string): Slip {
  const given = (what: string) => `${method} was given ${what} as the answer to ${name}.`;
  if (/Promise/.test(kind)) return promiseAsAnswer(given('a promise'));
  const [simple] = /number|boolean|bigint/.exec(kind) ?? [];
  if (simple !== undefined) return numberAsAnswer(given(`a ${simple}`));
  if (/undefined|null/.test(kind)) return nothingAsAnswer(given(kind));
  return objectAsAnswer(given(/Array/.test(kind) ? 'a list' : 'an object'));
}

function promiseAsAnswer(what: string): Slip {
  return {
    code: 'await-forgotten',
    what,
    why: 'A promise is not the value but the word that it will come.',
    try: 'Write "await" before the call that gives the promise, ' +
      'and "async" before the handler.',
    lesson: 6,
  };
}

const noGuess = 'What goes to the client is text or bytes, ' +
  'and Node does not guess how a value shall become text.';

function numberAsAnswer(what: string): Slip {
  return {
    code: 'number-as-answer',
    what,
    why: noGuess,
    try: 'Make text of it: String(price).',
    lesson: 2,
  };
}

function nothingAsAnswer(what: string): Slip {
  return {
    code: 'nothing-as-answer',
    what,
    why: 'A variable that has no value yet cannot be sent.',
    try: 'Print it just before, with console.log(), ' +
      'and follow where it should get its value.',
    lesson: 2,
  };
}

function objectAsAnswer(what: string): Slip {
  return {
    code: 'object-as-answer',
    what,
    why: noGuess,
    try: 'Make JSON of it: res.end(JSON.stringify(value)).',
    lesson: 2,
  };
}

const badStatus = on('ERR_HTTP_INVALID_STATUS_CODE', ({ message }) => ({
  code: 'status-not-a-number',
  what: `The status was ${/: (.*)$/.exec(message)?.[1] ?? 'no status'}.`,
  why: 'A status is a whole number from 100 to 999; ' +
    'its words, such as "Not Found", are added by Node.',
  try: 'Write res.statusCode = 404, or res.writeHead(404).',
  lesson: 2,
}));

const badHeader = on('ERR_INVALID_CHAR', ({ message }) => {
  const [, name = 'x'] = /\["(.*)"\]/.exec(message) ?? [];
  return {
    code: 'sign-in-header',
    what: `The header "${name}" holds a sign that a header cannot hold.`,
    why: 'A line break would begin a new header, ' +
      'and a sign such as "☕" has no place in one line of plain letters.',
    try: 'Put the value through encodeURIComponent(), ' +
      'and never send on unchecked what a guest has typed.',
    lesson: 2,
  };
});

const noHeaderValue = on('ERR_HTTP_INVALID_HEADER_VALUE', ({ message }) => ({
  code: 'header-without-value',
  what: `The header ${/"[^"]*"$/.exec(message)?.[0] ?? ''} was given undefined.`,
  why: 'A header needs a value, and the variable had none.',
  try: 'Print it just before, with console.log(), ' +
    'or leave the header out when there is nothing to say.',
  lesson: 2,
}));

export const answerCauses: Cause[] = [
  headersSent, wrongChunk, badStatus, badHeader, noHeaderValue,
];

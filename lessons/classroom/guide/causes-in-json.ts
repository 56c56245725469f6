// What JSON cannot read or write.
//
//   JSON.parse("{ name: 'tea' }")  ──►  'json-not-readable'
//   JSON.parse({ name: 'tea' })    ──►  'json-of-object': it is one already

import type { Cause } from './cause.ts';
import { unreadable } from './json.ts';
import type { Slip } from './tell.ts';

const readTwice: Cause = ({ error }) => {
  const given = unreadable.get(error);
  if (typeof given !== 'object' || given === null || given instanceof Uint8Array) return undefined;
  return given instanceof Promise ? readPromise : readObject(given);
};

const readPromise: Slip = {
  code: 'await-forgotten',
  what: 'JSON.parse() was given a promise.',
  why: 'A promise is not the text but the word that it will come.',
  try: 'Write "await" before the call that gives the text.',
  lesson: 6,
};

function readObject(given: object): Slip {
  return {
    code: 'json-of-object',
    what: `JSON.parse() was given ${Array.isArray(given) ? 'a list' : 'an object'}.`,
    why: 'It makes an object out of text, and this is one already.',
    try: 'Take JSON.parse() out and use the value as it is.',
    lesson: 7,
  };
}

const nothingToRead: Cause = ({ error, visit }) => {
  if (!unreadable.has(error)) return undefined;
  const given = unreadable.get(error);
  if (given !== '' && given !== undefined) return undefined;
  return {
    code: 'json-of-nothing',
    what: `JSON.parse() was given ${given === '' ? 'an empty text' : 'undefined'}.`,
    why: visit?.method === 'GET'
      ? 'A GET has no body, so there is nothing to read.'
      : 'The body was empty, or it was read before its last piece had come.',
    try: 'Read it when the request has ended, catch the error, and answer 400.',
    lesson: 7,
  };
};

const notReadable: Cause = ({ error, visit }) => {
  if (!unreadable.has(error)) return undefined;
  const text = String(unreadable.get(error));
  const what = `JSON.parse() cannot read "${text.length > 40 ? `${text.slice(0, 40)}…` : text}".`;
  return visit ? sentByClient(what) : writtenWrong(what);
};

function sentByClient(what: string): Slip {
  return {
    code: 'json-not-readable',
    what,
    why: 'A client may send anything, and what is no JSON throws an error here.',
    try: 'Put try … catch around it, and answer 400.',
    lesson: 7,
  };
}

function writtenWrong(what: string): Slip {
  return {
    code: 'json-not-readable',
    what,
    why: 'In JSON, names and texts stand in double quotes, and no comma stands before a "}".',
    try: 'Correct the text.',
    lesson: 7,
  };
}

const circle: Cause = ({ message }) => {
  if (!message.includes('Converting circular structure')) return undefined;
  return {
    code: 'json-in-a-circle',
    what: 'JSON.stringify() was given an object that contains itself.',
    why: 'Its text would never end: ' +
      'request and response are such objects, and lists that point back.',
    try: 'Name the fields that are wanted: JSON.stringify({ id: item.id, name: item.name }).',
    lesson: 2,
  };
};

const bigInt: Cause = ({ message }) => {
  if (!message.includes('serialize a BigInt')) return undefined;
  return {
    code: 'json-of-bigint',
    what: 'JSON.stringify() was given a BigInt, such as 340n.',
    why: 'JSON has no form for it.',
    try: 'Use a plain number, or String(value).',
    lesson: 2,
  };
};

export const jsonCauses: Cause[] = [readTwice, nothingToRead, notReadable, circle, bigInt];

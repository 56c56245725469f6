// What goes wrong between a program and its database. The database says it in a sentence, and
// changes nothing; here is added why, and what to try.
//
//   db.transaction(async (draft) => …)         ──►  'transaction-waits'
//   openDatabase(folder), for each request     ──►  'database-opened-twice'
//   menu.remove(params.id)                     ──►  'id-not-a-number'

import { sayError, type Cause, type Explained } from './cause.ts';
import { placeOf, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';

const transactionWaits: Cause = ({ message }) => {
  if (!message.startsWith('A transaction must not wait')) return undefined;
  return {
    code: 'transaction-waits',
    what: 'A transaction was given an async function, so all of it was refused.',
    why: 'While it waits, others would come in between, ' +
      'and what it has read would not be true any more.',
    try: 'Take "async" and "await" away: draft.in(…).get() and its friends answer at once. ' +
      'What must be waited for is asked before.',
    lesson: 18,
  };
};

const transactionOver: Cause = ({ message }) => {
  if (!message.startsWith('This transaction is over')) return undefined;
  return {
    code: 'transaction-over',
    what: 'A draft was changed when its transaction was over.',
    why: 'This line ran later than the function that it stands in: ' +
      'in an event, a timer or a .then(). By then all was written, without it.',
    try: 'Wait for what it needs first, such as the body, and begin the transaction then.',
    lesson: 18,
  };
};

const noCollection: Cause = ({ message }) => {
  const [, name] = /^There is no collection "([^"]*)" in this transaction/.exec(message) ?? [];
  if (name === undefined) return undefined;
  return {
    code: 'collection-not-asked-for',
    what: `The transaction asked for "${name}", and the program has no collection of that name.`,
    why: 'A draft knows those that db.collection(name, …) was called for before.',
    try: 'Is the name misspelt? ' +
      `If not, call db.collection('${name}') once, at the top of the program.`,
    lesson: 18,
  };
};

const idNotANumber: Cause = ({ message, place }) => {
  const [, what, name, value] = NOT_A_NUMBER.exec(message) ?? [];
  if (what === undefined || value === undefined) return undefined;
  const isText = value.startsWith('"');
  return {
    code: 'id-not-a-number',
    at: /[\\/]09-logic[\\/]/.test(place?.file ?? '') ? findLine(CALL_WITH_ID) ?? place : place,
    what: `"${name}" was given the ${what} ${value}, which is no number.`,
    why: isText
      ? `What comes from an address or a form is text, and the text ${value} is no number.`
      : `A record is found by a number alone, and ${value} is none.`,
    try: isText
      ? `Make a number of it first: Number(params.${what}).`
      : `Look where it comes from: does the pattern of the route have ":${what}"?`,
    lesson: 9,
  };
};

const NOT_A_NUMBER = /^The (id|version) in "(.*)" must be a number, but it is (.*)\. What comes/s;
const CALL_WITH_ID = /\.(?:get|update|remove)\((?:\w+\.)*(?:params|id)\b/;

const noIndex: Cause = ({ message }) => {
  const [, name, field] = /^"([^"]*)" has no index on "([^"]*)"/.exec(message) ?? [];
  if (field === undefined) return undefined;
  return {
    code: 'no-index',
    what: `"${name}" was searched by "${field}", and has no index on it.`,
    why: 'find() looks into an index, and never at each record. ' +
      'Without one it would get slower with each record that comes.',
    try: 'Declare it where the collection is made: ' +
      `collection('${name}', { indexes: ['${field}'] }).`,
    lesson: 18,
  };
};

const openedTwice: Cause = ({ message, place }) => {
  const [, owner] = /is in use by another program \(process (\w+)/.exec(message) ?? [];
  if (owner === undefined) return undefined;
  const at = placeOfOpening(place);
  return owner === String(process.pid) ? databaseOpenedTwice(at) : folderInUse(at);
};

// Node tells the caller of a promise that failed, but not when that is a module that waits at
// its top.
function placeOfOpening(place: SourceLocation | undefined): SourceLocation | undefined {
  const isLock = /[\\/]db[\\/]lock\.ts$/.test(place?.file ?? '');
  return isLock ? findLine(/\b(?:openDatabase|journalStorage)\(/) : place;
}

const oneFolderTwice = 'Whoever opens a folder keeps in memory what is in it. ' +
  'Two at once would know nothing of each other, and overwrite what the other has written.';

function databaseOpenedTwice(at: SourceLocation | undefined): Explained {
  return {
    code: 'database-opened-twice', at,
    what: 'This program has opened its database a second time.',
    why: oneFolderTwice,
    try: 'Open it once, at the top of the program, and use that one in all handlers.',
    lesson: 18,
  };
}

function folderInUse(at: SourceLocation | undefined): Explained {
  return {
    code: 'folder-in-use', at,
    what: 'Another program has the data folder open.',
    why: oneFolderTwice,
    try: 'End that one first: does a server still run in another terminal? ' +
      'Or give this one a folder of its own: DATA_DIR.',
    lesson: 17,
  };
}

/** For a promise that nobody waited for. */
export const transactionAlone: Cause = ({ error }) => {
  const at = callOf(error);
  if (at === undefined) return undefined;
  return {
    code: 'transaction-not-awaited', at,
    what: `A transaction failed, and nobody waited for it (${sayError(error)}).`,
    why: 'The answer went out all the same: the client was told of something that never happened.',
    try: 'Put "await" before the call of transaction(), and answer after it.',
    lesson: 18,
  };
};

// Who called transaction(), when the error was made in it.
function callOf({ stack = '' }: Error): SourceLocation | undefined {
  const start = stack.lastIndexOf('.transaction (');
  if (start < 0 || !/\bDraft\.run\b/.test(stack)) return undefined;
  const moment = new Error();
  moment.stack = stack.slice(start);
  return placeOf(moment);
}

export const dbCauses: Cause[] = [
  transactionWaits, transactionOver, noCollection, idNotANumber, noIndex, openedTwice,
];

// What the language itself refuses, or a module of the lessons, by its message.
//
//   TypeError: Assignment to constant variable.   ──►  'const-changed'
//   Error: The pattern "/menu/:" has …            ──►  'route-refused'

import type { Cause } from './cause.ts';
import { valueCauses } from './causes-in-values.ts';
import type { Slip } from './tell.ts';

const unknownName: Cause = ({ message }) => {
  const [, name] = /^(.+?) is not defined$/.exec(message) ?? [];
  if (name === undefined) return undefined;
  return {
    code: 'name-unknown',
    what: `Nothing is called "${name}" here.`,
    why: 'The name is misspelt, was not imported, or belongs to another function.',
    try: 'Compare it with the line that makes it, letter by letter; capital letters count.',
    lesson: 1,
  };
};

const constChanged: Cause = ({ message }) => {
  if (message !== 'Assignment to constant variable.') return undefined;
  return {
    code: 'const-changed',
    what: 'A const was given a new value.',
    why: 'const keeps its first value for good.',
    try: 'Write "let" where it is made.',
    lesson: 1,
  };
};

const classForm =
  /^Class constructor (\w+) cannot be invoked without 'new'|^Constructor (\w+) requires 'new'/;

const newForgotten: Cause = ({ message }) => {
  const [, one, other] = classForm.exec(message) ?? [];
  const name = one ?? other;
  if (name === undefined) return undefined;
  return {
    code: 'new-forgotten',
    what: `${name}() was called without "new".`,
    why: `${name} is a class, and only "new" makes one.`,
    try: `Write new ${name}(…).`,
    lesson: 3,
  };
};

const endless: Cause = ({ message }) => {
  if (!message.startsWith('Maximum call stack size')) return undefined;
  return {
    code: 'calls-itself',
    what: 'A function called itself again and again, until no room was left.',
    why: 'Nothing ends the calls: ' +
      'the case in which it returns at once is missing or never reached.',
    try: 'Write that case first, before the line that calls itself.',
    lesson: 4,
  };
};

const REFUSED_ROUTE = new RegExp('^(?:The pattern "|The method of "|The handler of [A-Z]+ /|' +
  'A route has a method |router\\(\\) takes a list |Two routes answer )');

const badPattern: Cause = ({ message }) => {
  if (!REFUSED_ROUTE.test(message)) return undefined;
  return {
    code: 'route-refused',
    what: message,
    why: 'The router of lesson 4 reads all routes before the server starts, ' +
      'so that a slip in one shows at once.',
    try: 'Correct that route; the sentence above says how.',
    lesson: 4,
  };
};

/** What html.ts of lesson 12 refuses; its advice comes after it. */
const markupForms = [
  'A value cannot come after .* in a template\\.',
  'An attribute holds text, and no markup, but .*?:',
  'A page holds text, numbers and markup, but .*?:',
];
const markupForm = new RegExp(`^(${markupForms.join('|')}) (.*)$`, 's');

// It says where and how itself; the rest of its sentence is what to try.
const refusedMarkup: Cause = ({ message }) => {
  const [, said, advice] = markupForm.exec(message) ?? [];
  if (said === undefined || advice === undefined) return undefined;
  const what = said.replace(/ \(is an "await" missing\?\)/, '').replace(/:$/, '.');
  return said.includes('a promise (') ? promiseInMarkup(what) : wrongMarkup(what, advice);
};

function promiseInMarkup(what: string): Slip {
  return {
    code: 'markup-refused',
    what,
    why: 'Whatever has to wait gives a promise at once, and its value later.',
    try: 'Write "await" before the call that gives the promise, ' +
      'and "async" before the handler.',
    lesson: 6,
  };
}

function wrongMarkup(what: string, advice: string): Slip {
  return {
    code: 'markup-refused',
    what,
    why: 'Where a value stands decides how it is escaped, ' +
      'and here nothing would be safe or make sense.',
    try: `${advice[0]!.toUpperCase()}${advice.slice(1)}`,
    lesson: 12,
  };
}

export const codeCauses: Cause[] = [
  refusedMarkup, ...valueCauses, badPattern, unknownName, constChanged, newForgotten, endless,
];

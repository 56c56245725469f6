// A value that is not what the line takes it for.
//
//   TypeError: Cannot read properties of undefined (reading 'name')
//   const item = items.find(…); res.end(item.name)   ──►  find() gives undefined when nothing fits

import type { Cause, Explained, Failure } from './cause.ts';
import { entry, placeOf, type SourceLocation } from './place.ts';
import { expressBody } from './request.ts';
import { findLine, lineAt, linesOf, literally } from './source.ts';
import type { Slip } from './tell.ts';

const express =
  /^(?:res|response)\.(send|json|status|sendStatus|sendFile|render|redirect|cookie|set|type)$/;

const notAFunction: Cause = ({ message, place }) => {
  const [, name = ''] = /^(.+?) is not a function/.exec(message) ?? [];
  if (name === '') return undefined;
  if (express.test(name)) return methodOfExpress(name);
  return promiseInstead(rootOf(name), place) ?? {
    code: 'not-a-function',
    what: `"${name}" is not a function.`,
    why: 'What stands before the brackets is something else: ' +
      'a name is misspelt, or a value of another kind came.',
    try: `Print it just before: console.log(${rootOf(name)}).`,
    lesson: 6,
  };
};

function methodOfExpress(name: string): Slip {
  return {
    code: 'method-of-express',
    what: `"${name}" is not a function.`,
    why: "That is Express; this answer is Node's own, which has writeHead(), write() and end().",
    try: name.endsWith('json')
      ? 'Write res.end(JSON.stringify(value)), ' +
        "after res.setHeader('Content-Type', 'application/json')."
      : 'Write res.writeHead(200) and res.end(text), ' +
        'or return a reply and let send() of lesson 2 write it.',
    lesson: 2,
  };
}

const accessForm =
  /^Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '(.*?)'\)/;

const ofNothing: Cause = (failure) => {
  const [, nothing, field = ''] = accessForm.exec(failure.message) ?? [];
  return nothing === undefined ? undefined : explainNothing(failure, nothing, field);
};

function explainNothing({ place, visit }: Failure, nothing: string, field: string): Explained {
  const owner = ownerOf(field, lineAt(place));
  const what = `"${owner ?? '…'}" was ${nothing} where its "${field}" was asked for.`;
  if (visit?.bodyRead) return { ...expressBody, at: placeOf(visit.bodyRead) };
  if (owner !== undefined) {
    const known = explainOwner(owner, what, place);
    if (known) return known;
  }
  if (visit && visit.json.parsed !== undefined) return jsonOfAnotherKind(what);
  return {
    code: 'value-missing',
    what,
    why: `What stands before ".${field}" had no value yet, or none was found.`,
    try: `Print it just before: console.log(${owner ?? '…'}).`,
    lesson: 6,
  };
}

function explainOwner(owner: string, what: string, place: SourceLocation | undefined): Explained {
  if (/^req(?:uest)?\.(params|query)$/.test(owner)) return addressOfExpress(owner, what);
  const root = rootOf(owner);
  return promiseInstead(root, place) ?? (isFound(root) ? foundNothing(root, what) : undefined);
}

function addressOfExpress(owner: string, what: string): Slip {
  return {
    code: 'address-of-express',
    what,
    why: `"${owner}" is made by Express; Node gives the address as one text, request.url.`,
    try: 'Take values from readAddress(request) of lesson 3, or from the router of lesson 4.',
    lesson: 3,
  };
}

function foundNothing(root: string, what: string): Slip {
  return {
    code: 'found-nothing',
    what,
    why: 'find() gives undefined when nothing fits.',
    try: `Ask first: if (!${root}), answer 404.`,
    lesson: 4,
  };
}

function jsonOfAnotherKind(what: string): Slip {
  return {
    code: 'json-of-another-kind',
    what,
    why: 'It comes from JSON that a client sent, and a client may send anything: ' +
      'null, a text, an object without that field.',
    try: 'Check the value before you use it: validate() of lesson 8.',
    lesson: 8,
  };
}

// "items.find(…)!.name" and "order.items.map": what stands before the last field.
function ownerOf(field: string, line: string): string | undefined {
  const owner = '([\\w$]+(?:\\.[\\w$]+|\\[[^\\]]*\\])*)';
  const access = `!?(?:\\.|\\[['"\`]?)${literally(field)}\\b`;
  return new RegExp(`${owner}${access}`).exec(line)?.[1];
}

function rootOf(name: string): string {
  return name.split(/[.[(]/)[0] ?? name;
}

function isFound(name: string): boolean {
  return findLine(new RegExp(`\\b${literally(name)}\\b[^=]*=.*\\.find\\(`)) !== undefined;
}

// const menu = readMenu();  without "await", where readMenu is async or one of Node's promises.
function promiseInstead(name: string, place: SourceLocation | undefined): Explained {
  const file = place?.file ?? entry();
  const made = `\\b${literally(name)}\\b[^=]*=\\s*(?!.*\\bawait\\b)[\\w.]+\\(`;
  const at = findLine(new RegExp(made), file);
  const [, maker = ''] = /=\s*(?:[\w]+\.)*(\w+)\(/.exec(lineAt(at)) ?? [];
  if (at === undefined || !givesPromise(maker, file)) return undefined;
  return {
    code: 'await-forgotten', at,
    what: `"${name}" is a promise, not the value that comes later.`,
    why: `${maker}() has to wait for something, so it gives a promise at once ` +
      'and the value later.',
    try: `Write "await" before ${maker}().`,
    lesson: 6,
  };
}

function givesPromise(maker: string, file: string): boolean {
  if (/^(?:fetch|readJson|readForm|readBytes)$/.test(maker)) return true;
  const name = literally(maker);
  const isAsync = new RegExp(`async function ${name}\\b|\\b${name}\\b[^=]*=\\s*async\\b`);
  const isImported = (line: string) => /\/promises['"]/.test(line) && line.includes(maker);
  return linesOf(file).some((line) => isAsync.test(line) || isImported(line));
}

const notIterable: Cause = ({ message, place }) => {
  const [, name] = /^(.+?) is not iterable/.exec(message) ?? [];
  if (name === undefined) return undefined;
  return promiseInstead(rootOf(name), place) ?? {
    code: 'not-a-list',
    what: `"${name}" is not a list.`,
    why: '"for … of" and "..." go through lists, and this is an object, a number or nothing.',
    try: `For an object, go through Object.entries(${rootOf(name)}).`,
    lesson: 9,
  };
};

export const valueCauses: Cause[] = [notAFunction, ofNothing, notIterable];

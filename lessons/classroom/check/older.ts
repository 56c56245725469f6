// An answer that was begun before the course changed a name is told so, and not that it is wrong.
//
//   { says: "… does not provide an export named 'isOwn'", … }
//     ──►  'answer.ts was begun with an older course: what it calls "isOwn" is "maySee" today. …'
//
// A name counts only when the program fails by it.

import { readFileSync } from 'node:fs';
import type { Subject } from './subject.ts';
import type { NotPassed, Verdict } from './verdict.ts';

/** `failsBy`: what Node then says. `standsAs`: how the answer must use it, if Node names it not. */
type Renamed = { was: string; now: string; failsBy: RegExp; standsAs?: RegExp };

const exported: [was: string, now: string][] = [
  ['fromText', 'numberFromText'],
  ['isOwn', 'maySee'],
  ['newAccount', 'newAccountRule'],
  ['newItem', 'newItemRule'],
  ['newNote', 'newNoteRule'],
  ['newSettings', 'newSettingsRule'],
  ['watchFolder', 'openFolder'],
  ['wrong', 'noteWrong'],
  ['yesOrNo', 'trueOrFalse'],
];

const ofUndefined = /of '?undefined/;

const renamed: Renamed[] = [
  ...exported.map(([was, now]) => ({ was, now, failsBy: new RegExp(`export named '${was}'`) })),
  { was: 'facts.ts', now: 'file-info.ts', failsBy: /Cannot find module .*13-files[\\/]facts\.ts/ },
  { was: 'first', now: 'initial', failsBy: /has the option "first", but only unique/ },
  {
    was: 'values',
    now: 'params',
    failsBy: ofUndefined,
    standsAs: /\(\{[^()]*\bvalues\b[^()]*\}|\.values\.\w/,
  },
  { was: 'more', now: 'details', failsBy: ofUndefined, standsAs: /\.more\b/ },
];

export function asOlder(verdict: Verdict, { file, exercise }: Subject): Verdict {
  if (verdict.passed) return verdict;
  const text = readFileSync(file, 'utf8');
  const error = errorOf(verdict);
  const old = renamed.find(({ failsBy, standsAs, now }) => {
    return failsBy.test(error) && (!standsAs || usesOld(text, standsAs, now));
  });
  if (!old) return verdict;
  const mistake = {
    code: '',
    name: 'begun with an older course',
    says: `answer.ts was begun with an older course: what it calls "${old.was}" ` +
      `is "${old.now}" today. That is no mistake of yours.`,
    tryThis: `Write "${old.now}" in its place. Or begin anew: ` +
      `npm run reset ${exercise.lesson.number} ${exercise.name} keeps yours under a dated name.`,
  };
  return { ...verdict, mistake };
}

// With the name of today in it, an answer is of today, whatever else is missing.
function usesOld(text: string, standsAs: RegExp, now: string): boolean {
  return standsAs.test(text) && !new RegExp(`\\b${now}\\b`).test(text);
}

function errorOf({ mistake, step }: NotPassed): string {
  return [mistake.says, step?.came.failed?.message, step?.came.printed].join('\n');
}

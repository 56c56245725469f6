// Causes: from an error that nobody caught to the slip behind it.
//
//   TypeError [ERR_INVALID_URL]: Invalid URL, input: '/menu'  ──►  'url-without-base'
//   Error: the till is jammed                                 ──►  'error-in-handler'
//
// Node's own errors are known by their code, the language's by their message. What nobody knows is
// told as it is.

import { sayError, type Cause, type Failure } from './cause.ts';
import { answerCauses } from './causes-in-answers.ts';
import { codeCauses } from './causes-in-code.ts';
import { cryptoCauses } from './causes-in-crypto.ts';
import { dbCauses, transactionAlone } from './causes-in-db.ts';
import { fileCauses } from './causes-in-files.ts';
import { importCauses } from './causes-in-imports.ts';
import { jsonCauses } from './causes-in-json.ts';
import { loadingCauses } from './causes-in-loading.ts';
import { nodeCauses } from './causes-in-node.ts';
import { wiringCauses } from './causes-in-wiring.ts';
import { placeOf, type SourceLocation } from './place.ts';
import { findLine } from './source.ts';
import type { Slip } from './tell.ts';
import type { Visit } from './visit.ts';

const causes: Cause[] = [
  ...cryptoCauses,
  ...dbCauses,
  ...fileCauses,
  ...answerCauses,
  ...nodeCauses,
  ...jsonCauses,
  ...importCauses,
  ...loadingCauses,
  ...wiringCauses,
];

type Known = { slip: Slip; place: SourceLocation | undefined };

/** `isAlone`: it failed in a promise that nobody waited for. */
export function causeOf(error: unknown, visit: Visit | undefined, isAlone: boolean): Known {
  if (!(error instanceof Error)) {
    return { slip: notAnError(error), place: findLine(/\bthrow\b(?!\s+new\b)|reject\(/) };
  }
  const failure = { error, message: error.message, visit, place: placeOf(error) };
  const late = isAlone && visit ? [transactionAlone, floating] : [];
  for (const cause of [...causes, ...late, ...codeCauses]) {
    const slip = cause(failure);
    if (slip) return { slip, place: slip.at ?? failure.place };
  }
  return { slip: visit ? inHandler(failure) : atStart(failure), place: failure.place };
}

function notAnError(value: unknown): Slip {
  const thrown = typeof value === 'string' ? `The text "${value}"` : `A value (${String(value)})`;
  const text = typeof value === 'string' ? value : '…';
  return {
    code: 'not-an-error',
    what: `${thrown} was thrown, and nobody caught it.`,
    why: 'Only an Error remembers where it was made; of anything else nobody knows the line.',
    try: `Write throw new Error('${text}'), and catch it where you know what to answer.`,
    lesson: 6,
  };
}

// The answer has gone without it: so the answer did not wait. Otherwise it may be the handler's own
// promise, which failed because the handler did.
const floating: Cause = ({ error, visit }) => visit?.began && {
  code: 'promise-alone',
  what: sayError(error),
  why: 'It happened in a promise that nobody waits for, ' +
    'so no "try" and no layer could catch it.',
  try: 'Put "await" before the call that began it, or .catch(…) behind it.',
  lesson: 6,
};

function inHandler({ error }: Failure): Slip {
  return {
    code: 'error-in-handler',
    what: sayError(error),
    why: 'Nothing in the program caught this error; ' +
      'without the guide it would have ended the server for everybody.',
    try: 'Catch it where you know what to answer (try … catch), ' +
      'or put withErrors() of lesson 6 around all handlers.',
    lesson: 6,
  };
}

function atStart({ error }: Failure): Slip {
  return {
    code: 'error-outside',
    what: sayError(error),
    why: 'It happened outside of any request, and nothing in the program caught it.',
    try: 'Open that line; if it may fail for a good reason, put try … catch around it.',
    lesson: 6,
  };
}

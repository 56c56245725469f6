// The request, once it is answered: was it read as Node gives it?
//
//   if (request.method = 'POST')   ──►  'one-equals-sign': the method is another one now
//   request.body                   ──►  'body-of-express': nobody has set it

import type { Look } from './look.ts';
import { placeOf } from './place.ts';
import { findLine } from './source.ts';

const oneEqualsSign: Look = ({ visit }) => {
  const { method, request } = visit;
  if (request.method === method) return undefined;
  return {
    code: 'one-equals-sign', at: findLine(/\.method\s*=[^=]/),
    what: `request.method was "${method}" and is "${request.method}" now.`,
    why: 'One "=" gives a value to the left side; it compares nothing.',
    try: `Write "===": if (request.method === '${request.method}').`,
    lesson: 3,
  };
};

export const expressBody = {
  code: 'body-of-express',
  what: 'request.body was read, but nobody has set it.',
  why: 'Node gives the body in pieces and does not collect them; "req.body" is made by Express.',
  try: 'Collect the pieces first, or use readJson(request) of lesson 7.',
  lesson: 7,
};

const bodyNeverSet: Look = ({ visit }) => {
  if (!visit.bodyRead) return undefined;
  return { ...expressBody, at: placeOf(visit.bodyRead) };
};

export const requestLooks: Look[] = [oneEqualsSign, bodyNeverSet];

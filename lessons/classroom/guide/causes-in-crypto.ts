// What Node's cryptography refuses.
//
//   scryptSync(password, salt, 32, { N: 2 ** 17 })
//     ──►  'scrypt-memory': it may use 32 MB, unless it is told more

import type { Cause, Explained } from './cause.ts';
import type { SourceLocation } from './place.ts';
import { findLine, lineAt } from './source.ts';
import type { Slip } from './tell.ts';

const call = /\b(scrypt|pbkdf2)(?:Sync|Async)?\(/;

const memory: Cause = ({ message, place }) => {
  if (!message.startsWith('Invalid scrypt params')) return undefined;
  const at = place ?? findLine(call);
  const [, cost] = /\b(?:N|cost):\s*([\d_]+)\b(?!\s*\*)/.exec(lineAt(at)) ?? [];
  const isPower = cost === undefined || isPowerOfTwo(Number(cost.replaceAll('_', '')));
  return isPower ? tooMuchMemory(at) : oddCost(cost, at);
};

function isPowerOfTwo(cost: number): boolean {
  return Number.isInteger(Math.log2(cost));
}

function tooMuchMemory(at: SourceLocation | undefined): Explained {
  return {
    code: 'scrypt-settings', at,
    what: 'scrypt() refused its settings: they need more memory than it may use.',
    why: 'It needs 128 times N times r bytes, ' +
      'and Node allows 32 MB unless it is told otherwise.',
    try: 'Add maxmem to the settings: { N, r: 8, p: 1, maxmem: 256 * N * 8 }.',
    lesson: 14,
  };
}

function oddCost(cost: string, at: SourceLocation | undefined): Explained {
  return {
    code: 'scrypt-settings', at,
    what: `scrypt() refused its settings: its cost was ${cost}.`,
    why: 'Its cost N must be a power of two.',
    try: 'Write N: 2 ** 17.',
    lesson: 14,
  };
}

const missingForm = /^The "(password|salt)" argument must be of type string.*Received (.*)$/s;

const missing: Cause = ({ error, message, place }) => {
  const [, name, came = ''] = missingForm.exec(message) ?? [];
  if (error.code !== 'ERR_INVALID_ARG_TYPE' || name === undefined) return undefined;
  const [hash = 'scrypt'] = /\b(?:scrypt|pbkdf2)\w*/.exec(lineAt(place)) ?? [];
  const [given = 'something else than text or bytes'] = /undefined|null/.exec(came) ?? [];
  const what = `${hash}() was given ${given} as ${name}.`;
  return name === 'salt' ? noSalt(what) : noPassword(what);
};

function noSalt(what: string): Slip {
  return {
    code: 'hash-of-nothing',
    what,
    why: 'Perhaps nobody has that e-mail, or the record keeps its salt under another name.',
    try: 'Look whether the record was found, and what its fields are called.',
    lesson: 14,
  };
}

function noPassword(what: string): Slip {
  return {
    code: 'hash-of-nothing',
    what,
    why: 'A client may leave the field out, or send something else in it.',
    try: 'Check what came before you use it: ' +
      'validate() of lesson 8, with secret() of lesson 14.',
    lesson: 8,
  };
}

const lengths: Cause = ({ error }) => {
  if (error.code !== 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH') return undefined;
  return {
    code: 'lengths-differ',
    what: 'timingSafeEqual() was given two values of different lengths.',
    why: 'Perhaps one is a hash in bytes and the other its text: ' +
      '32 bytes are 64 signs in hex. Or the hash was stored with another length.',
    try: "Bring both into one form first: Buffer.from(stored, 'hex').",
    lesson: 14,
  };
};

const callbackForm = /^The "(?:cb|callback)" argument must be of type function/;

// Before the same cause for files, whose words would not fit.
const noCallback: Cause = ({ error, message, place }) => {
  const at = place ?? findLine(call);
  const [, name] = /\b(scrypt|pbkdf2)\(/.exec(lineAt(at)) ?? [];
  if (error.code !== 'ERR_INVALID_ARG_TYPE' || !callbackForm.test(message)) return undefined;
  if (name === undefined) return undefined;
  return {
    code: 'callback-missing', at,
    what: `${name}() was called without a function for the time when it is done.`,
    why: 'It takes long, so it gives back nothing at once, ' +
      'and hands its hash to a function in the end.',
    try: `Make one that can be awaited: const slowHash = promisify(${name}), ` +
      "with promisify of 'node:util'.",
    lesson: 14,
  };
};

export const cryptoCauses: Cause[] = [memory, missing, lengths, noCallback];

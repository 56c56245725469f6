// Lesson 07 · parse-json: a value from JSON, and one that our code can handle safely.
//
//   parseJson('{"text":"Very good"}')         ──►  { text: 'Very good' }
//   parseJson("{ text: 'without quotes' }")   ──►  400, "The body must be JSON, but …"
//   checkValue({ ['__proto__']: { … } })      ──►  400: that field could change every object
//
// JSON.parse() accepts two things that can hurt later code: a field called "__proto__", and lists
// in lists in lists, thousands of levels deep.

import { Refusal } from '../06-errors/errors.ts';

export function parseJson(text: string): unknown {
  if (text === '') {
    throw new Refusal(400, 'The body is empty; it must be JSON, such as {"name":"Flat white"}.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      400,
      `The body must be JSON, but it cannot be read: ${toOneLine((error as Error).message)}.`,
    );
  }
}

// "__proto__" is a plain field here. But code that copies it by assignment replaces the prototype,
// from which an object inherits. And a function that calls itself for each level runs out of stack.
export function checkValue(value: unknown, levels = DEEPEST): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) {
    throw new Refusal(400, `The body is nested too deeply: at most ${DEEPEST} levels are read.`);
  }
  for (const name in value) {
    if (name === '__proto__') {
      throw new Refusal(400, 'The body must not have a field called "__proto__".');
    }
    checkValue((value as Record<string, unknown>)[name], levels - 1);
  }
  return value;
}

const DEEPEST = 20;

// An answer in plain text is one line a sentence, and the parser quotes the client's own lines.
function toOneLine(message: string): string {
  return message.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
}

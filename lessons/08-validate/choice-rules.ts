// Lesson 08 · choice-rules: one of a few values.
//
//   oneOf('coffee', 'tea')   'tea'   ──►  'tea'
//                            'beer'  ──►  error: "category" must be one of coffee, tea, …
//   trueOrFalse()            true    ──►  true

import { noteWrong, type Rule } from './rule.ts';

export function oneOf<const Choice extends string>(...choices: Choice[]): Rule<Choice> {
  const rule = `one of ${choices.join(', ')}`;
  return (value, name, errors) => {
    return choices.find((choice) => choice === value) ?? noteWrong(errors, name, rule, value);
  };
}

export function trueOrFalse(): Rule<boolean> {
  return (value, name, errors) => {
    return typeof value === 'boolean' ? value : noteWrong(errors, name, 'true or false', value);
  };
}

// Lesson 12 · opening-hours: a time of day, and two of them in the right order.
//
//   '08:00', '18:30'  ──►  fine
//   '8 am'            ──►  "opens" must be a time of day such as 08:00 or 18:30, …
//   '18:30', '08:00'  ──►  "closes" must be later than "opens", which is 18:30, …

import { noteWrong, type Rule } from '../08-validate/validate.ts';

export function timeOfDay(): Rule<string> {
  return (value, name, errors) => {
    const fits = typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value);
    return fits ? value : noteWrong(errors, name, 'a time of day such as 08:00 or 18:30', value);
  };
}

type Hours = { opens: string; closes: string };

// Two valid times can still contradict each other. An invalid one is undefined here.
export function closesLater<Some extends Hours>(rule: Rule<Some>): Rule<Some> {
  return (value, name, errors) => {
    const hours = rule(value, name, errors);
    const { opens, closes }: Partial<Hours> = hours ?? {};
    if (opens !== undefined && closes !== undefined && closes <= opens) {
      noteWrong(errors, 'closes', `later than "opens", which is ${opens}`, closes);
    }
    return hours;
  };
}

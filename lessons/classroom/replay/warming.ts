// Warming up: code that has run a few times runs several times as fast, so it is better run before
// the request than during it.

import { trackCalls } from './calls.ts';
import { keepScripts } from './scripts.ts';
import { namesAt } from './scopes.ts';
import { keepSecrets } from './secrets.ts';
import { keepValues } from './values.ts';

export function warmUp(): void {
  const scripts = keepScripts();
  const values = keepValues(keepSecrets());
  const calls = trackCalls(() => undefined, () => 1);
  const source = '(cup) => { const size = 1; for (const one of cup) { size; } }';
  const script = scripts.add('', '', source);
  const look = { script, fn: 0, names: namesAt(script.scopes, 30), calls };
  const practise = () => {
    const call = calls.enter({ fns: [...scripts.stack(practise), '0'], step: 1 });
    for (let size = 0; size < 2; size += 1) {
      const seen = { cup: { ...cup, size }, size: `${size}` };
      JSON.stringify(values.changed({ ...look, call }, seen));
    }
    call.ended = true;
  };
  for (let times = 0; times < 150; times += 1) practise();
}

/** Of each kind of value one. */
const cup = {
  id: 2,
  name: 'Flat white',
  prices: [340, 390],
  more: new Map([['size', { large: true }]]),
  query: new URLSearchParams('a=1'),
};

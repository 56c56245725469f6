// Looking at an answer once it is over: would its client read what was meant?
//
//   content-length: 4, and the body is "Café"  ──►  'length-in-characters': it has 5 bytes
//
// Each look is a small function that sees the answer and may name one slip.

import { browserLooks } from './browser.ts';
import { cookieLooks } from './cookies.ts';
import { outOfTheFolder } from './files.ts';
import type { Answer, Look } from './look.ts';
import { passwordLooks } from './passwords.ts';
import { perhapsLooks } from './perhaps.ts';
import { here, placeOf } from './place.ts';
import { requestLooks } from './request.ts';
import { answeredBeforeSaved } from './saves.ts';
import { sessionLooks } from './sessions.ts';
import { statusLooks } from './status.ts';
import { tell } from './tell.ts';
import { textLooks } from './text.ts';
import { wireLooks } from './wire.ts';
import type { Visit } from './visit.ts';

// First those that know more than "undefined".
const looks: Look[] = [
  ...perhapsLooks,
  ...textLooks,
  ...statusLooks,
  ...requestLooks,
  ...browserLooks,
  ...cookieLooks,
  ...sessionLooks,
  ...passwordLooks,
  ...wireLooks,
  answeredBeforeSaved,
  outOfTheFolder,
];

export function lookAtAnswer(visit: Visit): void {
  const answer = readAnswer(visit);
  if (answer === undefined) return;
  for (const look of looks) {
    const found = look(answer);
    if (found) tell(found.at ? found : { ...found, near: true }, found.at ?? answer.place(), visit);
  }
}

function readAnswer(visit: Visit): Answer | undefined {
  // Node keeps the head as it was sent. Headers given to writeHead() are nowhere else.
  const head = (visit.response as unknown as { _header?: unknown })._header;
  if (typeof head !== 'string') return undefined;
  const { text, bytes, ended = here() } = visit;
  const status = visit.response.statusCode;
  return { visit, status, headers: readHeaders(head), text, bytes, place: () => placeOf(ended) };
}

function readHeaders(head: string): Map<string, string> {
  return new Map(head.split('\r\n').slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
  }));
}

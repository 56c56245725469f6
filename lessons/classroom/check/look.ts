// The second look: after the verdict, the failed request is sent once more to a fresh program,
// with somebody looking on. What the program did is seen; what it is worth was said before.
//
//   lookAgain({ file: '…/answer.ts', … }, 3)   steps 1 and 2 as before, step 3 recorded
//     ──►  { recording: { steps: […], … }, told: [{ code: 'url-with-query', line: 9, … }], … }
//
// The guide must not take part in a verdict, since it mends what it sees; here it may.

import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hearGuide, guided } from '../guide/attach.ts';
import type { Told } from '../guide/show.ts';
import { beginRecording, foldersOf, readNotes, recorded } from '../replay/orders.ts';
import { makeRecording, type Answered, type Sendable } from '../replay/recording.ts';
import { secretsIn } from '../replay/secrets.ts';
import { takeStep } from './check.ts';
import type { Ask } from './format.ts';
import type { Seen } from './place.ts';
import { prepare, type Asked, type Sent } from './program.ts';
import { sayNoAnswer } from './report.ts';
import { openShop, Unstartable, type Shop } from './shop.ts';
import type { Checked } from './verdict.ts';

/** What the processes for a second look are started with: for a place, and for a replay. */
export const watchers = {
  both: {
    imports: [...guided.imports, ...recorded.imports],
    env: { ...guided.env, ...recorded.env },
  },
  recorder: recorded,
};

/** `number` is that of the step, from 1; a signal ends it at once. */
export async function lookAgain(
  checked: Checked,
  number: number,
  stop?: AbortSignal,
): Promise<Seen> {
  const seen: Seen = { recording: undefined, told: [], came: undefined };
  const hear = hearing((told) => seen.told.push(told));
  const shop = openShop({ ...checked, onStart: (program, cwd) => {
    hear(program, cwd);
    checked.onStart?.(program, cwd);
  } });
  const end = () => void shop.kill();
  stop?.addEventListener('abort', end);
  try {
    await walkTo(number, { shop, checked, seen, stop });
  } catch (error) {
    if (!(error instanceof Unstartable)) throw error;
  } finally {
    stop?.removeEventListener('abort', end);
    await shop.close();
  }
  return seen;
}

type OnStart = NonNullable<Checked['onStart']>;

/** For a program that has the guide in it. */
export function hearing(hear: (told: Told) => void): OnStart {
  // The guide names a file as seen from where the program was started.
  const whole = (file: Told['file'], cwd: string) => file && resolve(realpathSync(cwd), file);
  return ({ process }, cwd) => hearGuide(process.child, (told) => {
    hear({ ...told, file: whole(told.file, cwd) });
  });
}

type Looking = { shop: Shop; checked: Checked; seen: Seen; stop: AbortSignal | undefined };

async function walkTo(number: number, looking: Looking): Promise<void> {
  const { shop, checked: { check }, stop } = looking;
  const wanted = check.steps[number - 1]!;
  await shop.open();
  for (const step of check.steps.slice(0, number - 1)) {
    if (!stop?.aborted) shop.cafe.seen.push((await takeStep(step, shop)).came);
  }
  if (!stop?.aborted) await takeStep(wanted, shop, (ask) => recordWhile(ask, looking));
}

async function recordWhile(ask: Ask, { shop, checked, seen }: Looking): Promise<Asked> {
  const { file, root } = checked;
  const request = sendable(prepare(ask));
  const notes = join(shop.folder, 'notes');
  const begun = await beginRecording((await shop.running()).process, {
    notes,
    folders: foldersOf(file, root),
    requests: 1,
    secrets: secretsIn(request),
  });
  seen.told = [];
  const came = await shop.ask(ask);
  if (came.how === 'answered') await begun.over(1, 2_000);
  await begun.end();
  seen.came = came;
  seen.recording = makeRecording({
    file,
    at: root,
    number: 1,
    request,
    answered: answeredBy(came),
    notes: readNotes(notes),
    printed: came.printed,
  });
  return came;
}

function sendable({ method, target, headers, body, pieces }: Sent): Sendable {
  const bytes = pieces ? Buffer.concat(pieces) : body;
  return { method, target, headers, body: bytes.toString('utf8') };
}

function answeredBy({ exchange, how, milliseconds }: Asked): Answered {
  return exchange ? { exchange, milliseconds } : { failure: `${sayNoAnswer(how)}.`, milliseconds };
}

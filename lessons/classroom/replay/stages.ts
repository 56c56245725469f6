// Stages: the four stops of every request, and which of them a line belongs to.
//
//   lessons/04-router/router.ts  ──►  request      what is wanted, and may it be had?
//   lessons/09-logic/menu.ts     ──►  logic        what does the café decide?
//   lessons/09-logic/memory.ts   ──►  storage      what is known, and what is kept?
//   lessons/02-reply/send.ts     ──►  response     how is it told?

import type { Stage } from './stage.ts';
import type { Step, Value } from './steps.ts';

export type Stop = {
  stage: Stage;
  in: string;
  out: string;
  /** How many steps lie in it. */
  steps: number;
  /** The names of its files. */
  files: string[];
};

type Sent = { method: string; target: string; body: string; bytes: number };
type Answer = { status: number; statusMessage: string; body: string; bytes: number } | undefined;

/** One visit of a stage: from the call that enters it until that call returns. */
type Visit = { name: string; given: Value[]; out: string; line: string };

export function makeStops(steps: Step[], sent: Sent, answer: Answer): Stop[] {
  const visits = (stage: Stage) => visitsOf(steps, stage);
  const handler = visits('logic')[0];
  const end = visits('response').findLast(({ given }) => given.some(([name]) => name === 'reply')) ?? visits('response').at(-1);
  const logicOut = handler?.out || lastOf(steps.filter((step) => step.stage === 'logic'));
  const asked = `${sent.method} ${sent.target}${sent.bytes > 0 ? `, with a body of ${sent.bytes} bytes: ${oneLine(sent.body)}` : ''}`;
  const told = answer ? `${answer.status} ${answer.statusMessage}${answer.bytes > 0 ? `, with a body of ${answer.bytes} bytes: ${oneLine(answer.body)}` : ', without a body'}` : 'no answer';
  const stop = (stage: Stage, into: string, out: string): Stop => ({ stage, in: into, out, ...sizeOf(steps, stage) });
  return [
    stop('request', asked, handler ? `goes to ${handler.name === '' || handler.name === 'handler' ? handler.line : handler.name}` : 'is answered without a handler of its own'),
    stop('logic', handler ? listed(handler.given) : '', logicOut),
    stop('storage', visits('storage').map(calledWith).join('; '), visits('storage').map(({ out }) => out).filter(Boolean).join('; ')),
    stop('response', end?.given.find(([name]) => name === 'reply')?.[1] ?? logicOut, told),
  ];
}

// What an async function returns is known only when it has waited for everything.
function lastOf(steps: Step[]): string {
  const last = steps.findLast(({ returned, threw }) => returned !== undefined || threw !== undefined);
  return last === undefined ? '' : last.threw === undefined ? last.returned! : `throws ${last.threw}`;
}

function sizeOf(steps: Step[], stage: Stage): { steps: number; files: string[] } {
  const own = steps.filter((step) => step.stage === stage);
  return { steps: own.length, files: [...new Set(own.map(({ file }) => file.split('/').at(-1) ?? file))] };
}

function visitsOf(steps: Step[], stage: Stage): Visit[] {
  const stageOfCall = new Map(steps.map(({ call, stage: own }) => [call, own]));
  const entries = steps.filter((step, index) => step.stage === stage && steps.findIndex(({ call }) => call === step.call) === index && stageOfCall.get(step.parent) !== stage);
  return entries.map((entry) => {
    const own = steps.filter(({ call }) => call === entry.call);
    const threw = own.find((step) => step.threw !== undefined)?.threw;
    const returned = own.findLast((step) => step.returned !== undefined)?.returned;
    return { name: entry.name, line: entry.source, given: entry.given ?? [], out: threw === undefined ? returned ?? '' : `throws ${threw}` };
  });
}

function listed(values: Value[]): string {
  return values.map(([name, text]) => `${name} = ${text}`).join(', ');
}

function calledWith({ name, given }: Visit): string {
  return `${name || 'a function'}(${listed(given)})`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

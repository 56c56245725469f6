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
type Visit = { name: string; given: Value[]; out: string };

export function makeStops(steps: Step[], sent: Sent, answer: Answer): Stop[] {
  const [handler] = visitsOf(steps, 'logic');
  const storage = visitsOf(steps, 'storage');
  const decided = handler?.out ?? '';
  const stop = (stage: Stage, into: string, out: string): Stop => {
    return { stage, in: into, out, ...sizeOf(steps, stage) };
  };
  return [
    stop('request', sayAsked(sent), handler ? `goes to ${nameOf(handler)}` : noHandler),
    stop('logic', handler ? listed(handler.given) : '', decided),
    stop('storage', storage.map(calledWith).join('; '), outOf(storage)),
    stop('response', replyIn(visitsOf(steps, 'response')) ?? decided, sayAnswer(answer)),
  ];
}

const noHandler = 'is answered without a handler of its own';

function sayAsked({ method, target, bytes, body }: Sent): string {
  return `${method} ${target}${bytes > 0 ? sayBody(bytes, body) : ''}`;
}

function sayAnswer(answer: Answer): string {
  if (!answer) return 'no answer';
  const { status, statusMessage, bytes, body } = answer;
  return `${status} ${statusMessage}${bytes > 0 ? sayBody(bytes, body) : ', without a body'}`;
}

function sayBody(bytes: number, body: string): string {
  return `, with a body of ${bytes} bytes: ${oneLine(body)}`;
}

function nameOf({ name }: Visit): string {
  return name === '' || name === 'handler' ? 'a handler without a name' : name;
}

function outOf(visits: Visit[]): string {
  return visits.map(({ out }) => out).filter(Boolean).join('; ');
}

/** What the last visit that was given a reply was given. */
function replyIn(visits: Visit[]): string | undefined {
  const replies = visits.map(({ given }) => given.find(([name]) => name === 'reply'));
  return replies.findLast((reply) => reply !== undefined)?.[1];
}

function outcome(returned = '', threw: string | undefined): string {
  return threw === undefined ? returned : `throws ${threw}`;
}

function sizeOf(steps: Step[], stage: Stage): { steps: number; files: string[] } {
  const own = steps.filter((step) => step.stage === stage);
  const files = own.map(({ file }) => file.split('/').at(-1) ?? file);
  return { steps: own.length, files: [...new Set(files)] };
}

function visitsOf(steps: Step[], stage: Stage): Visit[] {
  const stageOfCall = new Map(steps.map(({ call, stage: own }) => [call, own]));
  const isFirst = (step: Step) => steps.find(({ call }) => call === step.call) === step;
  const entries = steps.filter((step) => {
    return step.stage === stage && isFirst(step) && stageOfCall.get(step.parent) !== stage;
  });
  return entries.map((entry) => {
    const own = steps.filter(({ call }) => call === entry.call);
    const threw = own.find((step) => step.threw !== undefined)?.threw;
    const returned = own.findLast((step) => step.returned !== undefined)?.returned;
    const out = outcome(returned, threw);
    return { name: entry.name, given: entry.given ?? [], out };
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

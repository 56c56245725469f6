// Folding: from every line that ran to a walk that fits a screen.
//
//   365 steps  ──►  18 stations in four rooms:  request   readAddress    6
//                                               logic     addItem        3
//                                               storage   insert         1  +146
//
// A station is a function that the pages have taught. What they have not is folded into the
// station that called it, and counted: nothing is left out silently.

import type { Stage } from './stage.ts';
import type { Step, Value } from './steps.ts';
import type { Taught } from './taught.ts';

export type Station = {
  stage: Stage;
  file: string;
  /** '' for a function without a name. */
  name: string;
  /** The station that called it. */
  caller: Station | undefined;
  /** Its own steps, without those that only lead back; and how many were folded into it. */
  steps: Step[];
  folded: number;
  /** How often it ran for this caller, with no other room in between. */
  times: number;
  given: Value[];
  /** What it returned, each time; what is not known is not there. */
  returned: string[];
  threw?: string;
};

export type Room = { name: Stage | 'afterwards'; stations: Station[] };

export function foldSteps(steps: Step[], taught: Taught): Room[] {
  const calls = callsIn(steps, taught);
  const answered = steps.find(({ answers }) => answers)?.number ?? Infinity;
  const stations = new Map<Call, Station>();
  const rooms: Room[] = [];
  for (const [home, here] of byHome(calls)) {
    const caller = home.parent && homeOf(home.parent);
    const station = stationOf(home, here, caller && stations.get(caller));
    const room = roomFor(station, rooms, answered);
    const same = room.stations.find((one) => isSame(one, station));
    if (same) addTo(same, station);
    else room.stations.push(station);
    stations.set(home, same ?? station);
  }
  return rooms;
}

export function stationsIn(rooms: Room[]): Station[] {
  return rooms.flatMap((room) => room.stations);
}

type Call = { parent: Call | undefined; steps: Step[]; isShown: boolean };

function callsIn(steps: Step[], taught: Taught): Call[] {
  const calls = new Map<number, Call>();
  for (const step of steps) {
    const known = calls.get(step.call);
    const parent = calls.get(step.parent);
    if (known) known.steps.push(step);
    else calls.set(step.call, { parent, steps: [step], isShown: isShown(step, parent, taught) });
  }
  return [...calls.values()];
}

/**
 * What is folded is folded with all that it calls, but for the lesson's own files. A call into the
 * storage is seen, taught or not, so that no room is left out.
 */
function isShown(step: Step, parent: Call | undefined, taught: Taught): boolean {
  const { file, line, stage } = step;
  const isDoor = stage === 'storage' && parent?.steps[0]!.stage !== 'storage';
  if (isDoor && parent?.isShown) return true;
  if (!taught.isTaught(file, line)) return false;
  return taught.isOwn(file) || isOpen(parent);
}

/** A layer is a function without a name: what it goes around is not folded with it. */
function isOpen(call: Call | undefined): boolean {
  if (call === undefined || call.isShown) return true;
  return call.steps[0]!.name === '' && isOpen(call.parent);
}

/** The call at whose station this one is seen. */
function homeOf(call: Call): Call | undefined {
  const { parent, isShown } = call;
  if (!isShown) return parent && homeOf(parent);
  return parent?.isShown && isPartOf(call, parent) ? homeOf(parent) : call;
}

/** A callback without a name, what `new` calls, and a function that calls itself. */
function isPartOf(call: Call, parent: Call): boolean {
  const [own, caller] = [call.steps[0]!, parent.steps[0]!];
  return own.file === caller.file && ['', 'constructor', caller.name].includes(own.name);
}

/** In the order in which they began. What was called by nothing that is shown has no home. */
function byHome(calls: Call[]): Map<Call, Call[]> {
  const homes = new Map<Call, Call[]>();
  for (const call of calls) {
    const home = homeOf(call);
    if (home) homes.set(home, [...(homes.get(home) ?? []), call]);
  }
  return homes;
}

function stationOf(home: Call, here: Call[], caller: Station | undefined): Station {
  const own = here.filter((call) => call.isShown).flatMap((call) => call.steps);
  const { stage, file, name, given = [] } = home.steps[0]!;
  const returned = home.steps.findLast((step) => step.returned !== undefined)?.returned;
  const threw = home.steps.find((step) => step.threw !== undefined)?.threw;
  return {
    stage,
    file,
    name,
    caller,
    steps: own.filter(({ back }) => !back).sort((a, b) => a.number - b.number),
    folded: here.filter((call) => !call.isShown).reduce((sum, call) => sum + linesOf(call), 0),
    times: 1,
    given,
    returned: returned === undefined ? [] : [returned],
    ...(threw !== undefined && { threw }),
  };
}

function linesOf({ steps }: Call): number {
  return steps.filter(({ back }) => !back).length;
}

/** What begins after the answer is sent, and is not of the answer, comes last. */
function roomFor({ steps, stage }: Station, rooms: Room[], answered: number): Room {
  const name = steps[0]!.number > answered && stage !== 'response' ? 'afterwards' : stage;
  const last = rooms.at(-1);
  if (last?.name === name) return last;
  rooms.push({ name, stations: [] });
  return rooms.at(-1)!;
}

function isSame(one: Station, other: Station): boolean {
  return one.name === other.name && one.file === other.file && one.caller === other.caller;
}

function addTo(station: Station, { steps, folded, returned, threw }: Station): void {
  station.steps.push(...steps);
  station.folded += folded;
  station.times += 1;
  station.returned.push(...returned);
  if (threw !== undefined) station.threw = threw;
}

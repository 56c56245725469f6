// The rounds: everyone in turn, again and again.
//
//   start bare ours fastify …   warm all up
//   round 1:  GET text: bare ours fastify … bare ours fastify …   GET JSON: bare ours fastify … bare …
//   round 2:  the same …                      ──►  { 'GET text' → { ours → [{ cpu, answers, took }, …] } }
//
// In short turns, because a computer has better and worse moments, and they should hit everyone
// alike: of a server's turns in one round the leanest counts, since what disturbs only ever adds.
// Half-way all start anew, because the same program is compiled a little better or worse each time.

import { cases, isAsked, type Case } from './cases.ts';
import { checkAnswers } from './fair.ts';
import { startLoad, startServer, type Load, type Server } from './processes.ts';
import { leanestOf, type Seen } from './ratios.ts';

/** `warm` and `turn` are milliseconds of load for one server and one case. */
export type Pace = { starts: number; rounds: number; turns: number; warm: number; turn: number };
export type Results = Map<string, Map<string, Seen[]>>;

const guests = 50;

export async function runRounds(names: string[], pace: Pace, progress: (text: string) => void): Promise<Results> {
  const results: Results = new Map(cases.map((one) => [one.name, new Map(names.filter((server) => isAsked(one, server)).map((server) => [server, []]))]));
  for (let start = 0; start < pace.starts; start++) {
    await withServers(names, async (servers, load) => {
      progress('Starting, comparing the answers, warming up …');
      for (const [name, { port }] of servers) await checkAnswers(name, port);
      for (const one of cases) for (const [, server] of whoIsAsked(servers, one)) await push(server, load, one, pace.warm);
      for (let round = 1; round <= pace.rounds; round++) {
        progress(`Round ${start * pace.rounds + round} of ${pace.starts * pace.rounds} …`);
        for (const one of cases) await runRound(whoIsAsked(servers, one), load, one, pace, results.get(one.name)!);
      }
    });
  }
  return results;
}

function whoIsAsked(servers: Map<string, Server>, one: Case): Map<string, Server> {
  return new Map([...servers].filter(([name]) => isAsked(one, name)));
}

async function runRound(servers: Map<string, Server>, load: Load, one: Case, pace: Pace, results: Map<string, Seen[]>): Promise<void> {
  const seen = new Map<string, Seen[]>([...servers.keys()].map((name) => [name, []]));
  for (let turn = 0; turn < pace.turns; turn++) {
    for (const [name, server] of servers) seen.get(name)!.push(await push(server, load, one, pace.turn));
  }
  for (const [name, turns] of seen) results.get(name)!.push(leanestOf(turns));
}

async function withServers(names: string[], act: (servers: Map<string, Server>, load: Load) => Promise<void>): Promise<void> {
  const load = startLoad();
  const servers = new Map<string, Server>();
  try {
    for (const name of names) servers.set(name, await startServer(name));
    await act(servers, load);
  } finally {
    await Promise.all([...servers.values(), load].map((process) => process.stop()));
  }
}

/** Lets all guests ask one server for so many milliseconds. */
async function push(server: Server, load: Load, { request }: Case, milliseconds: number): Promise<Seen> {
  await load.ask({ open: { port: server.port, request, guests } });
  const before = await server.cpu();
  const { answers, took } = await load.ask<{ answers: number; took: number }>({ run: milliseconds });
  const cpu = await server.cpu() - before;
  await load.ask({ close: true });
  return { cpu, answers, took };
}

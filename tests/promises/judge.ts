// Does the café forget? What came back from later servers, compared with the table.
//
//   { request: '05.2 GET /menu/2?hour=3', server: '06', broken: ['The status should be 503 …'] }
//     ──►  in the table since 06: all is well
//     ──►  not in the table: a sentence
import type { Replaced, Row } from './table.ts';

export type Outcome = { request: string; server: string; broken: string[] };
export type Table = { server: string; routes: string[] };

const page = 'lessons/replaced.md';

export function judgeRequests(outcomes: Outcome[], { requests }: Replaced): string[] {
  const rows = [...requests.values()];
  const forgotten = outcomes
    .filter(({ broken }) => broken.length > 0)
    .filter(({ request, server }) => !isReplaced(request, server, rows))
    .map(({ request, server, broken }) => `${request}: the server of lesson ${server} does not ` +
      `answer as promised. ${broken[0]} Keep it, or add a row to ${page}.`);
  return [...firstOfEach(forgotten), ...rows.flatMap((row) => judgeRow(row, outcomes))];
}

function isReplaced(request: string, server: string, rows: Row[]): boolean {
  return rows.some(({ what, since }) => what === request && server >= since);
}

function firstOfEach(sentences: string[]): string[] {
  const seen = new Set<string>();
  return sentences.filter((sentence) => {
    const [request = ''] = sentence.split(': ', 1);
    return seen.has(request) ? false : seen.add(request);
  });
}

function judgeRow({ line, what, since }: Row, outcomes: Outcome[]): string[] {
  const same = outcomes.filter(({ request }) => request === what);
  const start = `${page}, line ${line}: `;
  if (same.length === 0) return [`${start}no lesson has a request "${what}".`];
  const kept = same.find(({ server, broken }) => server >= since && broken.length === 0);
  if (kept === undefined) return [];
  return [`${start}the server of lesson ${kept.server} answers ${what} as promised. ` +
    'Take the row out, or name the lesson that replaced it.'];
}

export function judgeRoutes(tables: Table[], { routes }: Replaced): string[] {
  const gone = tables.slice(1).flatMap(({ server, routes: now }, index) =>
    tables[index]!.routes.filter((route) => !now.includes(route))
      .map((route) => ({ route, server })));
  const lost = gone.filter(({ route, server }) => routes.get(route)?.since !== server)
    .map(({ route, server }) => `${route}: lesson ${server} has lost this route. ` +
      `Wire it in again, or add a row to ${page}.`);
  const stray = [...routes].filter(([route, { since }]) =>
    !gone.some((one) => one.route === route && one.server === since))
    .map(([route, { line, since }]) => `${page}, line ${line}: ` +
      `${route} does not leave in lesson ${since}. Take the row out, or correct the lesson.`);
  return [...lost, ...stray];
}

/** `outcomes` are of requests sent without a login. A row is only true where staff are needed. */
export function judgeGuests(outcomes: Outcome[], { guests }: Replaced): string[] {
  return [...guests].filter(([lesson, { since }]) => !outcomes.some(({ request, server, broken }) =>
    request.startsWith(`${lesson}.`) && server >= since && broken.length > 0))
    .map(([lesson, { line }]) => `${page}, line ${line}: guests may do all of lesson ${lesson}. ` +
      'Take the row out.');
}

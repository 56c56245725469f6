// What a browser does with an answer: show it, follow it, or keep it from the page.
//
//   Origin: http://localhost:5173, and no Access-Control-Allow-Origin  ──►  'cors-blocked'

import type { Look } from './looks.ts';

const corsBlocked: Look = ({ visit, status, headers }) => {
  const { origin, host } = visit.request.headers;
  if (origin === undefined || origin === `http://${host}` || status === 403 || headers.has('access-control-allow-origin')) return undefined;
  const page = origin === 'null' ? 'A page that was opened as a file' : `A page of ${origin}`;
  return {
    code: 'cors-blocked',
    what: `${page} asked for ${visit.name}, and its browser keeps the answer from it.`,
    why: 'A page may read answers of its own server only, unless the other one allows it in a header (CORS).',
    try: origin === 'null' ? 'Let this server send the page as well, and open it by http.' : `Send 'Access-Control-Allow-Origin': '${origin}', if that page may read this answer; for OPTIONS as well.`,
    lesson: 21,
  };
};

const locationWith200: Look = ({ visit, status, headers }) => {
  if (status !== 200 || !headers.has('location')) return undefined;
  return { code: 'location-with-200', what: `${visit.name} was to lead to "${headers.get('location')}", but its status is 200.`, why: 'A browser follows Location only with a status from 301 to 308.', try: 'Write res.writeHead(303, { location }), or redirect(location) of lesson 2.', lesson: 2 };
};

/** The last redirects, as long as nothing but redirects was answered. */
let chain: string[] = [];

const endlessRedirect: Look = ({ visit, status, headers }) => {
  if (status < 301 || status > 308 || !headers.has('location') || headers.has('set-cookie') || visit.method !== 'GET') {
    chain = [];
    return undefined;
  }
  const again = chain.includes(visit.url);
  const circle = [...chain.slice(chain.indexOf(visit.url)), visit.url];
  chain = [...chain.slice(-20), visit.url];
  if (!again) return undefined;
  return { code: 'endless-redirect', what: `${circle.join(' → ')} leads in a circle.`, why: 'Each answer sends the browser on to the next address, and it comes back to where it was; browsers give up after about twenty.', try: 'Look at the condition: one of these addresses must answer with a page.', lesson: 2 };
};

let lastText = '';

// "Guest number 3" for the page, and at once "Guest number 4" for its icon.
const iconCounts: Look = ({ visit, text }) => {
  const before = lastText;
  lastText = text;
  if (visit.url !== '/favicon.ico' || text === before || text.replace(/\d+/g, '#') !== before.replace(/\d+/g, '#')) return undefined;
  return { code: 'icon-counts', what: 'A browser asked for its icon, GET /favicon.ico, and that was counted like a visit.', why: 'A browser asks by itself for more than the page, and this line answers every address alike.', try: "Look at the path first, and answer 404 for what is not a page of yours.", lesson: 3 };
};

export const browserLooks: Look[] = [corsBlocked, locationWith200, endlessRedirect, iconCounts];

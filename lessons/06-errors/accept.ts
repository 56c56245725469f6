// Lesson 06 · accept: does the client want a page for a person, or data for a program?
//
//   accept: text/html,*/*;q=0.8    ──►  a page     what a browser says
//   accept: */*                    ──►  data       what curl and fetch() say

// RFC 9110, 12.5.1: "text/html,*/*;q=0.8" is a browser, "*/*" or nothing at all a program.
export function wantsPage(accept: string): boolean {
  return weight(accept, PAGES) > weight(accept, DATA);
}

const PAGES = ['text/html', 'text/plain', 'text/*'];
const DATA = ['application/problem+json', 'application/json', 'application/*', '*/*'];

function weight(accept: string, types: string[]): number {
  let best = 0;
  for (const entry of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = entry.split(';').map((part) => part.trim());
    if (!types.includes(type)) continue;
    const q = parameters.find((part) => part.startsWith('q='));
    best = Math.max(best, q === undefined ? 1 : Number(q.slice(2)));
  }
  return best;
}

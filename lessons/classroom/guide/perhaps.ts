// Perhaps: the answer is "not found", and a line of the source may be why.
//
//   GET /menu?search=tea  ──►  404,  and line 4 says  if (req.url === '/menu')
//     ──►  'url-with-query'
//
// Read only after the symptom. A pattern that also fits right programs has no place here.

import type { Look } from './look.ts';
import { entry, type SourceLocation } from './place.ts';
import { findLine, lineAt, linesOf, literally } from './source.ts';

const isLost = (status: number) => status === 404 || status === 405;

const urlWithQuery: Look = ({ status, visit }) => {
  const [path = '', query] = visit.url.split('?');
  if (!isLost(status) || query === undefined || path === '/') return undefined;
  const at = comparedTo(path);
  return at && {
    code: 'url-with-query', at,
    what: `${visit.name} found nothing, though "${path}" is there.`,
    why: 'Perhaps this line is why: request.url is the path and the query, ' +
      `and "${path}?${query}" is not "${path}".`,
    try: "Compare the path alone: request.url.split('?')[0], or readAddress() of lesson 3.",
    lesson: 3,
  };
};

// With === on either side, or as a case of a switch.
function comparedTo(path: string): SourceLocation | undefined {
  const quoted = `['"\`]${literally(path)}['"\`]`;
  const line = findLine(new RegExp(`\\.url\\s*===?\\s*${quoted}|${quoted}\\s*===?\\s*\\w+\\.url`));
  if (line || !findLine(/switch\s*\(\s*\w+\.url\s*\)/)) return line;
  return findLine(new RegExp(`case\\s+${quoted}`));
}

const methodInSmallLetters: Look = ({ status, visit }) => {
  if (!isLost(status)) return undefined;
  const small = visit.method.toLowerCase();
  const at = findLine(new RegExp(`\\.method\\s*[=!]==?\\s*['"\`]${small}['"\`]`));
  return at && {
    code: 'method-in-small-letters', at,
    what: `${visit.name} found nothing.`,
    why: 'Perhaps this line is why: a method comes in capital letters, ' +
      `and "${visit.method}" is not "${small}".`,
    try: `Write '${visit.method}'.`,
    lesson: 3,
  };
};

const listsCompared: Look = ({ status, visit }) => {
  const at = isLost(status) ? findLine(/[=!]==?\s*\[/) : undefined;
  return at && {
    code: 'lists-compared', at,
    what: `${visit.name} found nothing.`,
    why: 'Perhaps this line is why: "===" asks whether both are one and the same list, ' +
      'and a new list never is.',
    try: 'Compare texts: parts.join(\'/\') === \'menu/2\'.',
    lesson: 3,
  };
};

const conversion =
  /Number|parse(?:Int|Float)|String\(|toString|\$\{\w+\.?id\}|[=(,?:]\s*\+[\w.([]/;

// Only where nothing in the program turns text into a number or back: then no id can be equal.
const idAsText: Look = ({ status, visit }) => {
  if (!isLost(status) || !/[/=]\d+(?:$|[/?&])/.test(visit.url)) return undefined;
  const at = findLine(/\bid\s*===\s*[\w.[\]]+|[\w.[\]]+\s*===\s*\w+\.id\b/);
  if (at === undefined || /['"`]/.test(lineAt(at))) return undefined;
  if (linesOf(entry()).some((text) => conversion.test(text))) return undefined;
  return {
    code: 'id-as-text', at,
    what: `${visit.name} found nothing.`,
    why: 'Perhaps this line is why: what comes out of an address is text, ' +
      'and the text "2" is never "===" the number 2.',
    try: 'Compare text with text, String(item.id) === id, ' +
      'or make a number of it first: Number(id).',
    lesson: 4,
  };
};

const capitals = /req(?:uest)?\.headers(?:\.|\[['"`])([A-Za-z-]*[A-Z][A-Za-z-]*)/;

const headerInCapitals: Look = ({ status, text, visit }) => {
  if (status < 400 && !text.includes('undefined')) return undefined;
  for (const [index, code] of linesOf(entry()).entries()) {
    const [, name] = capitals.exec(code) ?? [];
    if (name === undefined || visit.request.headers[name.toLowerCase()] === undefined) continue;
    return {
      code: 'header-in-capitals', at: { file: entry(), line: index + 1 },
      what: `The header "${name}" came with ${visit.name}, but was not found.`,
      why: 'Perhaps this line is why: Node gives the names of all headers in small letters.',
      try: `Write request.headers['${name.toLowerCase()}'].`,
      lesson: 7,
    };
  }
  return undefined;
};

export const perhapsLooks: Look[] = [
  urlWithQuery, methodInSmallLetters, listsCompared, idAsText, headerInCapitals,
];

// Lesson 06 · header-list: a header that lists several things.
//
//   accept: text/html, */*;q=0.8   ──►  ['text/html', '*/*;q=0.8']
//   if-match: "1" , , "a,b"        ──►  ['"1"', '"a,b"']    a comma in quotes is text
//
// `split(',')` would cut "a,b" in two. And `trim()` removes more than the spaces and tabs that HTTP
// allows around an entry: without its no-break space, one name would look like another.

/** RFC 9110, 5.6.1: empty entries do not count. Parameters of an entry are separated by ";". */
export function listIn(header: string, separator: ',' | ';' = ','): string[] {
  const entries = header.match(separator === ',' ? BETWEEN_COMMAS : BETWEEN_SEMICOLONS) ?? [];
  return entries.map(trimBlanks).filter((entry) => entry !== '');
}

const BETWEEN_COMMAS = /(?:"[^"]*"|[^,"])+/g;
const BETWEEN_SEMICOLONS = /(?:"[^"]*"|[^;"])+/g;

/** RFC 9110, 5.6.3: only spaces and tabs count as blank. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANKS.includes(text[start]!)) start += 1;
  while (end > start && BLANKS.includes(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}

const BLANKS = ' \t';

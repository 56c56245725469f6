// Lesson 13 · http-date: a date in a header, as a number.
//
//   Sun, 06 Nov 1994 08:49:37 GMT     ──►  784111777000    as programs write it today
//   Sunday, 06-Nov-94 08:49:37 GMT    ──►  784111777000    as it was written before 1995
//   Sun Nov  6 08:49:37 1994          ──►  784111777000    as the language C writes it
//   tomorrow, 1 GMT, 1994-11-06       ──►  NaN             not a date of HTTP: ignored
//
// A server must understand these three forms (RFC 9110, 5.6.7). `Date.parse` understands more: it
// takes "1 GMT" for a day in 2001, and the third form for local time.

/** Milliseconds since 1970. NaN for an invalid date: every comparison with it is false. */
export function readHttpDate(text: string, now = Date.now()): number {
  for (const form of FORMS) {
    const { year, month, day, time } = form.exec(text)?.groups ?? {};
    if (!year) continue;
    const rest = `${twoDigits(MONTHS.indexOf(month!) + 1)}-${twoDigits(Number(day))} ${time}`;
    return year.length === 2 ? inCentury(year, rest, now) : dateOf(year, rest);
  }
  return NaN;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const WHOLE_DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<time>(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60))'; // 60: a leap second

const FORMS = [
  `${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT`,
  `${WHOLE_DAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT`,
  `${DAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`));

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// NaN for the 31st of February, which `Date` takes for a day in March.
function dateOf(year: string, rest: string): number {
  const date = `${year}-${rest}`.replace(/60$/, '59').replace(' ', 'T');
  const found = new Date(`${date}Z`);
  const isThere = Number.isFinite(found.getTime()) && found.toISOString().startsWith(date);
  return isThere ? found.getTime() : NaN;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

// "94" is in this century, unless that is more than 50 years ahead.
function inCentury(year: string, rest: string, now: number): number {
  const inFiftyYears = new Date(now);
  inFiftyYears.setUTCFullYear(inFiftyYears.getUTCFullYear() + 50);
  const century = Math.floor(new Date(now).getUTCFullYear() / 100);
  const soon = dateOf(`${century}${year}`, rest);
  return soon > inFiftyYears.getTime() ? dateOf(`${century - 1}${year}`, rest) : soon;
}

// Dates in headers: the three forms of HTTP, and nothing else (RFC 9110, 5.6.7).
//
//   readHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')  ──►  784111777000

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHttpDate } from '../lessons/13-files/http-date.ts';

const IN_2026 = Date.parse('2026-06-01T12:00:00Z');

for (const [text, iso] of [
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
  ['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37.000Z'],
  ['Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
  ['Thursday, 29-Feb-24 23:59:59 GMT', '2024-02-29T23:59:59.000Z'],
  ['Thu Feb 29 23:59:59 2024', '2024-02-29T23:59:59.000Z'],
  ['Sat, 31 Dec 2016 23:59:60 GMT', '2016-12-31T23:59:59.000Z'],
  ['Thu, 01 Jan 1970 00:00:00 GMT', '1970-01-01T00:00:00.000Z'],
  ['Tue, 01 Jan 2999 00:00:00 GMT', '2999-01-01T00:00:00.000Z'],
  ['Thu, 06 Nov 0094 08:49:37 GMT', '0094-11-06T08:49:37.000Z'],
  // Two digits: at most 50 years ahead, and otherwise gone by.
  ['Saturday, 01-Jan-00 00:00:00 GMT', '2000-01-01T00:00:00.000Z'],
  ['Friday, 01-Jan-27 00:00:00 GMT', '2027-01-01T00:00:00.000Z'],
  ['Monday, 01-Jun-76 12:00:00 GMT', '2076-06-01T12:00:00.000Z'],
  ['Tuesday, 01-Jun-76 12:00:01 GMT', '1976-06-01T12:00:01.000Z'],
  ['Friday, 31-Dec-99 23:59:59 GMT', '1999-12-31T23:59:59.000Z'],
] as const) {
  test(`readHttpDate() reads ${text}`, () => {
    assert.equal(new Date(readHttpDate(text, IN_2026)).toISOString(), iso);
  });
}

for (const text of [
  '', 'GMT', '1 GMT', '0', '784111777', '784111777000', '2100', '1994', '1994-11-06',
  '1994-11-06T08:49:37Z', '1994-11-06T08:49:37 GMT', 'yesterday', 'soon GMT',
  'Sun, 06 Nov 1994 08:49:37', 'Sun, 06 Nov 1994 08:49:37 UTC', 'Sun, 06 Nov 1994 08:49:37 +0000',
  'Sun, 06 Nov 1994 08:49:37 CET', 'Sun, 06 Nov 1994 08:49:37 EST',
  'Sun, 06 Nov 1994 08:49:37 GMT+0200', 'Sun, 06 Nov 1994 08:49:37 gmt',
  'Sun, 06 Nov 1994 08:49:37 GMT (a comment)', 'Sun, 06 Nov 1994 08:49:37  GMT',
  '06 Nov 1994 08:49:37 GMT', 'Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 94 08:49:37 GMT',
  'Sun, 06 nov 1994 08:49:37 GMT', 'sun, 06 Nov 1994 08:49:37 GMT', 'Son, 06 Nov 1994 08:49:37 GMT',
  'Sun, 06 November 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49 GMT',
  'Sun, 06 Nov 1994 8:49:37 GMT',
  'Sun, 06 Nov 1994 24:00:00 GMT', 'Sun, 06 Nov 1994 08:60:00 GMT', 'Sun, 06 Nov 1994 08:49:61 GMT',
  'Sun, 00 Nov 1994 08:49:37 GMT', 'Sun, 31 Nov 1994 08:49:37 GMT', 'Sun, 30 Feb 2024 08:49:37 GMT',
  'Wed, 29 Feb 2023 08:49:37 GMT', 'Sun, 06 Xyz 1994 08:49:37 GMT', 'Sun, 06-Nov-94 08:49:37 GMT',
  'Sunday, 06-Nov-1994 08:49:37 GMT', 'Sunday, 06 Nov 94 08:49:37 GMT', 'Sun Nov 6 08:49:37 1994',
  'Sun Nov  6 08:49:37 1994 GMT', 'Sun Nov 06 08:49:37 94', 'Sun, Nov 06 1994 08:49:37 GMT',
  '\u00a0Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT\n',
  'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
]) {
  test(`readHttpDate() of ${JSON.stringify(text)} is no date`, () => {
    assert.equal(readHttpDate(text, IN_2026), NaN);
  });
}

test('readHttpDate() reads what toUTCString() writes', () => {
  for (let day = 0; day < 40_000; day += 97) {
    const date = new Date(day * 86_400_000 + 3_723_000);
    assert.equal(readHttpDate(date.toUTCString()), date.getTime());
  }
});

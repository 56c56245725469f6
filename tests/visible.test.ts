// Text at the border: names that can be seen, in all scripts, and those that only look like it.
//
//   canBeSeen('Zoë\u200b')  ──►  false

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields, line, paragraphs, validate } from '../lessons/08-validate/validate.ts';
import { canBeRead, canBeSeen, showHidden } from '../lessons/08-validate/visible.ts';

const flagOf = (country: string) => [0x1f3f4, ...[...country].map((letter) =>
  0xe0000 + letter.charCodeAt(0)), 0xe007f].map((point) => String.fromCodePoint(point)).join('');

const seen: Record<string, string[]> = {
  'Latin letters': ['Ada', 'Zoë', 'Nguyễn', 'x\u0304', "O'Brien", 'O’Brien', 'A', '7', 'José, Jr.'],
  'other scripts': ['李', 'Αθηνά', 'Иван', 'ᏣᎳᎩ', 'ግርማ', '김철수'],
  'scripts from right to left': ['محمد', 'דָּוִד', 'Ada (עדה)', 'علي Ali'],
  'Persian, with U+200C': ['علی\u200cرضا', 'کتاب\u200cها'],
  'Indian scripts, with U+200D or U+200C': [
    'ශ\u0dca\u200dරී', 'അവന\u0d4d\u200d', 'র\u200d\u09cdযাব', 'क\u094d\u200dष', 'क\u094d\u200cष',
  ],
  'a Chinese character in one of its forms': ['葛\u{e0100}城', '葛\ufe00'],
  'Mongolian': ['\u182d\u180b\u1820', '\u1828\u180e\u1820'],
  'Braille': ['\u2801\u2819\u2801\u2800\u2801\u2819\u2801'],
  'emoji': ['☕', '🥐', '🇩🇪', '❤\ufe0f', '☕\ufe0e', '1\ufe0f\u20e3', '#\ufe0f\u20e3', '\u{1faf8}'],
  'emoji of several': [
    '👩\u200d🍳', '👩🏽\u200d🍳', '❤\ufe0f\u200d🔥', '🧑\u200d✈\ufe0f', '👨\u200d👩\u200d👧\u200d👦',
    '🏴\u200d☠\ufe0f', 'Ada 👩\u200d💻',
  ],
  'flags of countries in a kingdom': [flagOf('gbeng'), flagOf('gbsct'), `Ewan ${flagOf('gbwls')}`],
};

for (const [what, names] of Object.entries(seen)) {
  test(`a name may have ${what}`, () => {
    for (const name of names) {
      assert.ok(canBeSeen(name), showHidden(name));
      assert.equal(validate(fields({ name: line(1, 60) }), { name }).name, name.normalize());
      assert.equal(showHidden(name), name);
    }
  });
}

const hidden: Record<string, [name: string, shown: string][]> = {
  'nothing to see': [
    ['\u200b', '\\u200b'], ['\u200b\u200c\u200d', '\\u200b\\u200c\\u200d'], ['\u00ad', '\\u00ad'],
    ['\u3164', '\\u3164'], ['\uffa0', '\\uffa0'], ['\u115f\u1160', '\\u115f\\u1160'],
    ['\u2800', '\\u2800'], ['\u034f', '\\u034f'], ['\u17b4', '\\u17b4'], ['\u180e', '\\u180e'],
    ['\u{e0041}', '\\udb40\\udc41'], ['\u{e0100}', '\\udb40\\udd00'], ['\ufe0f', '\\ufe0f'],
    ['\u{1d159}', '\\ud834\\udd59'], ['\ufff9', '\\ufff9'], ['\uffff', '\\uffff'],
    ['\u061c', '\\u061c'], ['\u0301', '\u0301'],
  ],
  'something hidden between letters': [
    ['Zo\u200bë', 'Zo\\u200bë'], ['Ad\u00ada', 'Ad\\u00ada'], ['A\u2060da', 'A\\u2060da'],
    ['A\u200dda', 'A\\u200dda'], ['A\u200cda', 'A\\u200cda'], ['Ив\u200cан', 'Ив\\u200cан'],
    ['Ada\u034f', 'Ada\\u034f'], ['A\ufe0fda', 'A\\ufe0fda'], ['A1\ufe0f', 'A1\\ufe0f'],
    ['A\u{e0100}', 'A\\udb40\\udd00'], ['Ada\u{e0041}', 'Ada\\udb40\\udc41'],
    ['Ada\u2800', 'Ada\\u2800'], ['A\u3164B', 'A\\u3164B'], ['A\ufeffB', 'A\\ufeffB'],
    ['علی\u200c', 'علی\\u200c'], ['ع\u200c\u200cل', 'ع\\u200c\\u200cل'],
    ['☕\u200dAda', '☕\\u200dAda'], [flagOf('uscaa'), `🏴${'\\udb40\\udc75\\udb40\\udc73'}` +
      '\\udb40\\udc63\\udb40\\udc61\\udb40\\udc61\\udb40\\udc7f'],
  ],
  'something that turns the line round': [
    ['\u202eadA', '\\u202eadA'], ['A\u202ada', 'A\\u202ada'],
    ['A\u202dda\u202c', 'A\\u202dda\\u202c'], ['\u2066Ada\u2069', '\\u2066Ada\\u2069'],
    ['\u2067Ada', '\\u2067Ada'], ['Ada\u200f', 'Ada\\u200f'],
    ['\u200eAda', '\\u200eAda'], ['\u206aAda', '\\u206aAda'],
  ],
};

for (const [what, rows] of Object.entries(hidden)) {
  for (const [name, shown] of rows) {
    test(`a name with ${what} is refused: "${shown}"`, () => {
      assert.equal(canBeSeen(name), false);
      const message = '"name" must be a line of 1 to 60 characters that can be seen, ' +
        `but it was "${shown}".`;
      assert.throws(
        () => validate(fields({ name: line(1, 60) }), { name }),
        { status: 422, details: { errors: [{ field: 'name', message }] } },
      );
    });
  }
}

for (const [what, text, isGood] of [
  ['Thai and Khmer words with a place to break between them', 'ขอ\u200bบคุณ\nอร่อย', true],
  ['Hebrew with a mark of direction', 'שלום\u200f!', true],
  ['a word that may be broken', 'Donau\u00addampf\u00adschiff', true],
  ['only what nobody sees', '\u200b\n\u200b', false],
  ['only a blank of Hangul', '\u3164', false],
  ['a turn of direction', 'a\u202eb', false],
  ['an isolated turn of direction', 'a \u2067b', false],
] as const) {
  test(`a text of several lines ${isGood ? 'may have' : 'must not have'} ${what}`, () => {
    assert.equal(canBeRead(text), isGood);
    const check = () => validate(fields({ text: paragraphs(0, 99) }), { text });
    if (isGood) assert.equal(check().text, text);
    else assert.throws(check, { status: 422 });
  });
}

test('a line may still be empty where that is allowed', () => {
  assert.equal(validate(line(0, 9), '  '), '');
  assert.equal(validate(paragraphs(0, 9), '\n'), '');
});

test('spaces around a name go, of every kind; one in an error is shown by its code', () => {
  assert.equal(validate(line(1, 60), '\u00a0\u3000Ada\ufeff '), 'Ada');
  assert.throws(() => validate(fields({ it: line(1, 2) }), { it: '\u00a0Ada' }), {
    details: { errors: [{
      field: 'it',
      message: '"it" must be a line of 1 to 2 characters, but it was "\\u00a0Ada".',
    }] },
  });
});

test('a name of 50,000 marks is refused before it is tidied up', () => {
  const start = performance.now();
  const name = `a${'\u0315\u0327'.repeat(25_000)}`;
  assert.throws(() => validate(fields({ name: line(1, 60) }), { name }), { status: 422 });
  assert.throws(() => validate(fields({ name: paragraphs(1, 60) }), { name }), { status: 422 });
  assert.ok(performance.now() - start < 500);
});

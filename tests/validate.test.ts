import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../lessons/02-reply/reply.ts';
import { answerWith } from '../lessons/04-router/router.ts';
import { Refusal, withErrors, type FieldError } from '../lessons/06-errors/errors.ts';
import { readJson } from '../lessons/07-body/body.ts';
import { fields, numberFromText, line, list, oneOf, optional, paragraphs, validate, wholeNumber, trueOrFalse, type Rule, type Valid } from '../lessons/08-validate/validate.ts';
import { serve } from './serve.ts';

const item = fields({
  name: line(1, 80),
  price: wholeNumber(1, 100_000, 'cents'),
  category: oneOf('coffee', 'tea'),
});
const flatWhite = { name: 'Flat white', price: 340, category: 'coffee' };

const order = fields({
  items: list(fields({ id: wholeNumber(1, 1_000), quantity: wholeNumber(1, 20) }), 1, 3),
  note: optional(paragraphs(0, 200), ''),
  takeAway: optional(trueOrFalse(), false),
});

/** Checks the value as the field "it", and returns it. */
const check = <Value>(rule: Rule<Value>, it: unknown): Value => validate(fields({ it: rule }), { it }).it;

// As JSON.parse() makes it, where "__proto__" is a field like any other.
const parsed = (text: string): unknown => JSON.parse(text);

function assertWrong(rule: Rule<unknown>, input: unknown, errors: FieldError[]): void {
  assert.throws(() => validate(rule, input), (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.deepEqual([error.status, error.message, error.details], [422, 'Some fields are not valid.', { errors }]);
    return true;
  });
}

test('validate() returns the input when all its fields are right', () => {
  assert.deepEqual(validate(item, flatWhite), flatWhite);
});

test('validate() returns a new object, and leaves the input alone', () => {
  const input = Object.freeze({ ...flatWhite, name: ' Flat white ' });
  assert.deepEqual(validate(item, input), flatWhite);
  assert.equal(input.name, ' Flat white ');
});

test('validate() names every wrong field at once: those of the rules in their order, then the unknown', () => {
  assertWrong(item, { colour: 'red', price: '3,40', name: 'Flat white', size: 'L' }, [
    { field: 'price', message: '"price" must be a whole number of cents from 1 to 100000, but it was "3,40".' },
    { field: 'category', message: '"category" is missing: it must be one of coffee, tea.' },
    { field: 'colour', message: '"colour" is not a known field. The fields are name, price, category.' },
    { field: 'size', message: '"size" is not a known field. The fields are name, price, category.' },
  ]);
});

test('validate() refuses with the status that it is given, such as 400 for a query', () => {
  assert.throws(() => validate(item, {}, 400), { status: 400, message: 'Some fields are not valid.' });
});

test('validate() takes a single rule as well', () => {
  assert.equal(validate(wholeNumber(1, 9), 7), 7);
  assertWrong(wholeNumber(1, 9), 'seven', [{ field: '', message: 'The body must be a whole number from 1 to 9, but it was "seven".' }]);
  assertWrong(list(wholeNumber(1, 9), 1, 2), [1, 10], [{ field: '[1]', message: '"[1]" must be a whole number from 1 to 9, but it was 10.' }]);
});

test('fields() names every field that is missing', () => {
  assertWrong(item, {}, [
    { field: 'name', message: '"name" is missing: it must be a line of 1 to 80 characters.' },
    { field: 'price', message: '"price" is missing: it must be a whole number of cents from 1 to 100000.' },
    { field: 'category', message: '"category" is missing: it must be one of coffee, tea.' },
  ]);
});

for (const [input, shown] of [
  [null, 'null'],
  ['flat white', '"flat white"'],
  [42, '42'],
  [true, 'true'],
  [[], '[]'],
  [[flatWhite], '[{"name":"Flat white","price":340,"category":"coffee"}]'],
] as const) {
  test(`fields() refuses ${shown} in the place of an object`, () => {
    const rule = 'must be an object with fields, such as {"name":"Flat white"}, but it was';
    assertWrong(item, input, [{ field: '', message: `The body ${rule} ${shown}.` }]);
    assertWrong(fields({ item }), { item: input }, [{ field: 'item', message: `"item" ${rule} ${shown}.` }]);
  });
}

test('fields() says that the whole body is missing', () => {
  assertWrong(item, undefined, [{ field: '', message: 'The body is missing: it must be an object with fields, such as {"name":"Flat white"}.' }]);
});

for (const name of ['', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'isStaff', 'Name', 'name ']) {
  test(`fields() does not know a field called "${name}"`, () => {
    assert.throws(() => validate(item, parsed(`{"name":"Tea","price":1,"category":"tea",${JSON.stringify(name)}:{"role":"staff"}}`)), {
      details: { errors: [{ field: name, message: `"${name}" is not a known field. The fields are name, price, category.` }] },
    });
    assert.equal(({} as { role?: string }).role, undefined);
  });
}

for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
  test(`fields() can ask for a field called "${name}", which every object seems to have`, () => {
    assert.deepEqual(validate(fields({ [name]: line(1, 9) }), { [name]: 'tea' }), { [name]: 'tea' });
    assertWrong(fields({ [name]: line(1, 9) }), {}, [{ field: name, message: `"${name}" is missing: it must be a line of 1 to 9 characters.` }]);
    assert.deepEqual(validate(fields({ [name]: optional(line(1, 9), 'none') }), {}), { [name]: 'none' });
  });
}

test('fields() does not know a field without a name inside of another, either', () => {
  assertWrong(fields({ it: fields({ name: line(1, 9) }) }), { it: { name: 'tea', '': 1 } }, [
    { field: 'it.', message: '"it." is not a known field. The fields are name.' },
  ]);
});

test('numberFromText() takes every whole number that a computer can hold, and no sentence contradicts itself', () => {
  const rule = fields({ it: numberFromText(wholeNumber(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) });
  for (const it of ['9007199254740991', '-9007199254740991', '1234567890123456', '0000000000000000042']) {
    assert.deepEqual(validate(rule, { it }), { it: Number(it) });
  }
  for (const it of ['9007199254740992', '9007199254740993', '-9007199254740993', '9'.repeat(400)]) {
    const shown = it.length > 58 ? `"${'9'.repeat(59)}…` : `"${it}"`;
    const problem = 'must be a whole number from -9007199254740991 to 9007199254740991';
    assertWrong(rule, { it }, [{ field: 'it', message: `"it" ${problem}, but it was ${shown}.` }]);
  }
});

test('fields() shows the name of a field in one short line, whatever it is', () => {
  const known = 'is not a known field. The fields are name, price, category.';
  for (const [name, shown] of [
    ['x\n- "price" is free', '"x\\n- \\"price\\" is free"'],
    ['\u001b[2J', '"\\u001b[2J"'],
    ['\ud83d', '"\\ud83d"'],
    ['x'.repeat(10_000), `"${'x'.repeat(59)}…`],
  ] as const) {
    assert.throws(() => validate(item, { ...flatWhite, [name]: 1 }), { details: { errors: [{ field: name, message: `${shown} ${known}` }] } });
  }
});

test('the answer to thousands of wrong fields is not much longer than what was sent', () => {
  const input = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [n.toString(36), 1]));
  assert.throws(() => validate(item, input), ({ details }: Refusal) => JSON.stringify(details.errors).length < 3 * JSON.stringify(input).length);
});

test('names of fields lead to the place: items[2].quantity', () => {
  assertWrong(order, { items: [{ id: 1, quantity: 1 }, { id: 0, quantity: 2, size: 'L' }, { id: 2 }], takeAway: 'yes' }, [
    { field: 'items[1].id', message: '"items[1].id" must be a whole number from 1 to 1000, but it was 0.' },
    { field: 'items[1].size', message: '"items[1].size" is not a known field. The fields are id, quantity.' },
    { field: 'items[2].quantity', message: '"items[2].quantity" is missing: it must be a whole number from 1 to 20.' },
    { field: 'takeAway', message: '"takeAway" must be true or false, but it was "yes".' },
  ]);
});

test('optional() gives the value that stands for what was left out', () => {
  const items = [{ id: 42, quantity: 2 }];
  assert.deepEqual(validate(order, { items }), { items, note: '', takeAway: false });
  assert.deepEqual(validate(order, { items, note: 'hot', takeAway: true }), { items, note: 'hot', takeAway: true });
  assert.deepEqual(validate(fields({ note: optional(line(1, 9), undefined) }), {}), { note: undefined });
});

test('numberFromText() takes a field that was left empty as one that was left out', () => {
  const rule = fields({ people: numberFromText(wholeNumber(1, 9)), hour: numberFromText(optional(wholeNumber(0, 23), 12)) });
  assert.deepEqual(validate(rule, { people: '2', hour: '' }), { people: 2, hour: 12 });
  assertWrong(rule, { people: '', hour: '7' }, [{ field: 'people', message: '"people" is missing: it must be a whole number from 1 to 9.' }]);
});

type Row = [what: string, rule: Rule<unknown>, as: string, accepted: [sent: unknown, valid: unknown][], refused: [sent: unknown, shown: string][]];

const rows: Row[] = [
  [
    'wholeNumber()', wholeNumber(1, 100_000, 'cents'), 'a whole number of cents from 1 to 100000',
    [[1, 1], [340, 340], [100_000, 100_000], [parsed('1e3'), 1000], [parsed('3.0'), 3]],
    [[0, '0'], [-1, '-1'], [100_001, '100001'], [1.5, '1.5'], [parsed('1e-9'), '1e-9'], [parsed('1e999'), 'Infinity'], [NaN, 'NaN'], ['3,40', '"3,40"'], ['340', '"340"'], ['', '""'], ['NaN', '"NaN"'], [null, 'null'], [true, 'true'], [[340], '[340]'], [{}, '{}']],
  ],
  [
    'wholeNumber() from 0', wholeNumber(0, 5), 'a whole number from 0 to 5',
    [[0, 0], [parsed('-0'), 0]],
    [[-1, '-1'], [0.1, '0.1']],
  ],
  [
    'wholeNumber() without an end', wholeNumber(-5, Number.MAX_SAFE_INTEGER), 'a whole number from -5 to 9007199254740991',
    [[-5, -5], [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
    [[Number.MAX_SAFE_INTEGER + 1, '9007199254740992'], [-6, '-6']],
  ],
  [
    'numberFromText()', numberFromText(wholeNumber(-5, 10_000)), 'a whole number from -5 to 10000',
    [['340', 340], ['0', 0], ['-0', 0], ['-5', -5], ['007', 7], [340, 340]],
    [['3,40', '"3,40"'], ['3.5', '"3.5"'], ['3.0', '"3.0"'], ['1e3', '"1e3"'], ['0x10', '"0x10"'], ['+3', '"+3"'], [' 3', '" 3"'], ['3\n', '"3\\n"'], ['-', '"-"'], ['NaN', '"NaN"'], ['Infinity', '"Infinity"'], ['٣', '"٣"'], ['10001', '10001'], ['-6', '-6'], [['7'], '["7"]'], ['9'.repeat(15), '9'.repeat(15)], ['9'.repeat(16), `"${'9'.repeat(16)}"`], [null, 'null']],
  ],
  [
    'line()', line(1, 5), 'a line of 1 to 5 characters',
    [['a', 'a'], ['abcde', 'abcde'], ['  ab cd  ', 'ab cd'], ['\u00a0tea\u3000', 'tea'], ['cafe\u0301', 'caf\u00e9'], ['caf\u00e9', 'caf\u00e9'], ['cre\u0300me', 'cr\u00e8me'], ['☕☕☕☕☕', '☕☕☕☕☕'], ['🥐🥐🥐🥐🥐', '🥐🥐🥐🥐🥐'], ['\ufb01x', '\ufb01x'], ['<b>&', '<b>&'], ['null', 'null']],
    [['', '""'], ['   ', '"   "'], ['abcdef', '"abcdef"'], ['🥐🥐🥐🥐🥐🥐', '"🥐🥐🥐🥐🥐🥐"'], ['a\nb', '"a\\nb"'], ['tea\n', '"tea\\n"'], ['a\tb', '"a\\tb"'], ['\u0000', '"\\u0000"'], ['\u001b[2J', '"\\u001b[2J"'], ['\u007f', '"\u007f"'], ['\u0085', '"\u0085"'], ['a\u2028b', '"a\u2028b"'], ['\ud83d', '"\\ud83d"'], ['\ude00', '"\\ude00"'], ['a\ude00\ud83db', '"a\\ude00\\ud83db"'], [42, '42'], [null, 'null'], [['tea'], '["tea"]'], [{ length: 3 }, '{"length":3}']],
  ],
  [
    'paragraphs()', paragraphs(0, 9), 'a text of 0 to 9 characters',
    [['', ''], ['  ', ''], ['one\ntwo', 'one\ntwo'], ['one\r\ntwo', 'one\r\ntwo'], ['\n a\tb \n', 'a\tb'], ['cafe\u0301', 'caf\u00e9'], ['🥐🥐🥐🥐🥐🥐🥐🥐🥐', '🥐🥐🥐🥐🥐🥐🥐🥐🥐']],
    [['0123456789', '"0123456789"'], ['a\u0000', '"a\\u0000"'], ['a\u000bb', '"a\\u000bb"'], ['\u001b[2J', '"\\u001b[2J"'], ['\ud83d', '"\\ud83d"'], [7, '7'], [null, 'null']],
  ],
  [
    'oneOf()', oneOf('coffee', 'tea'), 'one of coffee, tea',
    [['coffee', 'coffee'], ['tea', 'tea']],
    [['Tea', '"Tea"'], [' tea', '" tea"'], ['', '""'], ['juice', '"juice"'], ['length', '"length"'], [0, '0'], [null, 'null'], [['tea'], '["tea"]']],
  ],
  [
    'oneOf() with an empty choice', oneOf('', 'tea'), 'one of , tea',
    [['', '']],
    [[null, 'null']],
  ],
  [
    'trueOrFalse()', trueOrFalse(), 'true or false',
    [[true, true], [false, false]],
    [['true', '"true"'], ['on', '"on"'], [0, '0'], [1, '1'], [null, 'null'], [[], '[]']],
  ],
  [
    'list()', list(oneOf('S', 'L'), 1, 2), 'a list of 1 to 2 entries',
    [[['S'], ['S']], [['L', 'S'], ['L', 'S']]],
    [[[], '[]'], [['S', 'S', 'S'], '["S","S","S"]'], ['S', '"S"'], [{ 0: 'S', length: 1 }, '{"0":"S","length":1}'], [null, 'null']],
  ],
  [
    'optional()', optional(wholeNumber(1, 9), 3), 'a whole number from 1 to 9',
    [[undefined, 3], [7, 7]],
    [[null, 'null'], ['', '""'], [10, '10']],
  ],
];

for (const [what, rule, as, accepted, refused] of rows) {
  for (const [sent, valid] of accepted) {
    test(`${what} takes ${Object.is(sent, -0) ? '-0' : JSON.stringify(sent)}`, () => assert.deepEqual(check(rule, sent), valid));
  }
  for (const [sent, shown] of refused) {
    test(`${what} refuses ${shown}`, () => {
      assertWrong(fields({ it: rule }), { it: sent }, [{ field: 'it', message: `"it" must be ${as}, but it was ${shown}.` }]);
    });
  }
  if (what !== 'optional()') {
    test(`${what} says what it would have taken in the place of nothing`, () => {
      assertWrong(fields({ it: rule }), {}, [{ field: 'it', message: `"it" is missing: it must be ${as}.` }]);
    });
  }
}

for (const [what, sent, shown] of [
  ['60 characters whole', 'x'.repeat(58), `"${'x'.repeat(58)}"`],
  ['the beginning of what is longer', 'x'.repeat(59), `"${'x'.repeat(59)}…`],
  ['the beginning of what is very long', 'x'.repeat(100_000), `"${'x'.repeat(59)}…`],
  ['the beginning of a long list', Array(1000).fill(1), `[${'1,'.repeat(29)}1…`],
  ['no half of a character', '🥐'.repeat(40), `"${'🥐'.repeat(29)}…`],
] as const) {
  test(`an error shows ${what}`, () => {
    assertWrong(fields({ it: wholeNumber(1, 9) }), { it: sent }, [{ field: 'it', message: `"it" must be a whole number from 1 to 9, but it was ${shown}.` }]);
  });
}

test('list() names each entry that is wrong', () => {
  assertWrong(fields({ sizes: list(oneOf('S', 'L'), 1, 3) }), { sizes: ['S', 'M', null] }, [
    { field: 'sizes[1]', message: '"sizes[1]" must be one of S, L, but it was "M".' },
    { field: 'sizes[2]', message: '"sizes[2]" must be one of S, L, but it was null.' },
  ]);
});

test('a rule keeps nothing from one input to the next', () => {
  assert.throws(() => validate(item, {}), { status: 422 });
  assert.deepEqual(validate(item, flatWhite), flatWhite);
  assert.throws(() => validate(item, { ...flatWhite, price: 0 }), ({ details }: Refusal) => details.errors?.length === 1);
  for (const again of [1, 2]) assertWrong(fields({ it: line(1, 5) }), { it: `${again}\n` }, [{ field: 'it', message: `"it" must be a line of 1 to 5 characters, but it was "${again}\\n".` }]);
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

test('Valid<…> is the type of what a rule returns', () => {
  // Seen by the type check: `false` would not satisfy.
  const same = [
    true satisfies Same<Valid<typeof item>, { name: string; price: number; category: 'coffee' | 'tea' }>,
    true satisfies Same<Valid<typeof order>['items'], { id: number; quantity: number }[]>,
    true satisfies Same<Valid<typeof order>['takeAway'], boolean>,
    true satisfies Same<Valid<Rule<number | undefined>>, number | undefined>,
    true satisfies Same<Valid<string>, never>,
  ];
  const optionalPrice = optional(wholeNumber(1, 9), undefined);
  same.push(true satisfies Same<Valid<typeof optionalPrice>, number | undefined>);
  assert.deepEqual(new Set(same), new Set([true]));

  const { category }: Valid<typeof item> = validate(item, flatWhite);
  // @ts-expect-error: what is not among the choices cannot be compared with them.
  assert.equal(category === 'juice', false);
  // @ts-expect-error: a field that has no rule is not there.
  assert.equal(validate(item, flatWhite).colour, undefined);
});

test('validate() answers 422 over the network, with a list that a program can read', async (t) => {
  const url = await serve(t, answerWith(withErrors(async ({ request }) => json(201, validate(item, await readJson(request))))));
  const post = async (body: unknown) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    return [response.status, await response.json()];
  };
  assert.deepEqual(await post({ ...flatWhite, name: ' cafe\u0301 ' }), [201, { ...flatWhite, name: 'caf\u00e9' }]);
  assert.deepEqual(await post({ ...flatWhite, price: 0, category: 'ju\ud83dice' }), [422, {
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'Some fields are not valid.',
    errors: [
      { field: 'price', message: '"price" must be a whole number of cents from 1 to 100000, but it was 0.' },
      { field: 'category', message: '"category" must be one of coffee, tea, but it was "ju\\ud83dice".' },
    ],
  }]);
});

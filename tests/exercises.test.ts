// Every exercise proves itself: right programs pass, and each known mistake gets its own sentence.
//
//   lessons/04-router/exercises/categories/proof/mistakes.md, "### T3 missing return: …"
//     ──►  the check says T3, in exactly those words
//
// The folders are the list, so a new exercise is held to the same. `npm run check 4 categories proof`
// proves a single one.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { readExercises } from '../lessons/classroom/check/exercises.ts';
import { claimsOf, namesOf } from '../lessons/classroom/check/proof.ts';
import { keepSpares } from '../lessons/classroom/check/spare.ts';
import { root } from '../lessons/classroom/course.ts';

const exercises = readExercises(root);
const spares = keepSpares(2);
after(() => spares.close());

test('there are exercises', () => assert.notEqual(exercises.length, 0));

test('a code means the same mistake everywhere', async () => {
  const known = new Map<string, { name: string; id: string }>();
  for (const { id, ...exercise } of exercises) {
    for (const [code, name] of await namesOf({ id, ...exercise })) {
      const other = known.get(code);
      assert.ok(other === undefined || other.name === name, `${code} is "${name}" in ${id} and "${other?.name}" in ${other?.id}. Take a free number for one of them.`);
      known.set(code, { name, id });
    }
  }
});

for (const exercise of exercises) {
  const claims = await claimsOf(exercise, spares, root);
  describe(`exercise ${exercise.id}`, { concurrency: 2 }, () => {
    for (const { name, problem } of claims) {
      test(name, async () => {
        spares.refill();
        const sentence = await problem();
        assert.equal(sentence, undefined, `${exercise.path}: ${name}, but ${sentence}`);
      });
    }
  });
}

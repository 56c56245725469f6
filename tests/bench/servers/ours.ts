// Ours: the modules of lessons 02 to 08, exactly as they are taught.
//
//   answerWith  ──►  withErrors  ──►  router  ──►  readJson  ──►  validate  ──►  json(201, …)

import { createServer } from 'node:http';
import { json, text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../lessons/04-router/router.ts';
import { withErrors } from '../../../lessons/06-errors/errors.ts';
import { readJson } from '../../../lessons/07-body/body.ts';
import { fields, line, oneOf, validate, wholeNumber, yesOrNo } from '../../../lessons/08-validate/validate.ts';
import { categories, findItem, hello, routes, saveItem, type Answer } from '../cafe.ts';

const newItem = fields({
  name: line(1, 60),
  price: wholeNumber(1, 100_000, 'cents'),
  category: oneOf(...categories),
  stock: wholeNumber(0, 10_000),
  forSale: yesOrNo(),
  description: line(0, 300),
});

const handlers: Record<Answer, Handler> = {
  hello: () => text(200, hello),
  item: ({ values }) => {
    const item = findItem(values.id);
    return item ? json(200, item) : text(404, `There is no item ${values.id}.\n`);
  },
  save: async ({ request }) => {
    const item = validate(newItem, await readJson(request));
    return json(201, saveItem(item));
  },
};

const cafe = router(routes.map(({ method, pattern, answer }) => ({ method, pattern, handler: handlers[answer] })));

createServer(answerWith(withErrors(cafe))).listen(0, '127.0.0.1');

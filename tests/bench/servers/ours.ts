// Ours: the modules of the lessons, exactly as they are taught.
//
//   answerWith  ──►  withErrors  ──►  router  ──►  readJson  ──►  validate  ──►  json(201, …)
//                                           router  ──►  rights  ──►  whoIs  ──►  sessions  ──►  json(200, …)

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { json, text } from '../../../lessons/02-reply/reply.ts';
import { answerWith, router, type Handler } from '../../../lessons/04-router/router.ts';
import { withErrors } from '../../../lessons/06-errors/errors.ts';
import { readJson } from '../../../lessons/07-body/body.ts';
import { fields, line, oneOf, validate, wholeNumber, trueOrFalse } from '../../../lessons/08-validate/validate.ts';
import { fileRoutes } from '../../../lessons/13-files/files.ts';
import { items, type Item } from '../../../lessons/03-address/items.ts';
import { memoryStorage } from '../../../lessons/09-logic/memory.ts';
import { showWith } from '../../../lessons/12-pages/layout.ts';
import { pageRoutes } from '../../../lessons/12-pages/pages.ts';
import { firstSettings, type Settings } from '../../../lessons/12-pages/settings.ts';
import { accountOptions, type Account } from '../../../lessons/14-passwords/accounts.ts';
import { makeSessions, sessionOptions, type Session } from '../../../lessons/15-login/sessions.ts';
import { makeWhoIs } from '../../../lessons/15-login/who.ts';
import { accountApi } from '../../../lessons/16-rights/account-api.ts';
import { rights } from '../../../lessons/16-rights/rights.ts';
import { ada, categories, findItem, folder, hello, look, routes, saveItem, sid, type Answer } from '../cafe.ts';

const newItemRule = fields({
  name: line(1, 60),
  price: wholeNumber(1, 100_000, 'cents'),
  category: oneOf(...categories),
  stock: wholeNumber(0, 10_000),
  forSale: trueOrFalse(),
  description: line(0, 300),
});

const storage = memoryStorage();
const menu = storage.collection<Item>('menu', { initial: items });
const settings = storage.collection<Settings>('settings', { initial: firstSettings });
const pages = pageRoutes(menu, settings, showWith(look));

// Ada is logged in already: her number is known to those who ask, its hash stands in the store.
const hash = createHash('sha256').update(sid).digest('base64url');
const inside = { id: 1, hash, account: ada.id, opened: Date.now(), seen: Date.now(), version: 1 };
const accounts = storage.collection<Account>('accounts', { ...accountOptions, initial: [{ ...ada, passwordHash: '', version: 1 }] });
const sessions = makeSessions(storage.collection<Session>('sessions', { ...sessionOptions, initial: [inside] }));
const whoIs = makeWhoIs(sessions, accounts);

const handlers: Record<Answer, Handler> = {
  hello: () => text(200, hello),
  page: pages.find(({ pattern }) => pattern === '/menu')!.handler,
  item: ({ params }) => {
    const item = findItem(params.id);
    return item ? json(200, item) : text(404, `There is no item ${params.id}.\n`);
  },
  save: async ({ request }) => {
    const item = validate(newItemRule, await readJson(request));
    return json(201, saveItem(item));
  },
};

const cafe = router([
  ...routes.map(({ method, pattern, answer }) => ({ method, pattern, handler: handlers[answer] })),
  ...rights(accountApi(accounts, whoIs), { 'GET /api/accounts': 'staff', 'GET /api/accounts/:id': 'customer' }, whoIs),
  ...fileRoutes('/files', `${folder}/files`),
]);

createServer(answerWith(withErrors(cafe))).listen(0, '127.0.0.1');

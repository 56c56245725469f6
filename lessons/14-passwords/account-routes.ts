// Lesson 14 · account-routes: how a guest opens an account.
//
//   POST /api/accounts   {"email":"ada@example.org","name":"Ada","password":"…"}
//     ──►  201, { id: 1, email, name, role }
//   POST /account        the same as a form
//     ──►  303, or the form once more
//
// The password goes one way: in. It is in no answer, and not in the form that is shown again, where
// the others still are. And it is never in an address (so POST, not GET): addresses are written
// into logs and kept by browsers.

import { json, redirect, type Reply, type ReplyHeaders } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import {
  checkForm, emptyForm, readTyped, showField, showProblems, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Link, Show } from '../12-pages/layout.ts';
import { newAccountRule, openAccount, publicOf, type Account } from './accounts.ts';
import type { Passwords } from './password.ts';

/** `letIn`: the headers that log a guest in who has opened an account in a browser (lesson 15). */
export function accountRoutes(
  accounts: Collection<Account>,
  passwords: Passwords,
  show: Show,
  letIn: LetIn = nowhere,
): Route[] {
  const parts = { accounts, passwords, show, letIn };
  return [
    { method: 'POST', pattern: '/api/accounts', handler: (call) => openByApi(parts, call) },
    { method: 'GET', pattern: '/account', handler: (call) => showForm(show, call, emptyForm) },
    { method: 'POST', pattern: '/account', handler: (call) => openByForm(parts, call) },
    { method: 'GET', pattern: '/account/welcome', handler: (call) => showWelcome(show, call) },
  ];
}

async function openByApi({ accounts, passwords }: Parts, { request }: Call): Promise<Reply> {
  const fields = validate(newAccountRule, await readJson(request));
  const account = await openAccount(accounts, passwords, fields);
  return json(201, publicOf(account), { location: `/api/accounts/${account.id}` });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const accountNav: Link[] = [{ name: 'Account', address: '/account' }];

type Parts = {
  accounts: Collection<Account>;
  passwords: Passwords;
  show: Show;
  letIn: LetIn;
};

export type LetIn = (call: Call, account: Account) => Promise<ReplyHeaders>;

async function nowhere(): Promise<ReplyHeaders> {
  return {};
}

async function openByForm(parts: Parts, call: Call): Promise<Reply> {
  const { accounts, passwords, show, letIn } = parts;
  const form = checkForm(newAccountRule, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) return showForm(show, call, form, 422);
  try {
    const account = await openAccount(accounts, passwords, form.value);
    return redirect('/account/welcome', 303, await letIn(call, account));
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 409)) throw error;
    const errors = [{ field: 'email', message: error.message }];
    return showForm(show, call, { ...form, errors }, 409);
  }
}

function showForm(show: Show, call: Call, form: Form, status = 200): Promise<Reply> {
  return show({ call, title: 'Create an account', body: accountPage(form), status });
}

const FIELDS: Field[] = [
  {
    name: 'email',
    label: 'Your e-mail address',
    sentence: 'Please enter an e-mail address, such as ada@example.org.',
    type: 'email',
    autocomplete: 'username',
  },
  {
    name: 'name',
    label: 'Your name',
    sentence: 'Please enter your name, up to 60 characters.',
    autocomplete: 'name',
  },
  {
    name: 'password',
    label: 'A password of at least 8 characters',
    sentence:
      'Please choose a password of 8 to 200 characters, and not one that everybody tries first.',
    type: 'password',
    autocomplete: 'new-password',
  },
];

function accountPage(form: Form): Markup {
  return markup`<div class="narrow">
<h1>Create an account</h1>
${showProblems(form, FIELDS)}
<form class="card" method="post" action="/account">
${FIELDS.map((field) => showField(field, form))}
<button>Create account</button>
</form>
</div>`;
}

function showWelcome(show: Show, call: Call): Promise<Reply> {
  return show({ call, title: 'Welcome', body: welcome });
}

const welcome = markup`<section class="welcome">
<h1>Welcome</h1>
<p class="lead">Your account is ready.</p>
<p><a class="button" href="/menu">Look at the menu</a></p>
</section>`;

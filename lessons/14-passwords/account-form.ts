// Lesson 14 · account-form: the page on which a guest creates an account.
//
//   GET  /account          ──►  200, the empty form
//   POST /account          email=ben%40example.org&name=Ben&password=…
//     ──►  303, location: /account/welcome
//     ──►  422 or 409, the form again: what was typed is still there, except for the password

import { redirect, type Reply, type ReplyHeaders } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import type { Collection } from '../09-logic/storage.ts';
import {
  checkForm, emptyForm, readTyped, showField, showProblems, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Show } from '../12-pages/layout.ts';
import { newAccountRule, openAccount, type Account } from './accounts.ts';
import type { Passwords } from './password.ts';

export type AccountParts = {
  accounts: Collection<Account>;
  passwords: Passwords;
  show: Show;
  letIn: LetIn;
};

export type LetIn = (call: Call, account: Account) => Promise<ReplyHeaders>;

export function accountForm(parts: AccountParts): Route[] {
  const { show } = parts;
  return [
    { method: 'GET', pattern: '/account', handler: (call) => showForm(show, call, emptyForm) },
    { method: 'POST', pattern: '/account', handler: (call) => openByForm(parts, call) },
    { method: 'GET', pattern: '/account/welcome', handler: (call) => showWelcome(show, call) },
  ];
}

async function openByForm(parts: AccountParts, call: Call): Promise<Reply> {
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

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

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

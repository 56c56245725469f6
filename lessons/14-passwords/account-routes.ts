// Lesson 14 · account-routes: how a guest opens an account.
//
//   POST /api/accounts   {"email":"ada@example.org","name":"Ada","password":"…"}
//     ──►  201, { id: 1, email, name, role }
//   POST /account        the same as a form
//     ──►  303, or the form once more
//
// The password goes one way: in. It stands in no answer, and not in the form that is shown again,
// where the others still stand. And it never stands in an address (so POST, not GET): addresses are
// written into logs and kept by browsers.

import { json, redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Refusal } from '../06-errors/errors.ts';
import { readJson } from '../07-body/body.ts';
import { validate } from '../08-validate/validate.ts';
import type { Collection } from '../09-logic/storage.ts';
import {
  checkForm, readTyped, showField, showProblems, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Show } from '../12-pages/layout.ts';
import { newAccount, openAccount, publicOf, type Account } from './accounts.ts';
import type { Passwords } from './password.ts';

/** `next`: where a guest is led who has opened an account in a browser. */
export function accountRoutes(
  accounts: Collection<Account>,
  passwords: Passwords,
  show: Show,
  next = '/account/welcome',
): Route[] {
  const parts = { accounts, passwords, show, next };
  return [
    { method: 'POST', pattern: '/api/accounts', handler: (call) => openByApi(parts, call) },
    { method: 'GET', pattern: '/account', handler: (call) => showForm(show, call, emptyForm) },
    { method: 'POST', pattern: '/account', handler: (call) => openByForm(parts, call) },
    { method: 'GET', pattern: '/account/welcome', handler: (call) => showWelcome(show, call) },
  ];
}

async function openByApi({ accounts, passwords }: Parts, { request }: Call): Promise<Reply> {
  const fields = validate(newAccount, await readJson(request));
  const account = await openAccount(accounts, passwords, fields);
  return json(201, publicOf(account), { location: `/api/accounts/${account.id}` });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

type Parts = { accounts: Collection<Account>; passwords: Passwords; show: Show; next: string };

const emptyForm: Form = { typed: {}, errors: [] };

async function openByForm(parts: Parts, call: Call): Promise<Reply> {
  const { accounts, passwords, show, next } = parts;
  const form = checkForm(newAccount, await readTyped(call.request));
  if (form.errors.length > 0) return showForm(show, call, form, 422);
  try {
    await openAccount(accounts, passwords, form.value);
    return redirect(next);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 409)) throw error;
    const errors = [{ field: 'email', message: error.message }];
    return showForm(show, call, { ...form, errors }, 409);
  }
}

function showForm(show: Show, call: Call, { typed, errors }: Form, status = 200): Reply {
  const { email, name } = typed;
  const form: Form = { typed: { ...(email && { email }), ...(name && { name }) }, errors };
  return show({ call, title: 'Open an account', body: accountPage(form), status });
}

const EMAIL: Field = {
  name: 'email',
  label: 'Your e-mail address',
  type: 'email',
  autocomplete: 'username',
};
const NAME: Field = { name: 'name', label: 'Your name', autocomplete: 'name' };
const PASSWORD: Field = {
  name: 'password',
  label: 'A password of at least 8 characters',
  type: 'password',
  autocomplete: 'new-password',
};

function accountPage(form: Form): Markup {
  return markup`<h1>Open an account</h1>
${showProblems(form, ['email', 'name', 'password'])}
<form class="card" method="post" action="/account">
${showField(EMAIL, form)}
${showField(NAME, form)}
${showField(PASSWORD, form)}
<button>Open the account</button>
</form>`;
}

function showWelcome(show: Show, call: Call): Reply {
  return show({ call, title: 'Welcome', body: welcome });
}

const welcome = markup`<h1>Welcome</h1>
<p class="lead">Your account is open.</p>
<p><a class="button" href="/menu">Look at the menu</a></p>`;

// Lesson 14 · account-routes: how a guest opens an account.
//
//   POST /api/accounts   {"email":"ada@example.org","name":"Ada","password":"…"}   ──►  201, { id: 1, email, name, role }
//   POST /account        the same as a form                                       ──►  303, or the form once more
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
import { checkForm, readTyped, showField, showProblems, type Form } from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Show } from '../12-pages/layout.ts';
import { newAccount, openAccount, publicOf, type Account } from './accounts.ts';
import type { Passwords } from './password.ts';

/** `next`: where a guest is led who has opened an account in a browser. */
export function accountRoutes(accounts: Collection<Account>, passwords: Passwords, show: Show, next = '/account/welcome'): Route[] {
  return [
    { method: 'POST', pattern: '/api/accounts', handler: (call) => openByApi(accounts, passwords, call) },
    { method: 'GET', pattern: '/account', handler: (call) => showForm(show, call, { typed: {}, errors: [] }) },
    { method: 'POST', pattern: '/account', handler: (call) => openByForm(accounts, passwords, show, call, next) },
    { method: 'GET', pattern: '/account/welcome', handler: (call) => show({ call, title: 'Welcome', body: welcome }) },
  ];
}

async function openByApi(accounts: Collection<Account>, passwords: Passwords, { request }: Call): Promise<Reply> {
  const fields = validate(newAccount, await readJson(request));
  const account = await openAccount(accounts, passwords, fields);
  return json(201, publicOf(account), { location: `/api/accounts/${account.id}` });
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

async function openByForm(accounts: Collection<Account>, passwords: Passwords, show: Show, call: Call, next: string): Promise<Reply> {
  const form = checkForm(newAccount, await readTyped(call.request));
  if (form.errors.length > 0) return showForm(show, call, form, 422);
  try {
    await openAccount(accounts, passwords, form.value);
    return redirect(next);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 409)) throw error;
    return showForm(show, call, { ...form, errors: [{ field: 'email', message: error.message }] }, 409);
  }
}

function showForm(show: Show, call: Call, { typed: { email, name }, errors }: Form, status = 200): Reply {
  const form: Form = { typed: { ...(email && { email }), ...(name && { name }) }, errors };
  return show({ call, title: 'Open an account', body: accountPage(form), status });
}

function accountPage(form: Form): Markup {
  return markup`<h1>Open an account</h1>
${showProblems(form, ['email', 'name', 'password'])}
<form class="card" method="post" action="/account">
${showField({ name: 'email', label: 'Your e-mail address', type: 'email', autocomplete: 'username' }, form)}
${showField({ name: 'name', label: 'Your name', autocomplete: 'name' }, form)}
${showField({ name: 'password', label: 'A password of at least 8 characters', type: 'password', autocomplete: 'new-password' }, form)}
<button>Open the account</button>
</form>`;
}

const welcome = markup`<h1>Welcome</h1>
<p class="lead">Your account is open.</p>
<p><a class="button" href="/menu">Look at the menu</a></p>`;

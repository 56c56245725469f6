// Lesson 15 · login-pages: the way in for people, with a form.
//
//   POST /login    email=ada@example.org&password=…&next=/settings
//     ──►  303, location: /settings, set-cookie: sid=8Jp4…
//     ──►  401, and the form once more: "The e-mail or the password is not right."
//   POST /logout   everywhere=yes  ──►  303, location: /login
//
// The same door as that of the API, by another handle. To log out is a POST as well: a link that
// does it would be followed by every program that looks at links before a person does.

import { redirect, type Reply } from '../02-reply/reply.ts';
import { LONGEST_TARGET } from '../03-address/address.ts';
import type { Call, Route } from '../04-router/router.ts';
import { fields, line, optional } from '../08-validate/validate.ts';
import {
  checkForm, readTyped, showField, showProblems, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Show } from '../12-pages/layout.ts';
import type { Account } from '../14-passwords/accounts.ts';
import { enter, leave, login, UNCACHED, WRONG, type Door } from './login.ts';
import { CHALLENGE } from './who.ts';

export function loginPages(door: Door, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/login', handler: (call) => showDoor(door, show, call) },
    { method: 'POST', pattern: '/login', handler: (call) => logInByForm(door, show, call) },
    { method: 'POST', pattern: '/logout', handler: (call) => logOutByForm(door, call) },
  ];
}

async function logInByForm(door: Door, show: Show, call: Call): Promise<Reply> {
  const { value, errors, typed } = checkForm(loginForm, await readTyped(call.request));
  // The password does not go back.
  const again = { typed: { email: typed.email ?? '', next: typed.next ?? '' }, errors };
  if (errors.length > 0) {
    return show({ call, title: 'Log in', body: loginPage(again), status: 422 });
  }
  const entered = await enter(door, call, value);
  if (!entered) return showWrong(show, call, again);
  return redirect(ownAddress(value.next), 303, entered.headers);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const loginForm = fields({ ...login, next: optional(line(0, LONGEST_TARGET), '') });

async function logOutByForm(door: Door, call: Call): Promise<Reply> {
  return redirect('/login', 303, await leave(door, call, await readTyped(call.request)));
}

async function showDoor({ whoIs }: Door, show: Show, call: Call): Promise<Reply> {
  const account = await whoIs(call.request);
  const form: Form = { typed: { next: call.address.query.get('next') ?? '' }, errors: [] };
  const shown = account
    ? show({ call, title: 'You', body: insidePage(account) })
    : show({ call, title: 'Log in', body: loginPage(form) });
  return withHeaders(shown, UNCACHED);
}

function showWrong(show: Show, call: Call, again: Form): Reply {
  const notice = markup`<p class="notice" role="alert">${WRONG}</p>`;
  const shown = show({ call, title: 'Log in', body: loginPage(again, notice), status: 401 });
  return withHeaders(shown, CHALLENGE);
}

function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Where to go after the login: a path of ours, whatever the link to the form says. */
export function ownAddress(next: string): string {
  const url = URL.canParse(next, OWN) ? new URL(next, OWN) : new URL('/login', OWN);
  const path = url.pathname + url.search;
  // "//evil.example", "/\evil.example" and "/.//evil.example" look like paths, and lead elsewhere.
  return url.origin === OWN && next.startsWith('/') && !path.startsWith('//') ? path : '/login';
}

const OWN = 'http://cafe.invalid';

const EMAIL: Field = {
  name: 'email',
  label: 'Your e-mail',
  type: 'email',
  autocomplete: 'username',
};
const PASSWORD: Field = {
  name: 'password',
  label: 'Your password',
  type: 'password',
  autocomplete: 'current-password',
};

function loginPage(form: Form, notice?: Markup): Markup {
  return markup`<h1>Log in</h1>
<p>No account yet? <a href="/account">Open one</a>.</p>
${notice}${showProblems(form, ['email', 'password'])}
<form class="card" method="post" action="/login">
${showField(EMAIL, form)}
${showField(PASSWORD, form)}
<input type="hidden" name="next" value="${form.typed.next}">
<button>Log in</button>
</form>`;
}

function insidePage({ name, email, role }: Account): Markup {
  return markup`<h1>Hello, ${name}</h1>
<p class="lead">You are logged in as ${email} (${role}).</p>
<form class="card" method="post" action="/logout">
<p><button>Log out</button></p>
<button class="quiet" name="everywhere" value="yes">Log out everywhere</button>
</form>`;
}

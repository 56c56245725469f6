// Lesson 15 · login-pages: the login for people, with a form.
//
//   POST /login    email=ada@example.org&password=…&next=/settings
//     ──►  303, location: /settings, set-cookie: sid=8Jp4…
//     ──►  401, and the form again: "The e-mail or the password is not right."
//   POST /logout   everywhere=yes  ──►  303, location: /login?done=everywhere
//
// The same checks as in the API, with other answers. Logging out is a POST, not a link: programs
// that follow links in advance would log people out.

import { redirect, type Reply } from '../02-reply/reply.ts';
import { MAX_TARGET } from '../03-address/address.ts';
import type { Call, Route } from '../04-router/router.ts';
import { fields, line, optional } from '../08-validate/validate.ts';
import { showDone } from '../12-pages/done.ts';
import type { WaysOut } from '../12-pages/error-pages.ts';
import {
  checkForm, readTyped, showField, showProblems, type Field, type Form,
} from '../12-pages/form.ts';
import { markup, type Markup } from '../12-pages/html.ts';
import type { Link, Show } from '../12-pages/layout.ts';
import type { Account } from '../14-passwords/accounts.ts';
import { NO_STORE, type Auth } from './auth.ts';
import { enter, loginRules, WRONG_LOGIN } from './login.ts';
import { leave } from './logout.ts';
import { CHALLENGE } from './who.ts';

export function loginPages(auth: Auth, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/login', handler: (call) => showLogin(auth, show, call) },
    { method: 'POST', pattern: '/login', handler: (call) => logInByForm(auth, show, call) },
    { method: 'POST', pattern: '/logout', handler: (call) => logOutByForm(auth, call) },
  ];
}

async function logInByForm(auth: Auth, show: Show, call: Call): Promise<Reply> {
  const form = checkForm(loginForm, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) {
    return show({ call, title: 'Log in', body: loginPage(call, form), status: 422 });
  }
  const entered = await enter(auth, call, form.value);
  if (!entered) return showWrong(show, call, form);
  return redirect(ownAddress(form.value.next), 303, entered.headers);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const loginNav: Link[] = [{ name: 'Account', address: '/login' }];

const loginForm = fields({ ...loginRules, next: optional(line(0, MAX_TARGET), '') });

/** For the error pages: the link to the login. */
export const waysIn: WaysOut = {
  401: { name: 'Log in', address: '/login' },
  403: { name: 'Log in as somebody else', address: '/login' },
};

async function logOutByForm(auth: Auth, call: Call): Promise<Reply> {
  const typed = await readTyped(call.request);
  const headers = await leave(auth, call, typed);
  return redirect(`/login?done=${typed.everywhere ? 'everywhere' : 'out'}`, 303, headers);
}

async function showLogin({ whoIs }: Auth, show: Show, call: Call): Promise<Reply> {
  const account = await whoIs(call.request);
  const form: Form = { typed: { next: call.address.query.get('next') ?? '' }, errors: [] };
  const shown = account
    ? await show({ call, title: 'Account', body: insidePage(account) })
    : await show({ call, title: 'Log in', body: loginPage(call, form) });
  return withHeaders(shown, NO_STORE);
}

async function showWrong(show: Show, call: Call, form: Form): Promise<Reply> {
  const notice = markup`<p class="notice" role="alert">${WRONG_LOGIN}</p>`;
  const body = loginPage(call, form, notice);
  return withHeaders(await show({ call, title: 'Log in', body, status: 401 }), CHALLENGE);
}

function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The page after the login: always one of ours, whatever the link to the form said. */
export function ownAddress(next: string): string {
  const url = URL.canParse(next, OWN) ? new URL(next, OWN) : new URL('/login', OWN);
  const path = url.pathname + url.search;
  // "//evil.example", "/\evil.example" and "/.//evil.example" look like paths but lead elsewhere.
  return url.origin === OWN && next.startsWith('/') && !path.startsWith('//') ? path : '/login';
}

const OWN = 'http://cafe.invalid';

const FIELDS: Field[] = [
  {
    name: 'email',
    label: 'Your e-mail address',
    sentence: 'Please enter your e-mail address.',
    type: 'email',
    autocomplete: 'username',
  },
  {
    name: 'password',
    label: 'Your password',
    sentence: 'Please enter your password.',
    type: 'password',
    autocomplete: 'current-password',
  },
  {
    name: 'next',
    label: 'Next page',
    sentence: 'The address of the next page is too long. Please go there again after the login.',
    type: 'hidden',
  },
];

function loginPage(call: Call, form: Form, notice = whyHere(call, form)): Markup {
  return markup`<div class="narrow">
<h1>Log in</h1>
${notice}${showProblems(form, FIELDS, 'You are not logged in yet.')}
<form class="card" method="post" action="/login">
${FIELDS.map((field) => showField(field, form))}
<button>Log in</button>
</form>
<p>No account yet? <a href="/account">Create one</a>.</p>
</div>`;
}

// A guest who was redirected from another page should see why.
function whyHere(call: Call, { typed, errors }: Form): Markup | undefined {
  if (typed.next && errors.length === 0) return LOG_IN_FIRST;
  return showDone(call, {
    out: 'You are logged out.',
    everywhere: 'You are logged out, here and on all other devices.',
  });
}

const LOG_IN_FIRST = markup`<p class="notice" role="status">\
<strong>Please log in first.</strong> The page that you wanted is not for everybody.</p>`;

function insidePage({ name, email, role }: Account): Markup {
  return markup`<div class="narrow">
<h1>Hello, ${name}</h1>
<p class="lead">You are logged in as ${email} (${role}).</p>
<form class="card" method="post" action="/logout">
<p><button>Log out</button> \
<button class="quiet" name="everywhere" value="yes">Log out everywhere</button></p>
</form>
<p><a href="/menu">Look at the menu</a></p>
</div>`;
}

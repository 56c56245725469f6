// Lesson 12 · settings: what the café may change about itself without a programmer.
//
//   POST /settings   opens=08:00&closes=19:00&tax=10&message=…&version=1
//     ──►  303, location: /settings?done=saved
//   the same again, by a second editor who still looks at version 1
//     ──►  409, and what holds now next to what was typed
//
// One record in a collection of its own, since what runs must be changed while it runs; what
// belongs to a machine (port, folder) is configuration, and comes in lesson 25. A form has no
// headers, so the version that an API sends as if-match is a hidden field here.

import { json, redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { readJson } from '../07-body/body.ts';
import {
  fields, numberFromText, line, validate, wholeNumber, noteWrong, type Rule, type Valid,
} from '../08-validate/validate.ts';
import { Conflict, type Collection, type Stored } from '../09-logic/storage.ts';
import { refuseConflict } from '../10-api/conflict.ts';
import { checkIfMatch, etagOf } from '../10-api/etag.ts';
import { showDone } from './done.ts';
import {
  checkForm, readTyped, showField, showProblems, tooLate, toTyped, VERSION, type Field, type Form,
} from './form.ts';
import { markup, type Markup } from './html.ts';
import type { Link, Show } from './layout.ts';

const rules = {
  opens: timeOfDay(),
  closes: timeOfDay(),
  tax: wholeNumber(0, 50, 'percent'),
  message: line(0, 120),
};
export const newSettingsRule = closesLater(fields(rules));

/** `opens` and `closes`: "08:00". `tax`: in percent, contained in the prices. */
export type Settings = Stored & Valid<typeof newSettingsRule>;

export function settingRoutes(settings: Collection<Settings>, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/settings', handler: (call) => showSettings(settings, show, call) },
    { method: 'POST', pattern: '/settings', handler: (call) => saveByForm(settings, show, call) },
    { method: 'GET', pattern: '/api/settings', handler: () => getSettings(settings) },
    { method: 'PUT', pattern: '/api/settings', handler: (call) => replaceSettings(settings, call) },
  ];
}

async function saveByForm(settings: Collection<Settings>, show: Show, call: Call): Promise<Reply> {
  const form = checkForm(settingsForm, await readTyped(call.request), FIELDS);
  if (form.errors.length > 0) {
    return show({ call, title: 'Settings', body: settingsPage(call, form), status: 422 });
  }
  const { version, ...fields } = form.value;
  const isChanged = await settings.update(ONLY, version, fields).catch(falseIfLate);
  return isChanged ? redirect('/settings?done=saved') : showBoth(settings, show, call, form);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const settingNav: Link[] = [{ name: 'Settings', address: '/settings' }];

const settingsForm = closesLater(fields({
  ...rules,
  tax: numberFromText(rules.tax),
  version: numberFromText(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
}));

const FIELDS: Field[] = [
  {
    name: 'opens',
    label: 'We open at',
    sentence: 'Please enter the time when you open, such as 08:00.',
    type: 'time',
    isHalf: true,
  },
  {
    name: 'closes',
    label: 'We close at',
    sentence: 'Please enter a time that is later than the opening, such as 18:30.',
    type: 'time',
    isHalf: true,
  },
  {
    name: 'tax',
    label: 'Tax in our prices, in percent',
    sentence: 'Please enter the tax in whole percent, from 0 to 50.',
    type: 'number',
  },
  {
    name: 'message',
    label: 'A message for our guests',
    sentence: 'Please keep the message to one line, up to 120 characters.',
  },
  VERSION,
];

/** The id of the one record. */
const ONLY = 1;

export const firstSettings: Settings[] = [{
  id: ONLY,
  opens: '08:00',
  closes: '18:00',
  tax: 10,
  message: 'Cinnamon rolls are warm at ten.',
  version: 1,
}];

/** As they are now. */
export async function present(settings: Collection<Settings>): Promise<Settings> {
  return (await settings.get(ONLY))!;
}

function timeOfDay(): Rule<string> {
  return (value, name, errors) => {
    const fits = typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value);
    return fits ? value : noteWrong(errors, name, 'a time of day such as 08:00 or 18:30', value);
  };
}

type Hours = { opens: string; closes: string };

// Two fields that are right, each for itself, may still not go together. A field that is not right
// is undefined here; whether another one is right must not hide this.
function closesLater<Some extends Hours>(rule: Rule<Some>): Rule<Some> {
  return (value, name, errors) => {
    const hours = rule(value, name, errors);
    const { opens, closes }: Partial<Hours> = hours ?? {};
    if (opens !== undefined && closes !== undefined && closes <= opens) {
      noteWrong(errors, 'closes', `later than "opens", which is ${opens}`, closes);
    }
    return hours;
  };
}

function falseIfLate(error: unknown): false {
  if (error instanceof Conflict && error.reason === 'changed') return false;
  throw error;
}

async function getSettings(settings: Collection<Settings>): Promise<Reply> {
  const now = await present(settings);
  return json(200, now, { etag: etagOf(now) });
}

async function replaceSettings(settings: Collection<Settings>, call: Call): Promise<Reply> {
  const fields = validate(newSettingsRule, await readJson(call.request));
  const { version } = checkIfMatch(call, await present(settings));
  const changed = await settings.update(ONLY, version, fields).catch(refuseConflict);
  return json(200, changed, { etag: etagOf(changed) });
}

async function showSettings(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
): Promise<Reply> {
  const form = { typed: toTyped(await present(settings)), errors: [] };
  return show({ call, title: 'Settings', body: settingsPage(call, form) });
}

// What the second editor has typed stays in the form. To send it again is to have seen what it
// replaces.
async function showBoth(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
  form: Form,
): Promise<Reply> {
  const body = settingsPage(call, tooLate(form, await present(settings)));
  return show({ call, title: 'Settings', body, status: 409 });
}

function settingsPage(call: Call, form: Form): Markup {
  return markup`<div class="narrow">
<h1>Settings</h1>
${showDone(call, { saved: 'The settings are saved.' })}
${showProblems(form, FIELDS)}
<form class="card" method="post" action="/settings">
${FIELDS.map((field) => showField(field, form))}
<button>Save</button>
</form>
</div>`;
}

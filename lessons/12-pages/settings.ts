// Lesson 12 · settings: what the café may change about itself without a programmer.
//
//   POST /settings   opens=08:00&closes=19:00&tax=10&message=…&version=1
//     ──►  303, location: /settings
//   the same again, by a second editor who still looks at version 1
//     ──►  409, and what holds now
//
// One record in a collection of its own, since what runs must be changed while it runs; what
// belongs to a machine (port, folder) is configuration, and comes in lesson 24. A form has no
// headers, so the version that an API sends as if-match is a hidden field here.

import { json, redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { readJson } from '../07-body/body.ts';
import {
  fields, fromText, line, validate, wholeNumber, wrong, type Rule, type Valid,
} from '../08-validate/validate.ts';
import { Conflict, type Collection, type Stored } from '../09-logic/storage.ts';
import { refuseConflict } from '../10-api/conflict.ts';
import { checkIfMatch, etagOf } from '../10-api/etag.ts';
import { checkForm, readTyped, showField, showProblems, type Form } from './form.ts';
import { markup, type Markup } from './html.ts';
import type { Show } from './layout.ts';

const rules = {
  opens: timeOfDay(),
  closes: timeOfDay(),
  tax: wholeNumber(0, 50, 'percent'),
  message: line(0, 120),
};
export const newSettings = closesLater(fields(rules));

/** `opens` and `closes`: "08:00". `tax`: in percent, contained in the prices. */
export type Settings = Stored & Valid<typeof newSettings>;

export function settingRoutes(settings: Collection<Settings>, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/settings', handler: (call) => showSettings(settings, show, call) },
    { method: 'POST', pattern: '/settings', handler: (call) => saveByForm(settings, show, call) },
    { method: 'GET', pattern: '/api/settings', handler: () => getSettings(settings) },
    { method: 'PUT', pattern: '/api/settings', handler: (call) => replaceSettings(settings, call) },
  ];
}

async function saveByForm(settings: Collection<Settings>, show: Show, call: Call): Promise<Reply> {
  const form = checkForm(settingsForm, await readTyped(call.request));
  if (form.errors.length > 0) {
    return show({ call, title: 'Settings', body: settingsPage(form), status: 422 });
  }
  const { version, ...fields } = form.value;
  const isChanged = await settings.update(ONLY, version, fields).catch(falseIfLate);
  return isChanged ? redirect('/settings?saved=yes') : showBoth(settings, show, call, form);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const settingsForm = closesLater(fields({
  ...rules,
  tax: fromText(rules.tax),
  version: fromText(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
}));

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
    return fits ? value : wrong(errors, name, 'a time of day such as 08:00 or 18:30', value);
  };
}

type Hours = { opens: string; closes: string };

// Two fields that are right, each for itself, may still not go together.
function closesLater<Some extends Hours>(rule: Rule<Some>): Rule<Some> {
  return (value, name, errors) => {
    const hours = rule(value, name, errors);
    if (errors.length === 0 && hours.closes <= hours.opens) {
      wrong(errors, 'closes', `later than "opens", which is ${hours.opens}`, hours.closes);
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
  const fields = validate(newSettings, await readJson(call.request));
  const { version } = checkIfMatch(call, await present(settings));
  const changed = await settings.update(ONLY, version, fields).catch(refuseConflict);
  return json(200, changed, { etag: etagOf(changed) });
}

async function showSettings(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
): Promise<Reply> {
  const isSaved = call.address.query.get('saved') === 'yes';
  const body = settingsPage(filledIn(await present(settings)), isSaved && SAVED);
  return show({ call, title: 'Settings', body });
}

const SAVED = markup`<p class="notice good" role="status">The settings are saved.</p>`;

function filledIn({ opens, closes, tax, message, version }: Settings): Form {
  const typed = { opens, closes, tax: String(tax), message, version: String(version) };
  return { typed, errors: [] };
}

// What the second editor has typed stays in the form. To send it again is to have seen what it
// replaces.
async function showBoth(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
  form: Form,
): Promise<Reply> {
  const { opens, closes, tax, message, version } = await present(settings);
  const notice = markup`<div class="notice" role="alert">
<p><strong>Somebody else has changed the settings while you did.</strong> \
Nothing of yours is saved yet. These hold now:</p>
<ul><li>Open from ${opens} to ${closes}</li>\
<li>Tax: ${tax} percent</li><li>Message: ${message || 'none'}</li></ul>
<p>What you have typed stands below. To save it instead, press the button again.</p>
</div>`;
  const again = { ...form, typed: { ...form.typed, version: String(version) } };
  return show({ call, title: 'Settings', body: settingsPage(again, notice), status: 409 });
}

function settingsPage(form: Form, notice: Markup | false = false): Markup {
  return markup`<h1>Settings</h1>
${notice}${showProblems(form, Object.keys(rules))}
<form class="card" method="post" action="/settings">
<div class="pair">
${showField({ name: 'opens', label: 'We open at', type: 'time' }, form)}
${showField({ name: 'closes', label: 'We close at', type: 'time' }, form)}
</div>
${showField({ name: 'tax', label: 'Tax in our prices, in percent', type: 'number' }, form)}
${showField({ name: 'message', label: 'A message for our guests' }, form)}
<input type="hidden" name="version" value="${form.typed.version}">
<button>Save</button>
</form>`;
}

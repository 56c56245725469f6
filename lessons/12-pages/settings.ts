// Lesson 12 · settings: what the café can change about itself without a programmer.
//
//   POST /settings   opens=08:00&closes=19:00&tax=10&message=…&version=1
//     ──►  303, location: /settings?done=saved
//   the same again, by a second editor who still has version 1
//     ──►  409, with the current values next to what they typed
//
// A form has no headers. So the version that a program sends as if-match is a hidden field here.

import { redirect, type Reply } from '../02-reply/reply.ts';
import type { Call, Route } from '../04-router/router.ts';
import { Conflict, type Collection } from '../09-logic/storage.ts';
import { checkForm, readTyped, tooLate, toTyped, type Form } from './form.ts';
import type { Link, Show } from './layout.ts';
import { getSettings, replaceSettings } from './settings-api.ts';
import { settingFields, settingsPage } from './settings-page.ts';
import { currentSettings, settingsForm, SETTINGS_ID, type Settings } from './settings-rules.ts';

export { firstSettings, type Settings } from './settings-rules.ts';

export const settingNav: Link[] = [{ name: 'Settings', address: '/settings' }];

export function settingRoutes(settings: Collection<Settings>, show: Show): Route[] {
  return [
    { method: 'GET', pattern: '/settings', handler: (call) => showSettings(settings, show, call) },
    { method: 'POST', pattern: '/settings', handler: (call) => saveByForm(settings, show, call) },
    { method: 'GET', pattern: '/api/settings', handler: () => getSettings(settings) },
    { method: 'PUT', pattern: '/api/settings', handler: (call) => replaceSettings(settings, call) },
  ];
}

async function saveByForm(settings: Collection<Settings>, show: Show, call: Call): Promise<Reply> {
  const form = checkForm(settingsForm, await readTyped(call.request), settingFields);
  if (form.errors.length > 0) {
    return show({ call, title: 'Settings', body: settingsPage(call, form), status: 422 });
  }
  const { version, ...fields } = form.value;
  const isChanged = await settings.update(SETTINGS_ID, version, fields).catch(falseIfLate);
  return isChanged ? redirect('/settings?done=saved') : showBoth(settings, show, call, form);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

function falseIfLate(error: unknown): false {
  if (error instanceof Conflict && error.reason === 'changed') return false;
  throw error;
}

async function showSettings(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
): Promise<Reply> {
  const form = { typed: toTyped(await currentSettings(settings)), errors: [] };
  return show({ call, title: 'Settings', body: settingsPage(call, form) });
}

// What the second editor typed stays in the form. If they send it again, they have seen what they
// replace.
async function showBoth(
  settings: Collection<Settings>,
  show: Show,
  call: Call,
  form: Form,
): Promise<Reply> {
  const body = settingsPage(call, tooLate(form, await currentSettings(settings)));
  return show({ call, title: 'Settings', body, status: 409 });
}

// Lesson 12 · settings-page: the settings as a form.
//
//   { opens: '08:00', … }  ──►  <label for="opens">We open at</label> <input … value="08:00">

import type { Call } from '../04-router/router.ts';
import { showDone } from './done.ts';
import { showField, showProblems, VERSION, type Field, type Form } from './form.ts';
import { markup, type Markup } from './html.ts';

export function settingsPage(call: Call, form: Form): Markup {
  return markup`<div class="narrow">
<h1>Settings</h1>
${showDone(call, { saved: 'The settings are saved.' })}
${showProblems(form, settingFields)}
<form class="card" method="post" action="/settings">
${settingFields.map((field) => showField(field, form))}
<button>Save</button>
</form>
</div>`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const settingFields: Field[] = [
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

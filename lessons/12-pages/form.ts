// Lesson 12 · form: a form as HTML, with what was typed and what is wrong.
//
//   showField(TEXT, { typed: { text: '' }, errors: [{ field: 'text', message: 'Please …' }] })
//     ──►  <label for="text">Your note</label> <textarea …></textarea>
//          <p class="problem" id="text-problem">Please write a note, up to 500 characters.</p>

import type { Field, Form } from './check-form.ts';
import { markup, type Markup } from './html.ts';

export { checkForm, emptyForm, readTyped, tooLate, toTyped } from './check-form.ts';
export type { Field, Form, Typed } from './check-form.ts';

export function showField(field: Field, form: Form): Markup {
  const { name, label, type, isHalf } = field;
  if (type === 'hidden') return showHidden(field, form);
  return markup`<div class="${isHalf ? 'half field' : 'field'}">
<label for="${name}">${label}${showNow(field, form)}</label>
${showControl(field, form)}
<p class="problem" id="${name}-problem">${problemWith(field, form)}</p>
</div>
`;
}

// A "\" at the end of a line joins it with the next one.
function showInput(field: Field, form: Form): Markup {
  const { name, type = 'text', autocomplete = 'off' } = field;
  return markup`<input id="${name}" name="${name}" type="${TYPES[type] ?? type}" \
value="${valueOf(field, form)}" autocomplete="${autocomplete}" \
inputmode="${MODES[type] ?? 'text'}" \
aria-invalid="${isWrong(field, form)}" aria-describedby="${name}-problem">`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A browser's "number" field would send nothing for "3,60", and the guest's typing would be lost.
const TYPES: Record<string, string> = { number: 'text' };
const MODES: Record<string, string> = { number: 'numeric', email: 'email' };

/** The version that the form was made from, as a hidden field, since a form has no headers. */
export const VERSION: Field = {
  name: 'version',
  label: 'Version',
  sentence: 'The form did not arrive whole. Please open this page again.',
  type: 'hidden',
};

function showControl(field: Field, form: Form): Markup {
  if (field.options) return showSelect(field, form);
  return field.type === 'lines' ? showArea(field, form) : showInput(field, form);
}

function showArea(field: Field, form: Form): Markup {
  const { name } = field;
  return markup`<textarea id="${name}" name="${name}" rows="4" \
aria-invalid="${isWrong(field, form)}" aria-describedby="${name}-problem">
${form.typed[name]}</textarea>`;
}

// If no option is selected, a browser silently chooses the first. So there is an empty one.
function showSelect(field: Field, form: Form): Markup {
  const { name, options = [] } = field;
  const typed = form.typed[name];
  const isKnown = options.some(([value]) => value === typed);
  return markup`<select id="${name}" name="${name}" \
aria-invalid="${isWrong(field, form)}" aria-describedby="${name}-problem">
${!isKnown && markup`<option value="">Please choose</option>`}
${options.map(([value, title]) => (value === typed
    ? markup`<option value="${value}" selected>${title}</option>`
    : markup`<option value="${value}">${title}</option>`))}
</select>`;
}

function showHidden({ name }: Field, { typed }: Form): Markup {
  return markup`<input type="hidden" name="${name}" value="${typed[name]}">
`;
}

// A password is never sent back, not even in the form that is shown again.
function valueOf({ name, type }: Field, { typed }: Form): string | undefined {
  return type === 'password' ? '' : typed[name];
}

function isWrong(field: Field, form: Form): string {
  return problemWith(field, form) === undefined ? 'false' : 'true';
}

function problemWith({ name }: Field, { errors }: Form): string | undefined {
  return errors.find(({ field }) => field === name)?.message;
}

/** The box above a form that is shown again. `lead` says what did not happen. */
export function showProblems(
  { errors, now }: Form,
  fields: Field[],
  lead = 'Nothing is saved yet.',
): Markup | undefined {
  if (now) return TOO_LATE;
  if (errors.length === 0) return undefined;
  const seen = fields.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
  const others = errors.filter(({ field }) => !seen.includes(field));
  const isRed = others.length < errors.length;
  return markup`<div class="notice" role="alert">
<p><strong>${lead}</strong>${isRed && ' Please check the fields marked in red.'}</p>
${others.map(({ message }) => markup`<p>${message}</p>`)}
</div>`;
}

const TOO_LATE = markup`<div class="notice" role="alert">
<p><strong>Somebody else changed this while you were editing.</strong> \
Your version is not saved yet.</p>
<p>Where the two differ, you see the current value. \
To save your version anyway, press the button again.</p>
</div>`;

function showNow({ name, options = [] }: Field, { typed, now }: Form): Markup | undefined {
  if (!now || now[name] === typed[name]) return undefined;
  const [, title = now[name]] = options.find(([value]) => value === now[name]) ?? [];
  return markup` <span class="now">now: ${title || 'nothing'}</span>`;
}

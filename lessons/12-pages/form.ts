// Lesson 12 · form: what a guest has typed, and what is wrong with it.
//
//   const TEXT = { name: 'text', label: 'Your note', sentence: 'Please write a note, …' };
//   checkForm(newNoteRule, { name: 'Ada', text: '' }, [NAME, TEXT])
//     ──►  { errors: [{ field: 'text', message: 'Please write a note, …' }] }
//     ──►  the same form again, "Ada" still in it, and that sentence next to "Your note"
//
// A program gets a list of what is wrong, in the words of the API (lesson 08). A person gets a
// sentence next to the field, in the words of its label, and need not type the rest again. The rule
// is the same one; a browser's own checks are only for comfort, since nobody has to send a form by
// a browser.

import type { IncomingMessage } from 'node:http';
import type { FieldError } from '../06-errors/errors.ts';
import { readForm } from '../07-body/body.ts';
import { MAX_ERRORS, type Rule } from '../08-validate/validate.ts';
import { markup, type Markup } from './html.ts';

/** What was sent, as text, and what is wrong with it. An empty form has neither. */
export type Form = { typed: Typed; errors: FieldError[]; now?: Typed };
export type Typed = Record<string, string>;

/** Without errors, `value` is as the rule promises. */
export function checkForm<Value>(rule: Rule<Value>, typed: Typed, fields: Field[] = []) {
  const found: FieldError[] = [];
  const value = rule(typed, '', found);
  const errors = found.slice(0, MAX_ERRORS).map(({ field, message }) => {
    const known = fields.find(({ name }) => name === field);
    return { field, message: known ? known.sentence : message };
  });
  return { typed, errors, value };
}

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

// In a template, a "\" at the end of a line joins it with the next one.
function showInput(field: Field, form: Form): Markup {
  const { name, type = 'text', autocomplete = 'off' } = field;
  return markup`<input id="${name}" name="${name}" type="${TYPES[type] ?? type}" \
value="${valueOf(field, form)}" autocomplete="${autocomplete}" \
inputmode="${MODES[type] ?? 'text'}" \
aria-invalid="${isWrong(field, form)}" aria-describedby="${name}-problem">`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/**
 * `sentence`: what a person reads when something is wrong with this field. `options`: the values
 * that can be chosen, each with its name. `isHalf`: two such fields share a line.
 */
export type Field = {
  name: string;
  label: string;
  sentence: string;
  type?: FieldType;
  autocomplete?: string;
  options?: [value: string, name: string][];
  isHalf?: boolean;
};
type FieldType = 'text' | 'lines' | 'time' | 'number' | 'email' | 'password' | 'hidden';

// A field of the type "number" would send nothing at all for "3,60", and show nothing of it again.
const TYPES: Record<string, string> = { number: 'text' };
const MODES: Record<string, string> = { number: 'numeric', email: 'email' };

export const emptyForm: Form = { typed: {}, errors: [] };

/** The version that the form was made from. A form has no headers, so it is a hidden field. */
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

// With a value that is none of the options, a browser would choose the first one in silence.
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

// A password goes one way: in. It is not even in the form that is shown again.
function valueOf({ name, type }: Field, { typed }: Form): string | undefined {
  return type === 'password' ? '' : typed[name];
}

function isWrong(field: Field, form: Form): string {
  return problemWith(field, form) === undefined ? 'false' : 'true';
}

function problemWith({ name }: Field, { errors }: Form): string | undefined {
  return errors.find(({ field }) => field === name)?.message;
}

/** Above a form that is shown again. `lead`: what did not happen. */
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
<p><strong>Somebody else has changed this while you did.</strong> Nothing of yours is saved yet.</p>
<p>Where it differs from what you typed, you see what holds now. \
To save yours all the same, press the button again.</p>
</div>`;

/** For a form that came too late: the next time it counts, since it has seen what it replaces. */
export function tooLate(form: Form, record: object): Form {
  const now = toTyped(record);
  return { ...form, typed: { ...form.typed, version: now.version ?? '' }, now };
}

function showNow({ name, options = [] }: Field, { typed, now }: Form): Markup | undefined {
  if (!now || now[name] === typed[name]) return undefined;
  const [, title = now[name]] = options.find(([value]) => value === now[name]) ?? [];
  return markup` <span class="now">now: ${title || 'nothing'}</span>`;
}

/** The fields of a record as a form holds them: all as text. */
export function toTyped(record: object): Typed {
  const texts = Object.entries(record).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(texts);
}

/** The fields of a form as they were typed. Refuses as readForm() does. */
export async function readTyped(request: IncomingMessage): Promise<Typed> {
  const sent = await readForm(request);
  // A line break is one character here; a form always sends two for it, on every system.
  for (const name in sent) sent[name] = sent[name]!.replaceAll('\r\n', '\n');
  return sent;
}

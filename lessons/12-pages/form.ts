// Lesson 12 · form: what a guest has typed, and what is wrong with it.
//
//   checkForm(newNote, { name: 'Ada', text: '' })
//     ──►  { errors: [{ field: 'text', message: '"text" must be a text of 1 to 500 …' }] }
//     ──►  the same form once more, "Ada" still in it, and that sentence beside the field
//
// A program is told what is wrong by a list (lesson 08). A person must see it beside the field, and
// must not have to type the rest again. The rule is the same one; a browser's own checks are only
// for comfort, since nobody has to send a form by a browser.

import type { IncomingMessage } from 'node:http';
import type { FieldError } from '../06-errors/errors.ts';
import { readForm } from '../07-body/body.ts';
import type { Rule } from '../08-validate/validate.ts';
import { markup, type Markup } from './html.ts';

/** What was sent, as text, and what is wrong with it. An empty form has neither. */
export type Form = { typed: Record<string, string>; errors: FieldError[] };

export type Field = { name: string; label: string; type?: FieldType; autocomplete?: string };
type FieldType = 'text' | 'time' | 'number' | 'email' | 'password';

/** Without errors, `value` is as the rule promises. */
export function checkForm<Value>(rule: Rule<Value>, typed: Form['typed']): Form & { value: Value } {
  const errors: FieldError[] = [];
  const value = rule(typed, '', errors);
  return { typed, errors, value };
}

// In a template, a "\" at the end of a line joins it with the next one.
export function showField(
  { name, label, type = 'text', autocomplete = 'off' }: Field,
  form: Form,
): Markup {
  const problem = problemWith(name, form);
  return markup`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${form.typed[name]}" \
autocomplete="${autocomplete}" \
aria-invalid="${problem ? 'true' : 'false'}" aria-describedby="${name}-problem">
<p class="problem" id="${name}-problem">${problem}</p>
</div>`;
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** For text of several lines. */
export function showArea({ name, label }: Field, form: Form): Markup {
  const problem = problemWith(name, form);
  return markup`<div class="field">
<label for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="4" \
aria-invalid="${problem ? 'true' : 'false'}" aria-describedby="${name}-problem">
${form.typed[name]}</textarea>
<p class="problem" id="${name}-problem">${problem}</p>
</div>`;
}

/**
 * Above a form that is shown again: that nothing is saved yet, and what is wrong with no field of
 * the form.
 */
export function showProblems({ errors }: Form, names: string[]): Markup | undefined {
  if (errors.length === 0) return undefined;
  const others = errors.filter(({ field }) => !names.includes(field));
  return markup`<div class="notice" role="alert">
<p><strong>Nothing is saved yet.</strong> Please look at what stands in red.</p>
${others.map(({ message }) => markup`<p>${message}</p>`)}
</div>`;
}

/** The fields of a form as they were typed. Refuses as readForm() does. */
export async function readTyped(request: IncomingMessage): Promise<Form['typed']> {
  const sent = await readForm(request);
  // A line break is one character here; a form always sends two for it, on every system.
  for (const name in sent) sent[name] = sent[name]!.replaceAll('\r\n', '\n');
  return sent;
}

function problemWith(name: string, { errors }: Form): string | undefined {
  return errors.find(({ field }) => field === name)?.message;
}

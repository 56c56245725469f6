// Lesson 12 · markup-value: what a template takes, and the safe piece of HTML that it makes.
//
//   new Markup('<b>Flat white</b>').text  ──►  '<b>Flat white</b>'
//   toText(340)                           ──►  '340'
//   toText({ name: 'Ada' })               ──►  an error: a page cannot show an object

/** A piece of HTML in which everything is escaped that has to be. Only markup`…` makes one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What can be in ${…}. Nothing, null and false write nothing, so `isOpen && markup…` works. */
export type Value = string | number | Markup | undefined | null | false | readonly Value[];

export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (value === undefined || value === null || value === false) return '';
  throw new TypeError(
    `A page holds text, numbers and markup, but ${describe(value)} was to be written: ` +
    'name the field that is meant, such as item.name.',
  );
}

export function describe(value: unknown): string {
  if (value instanceof Markup) return `the markup ${shorten(value.text)}`;
  if (value instanceof Promise) return 'a promise (is an "await" missing?)';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

export function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 30)} … ${line.slice(-25)}` : line;
}

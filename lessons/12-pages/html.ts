// Lesson 12 · html: text of guests in a page, and never as a part of the page's code.
//
//   markup`<p>${"<script>alert('free coffee')</script>"}</p>`
//     ──►  <p>&lt;script&gt;alert(&#39;free coffee&#39;)&lt;/script&gt;</p>     shown, and not run
//
// The tag before the template is a function: it gets the texts that we wrote and the values between
// them, apart from each other. So it can escape every value, and nobody has to remember to. A
// function escape() to be called by hand is forgotten once, and once is enough. What markup`…`
// returns is known to be safe already, and goes into another markup`…` as it is.
// (Other libraries call this tag `html`. Here that is the reply of lesson 02.)

/** A piece of HTML in which everything is escaped that has to be. Only markup`…` makes one. */
class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const writers = known.get(parts) ?? findWriters(parts);
  let text = parts[0]!;
  for (let index = 0; index < values.length; index += 1) {
    text += writers[index]!(values[index]) + parts[index + 1]!;
  }
  return new Markup(text);
}

function writeText(value: Value): string {
  if (typeof value === 'string') return escapeText(value);
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.reduce(addText, '');
  return toText(value);
}

function addText(text: string, value: Value): string {
  return text + writeText(value);
}

/** The five signs that mean something in HTML, as codes that only show them. */
export function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (sign) => CODES[sign]!) : text;
}

const SPECIAL = /[&<>"']/;
const SPECIALS = /[&<>"']/g;
const CODES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export type { Markup };

/** What may be in ${…}. Nothing, null and false write nothing: so `isOpen && markup…` works. */
export type Value = string | number | Markup | undefined | null | false | readonly Value[];

// What "+" has joined stays a chain of its parts in V8, and each answer would walk along it: so for
// what is kept, to bytes and back.
export function flatten({ text }: Markup): Markup {
  return new Markup(Buffer.from(text).toString());
}

type Writer = (value: Value) => string;

// Where a value stands decides how it is written. All of a template's places are looked at once,
// when it is first used: every use of one template has the same list of parts.
const known = new WeakMap<TemplateStringsArray, Writer[]>();

/** Throws an Error for a template with a value where no escaping helps: in a script, for one. */
function findWriters(parts: TemplateStringsArray): Writer[] {
  const open = parts.map((_, index) => parts.slice(0, index + 1).join('…').replace(WHOLE, ''));
  const end = open.pop()!;
  const writers = open.map((begun) => (begun === '' ? writeText : writerInside(begun)));
  if (end) {
    throw new Error(
      `This template ends inside of ${shorten(end)}: close it in the template that opens it.`,
    );
  }
  known.set(parts, writers);
  return writers;
}

// Whatever is whole, from the start on: text, comments, code, tags, and a "<" that begins nothing,
// as in "1 < 2". What is left behind it is still open: `<a href="` or '<script>let note = '.
const TEXT = /[^<]+/;
const COMMENT = /<!--.*?-->/;
const CODE = /<(script|style)\b.*?<\/\1\s*>/;
const TAG = /<(?!!--|script\b|style\b)[a-z/!](?:"[^"]*"|'[^']*'|[^"'>])*>/;
const NO_TAG = /<(?=[^a-z/!])/;
const WHOLE = new RegExp(`^(?:${sources(TEXT, COMMENT, CODE, TAG, NO_TAG).join('|')})*`, 'is');

const BEGUN_TAG = /^<([a-z][\w-]*)/;
const ATTRIBUTES = /(?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*/;
const BEGUN_ATTRIBUTE = /\s+([^\s=>"'/]+)\s*=\s*(?:"([^"]*)|'([^']*))$/;
const ATTRIBUTE = new RegExp(sources(BEGUN_TAG, ATTRIBUTES, BEGUN_ATTRIBUTE).join(''), 'i');

function sources(...patterns: RegExp[]): string[] {
  return patterns.map(({ source }) => source);
}

const ADDRESSES = new Set([
  'href', 'src', 'action', 'formaction', 'poster', 'data', 'ping', 'cite', 'manifest', 'xlink:href',
]);
const RUNS = /^(?:on.*|style|srcdoc|srcset|imagesrcset)$/;
const BEGUN_CODE = /^<(?:script|style)\b(?:"[^"]*"|'[^']*'|[^"'>])*>/i;

function writerInside(open: string): Writer {
  if (open.startsWith('<!--')) return refuse(open, 'Nobody sees a comment: take the value out.');
  if (BEGUN_CODE.test(open)) {
    return refuse(
      open,
      'This is code, where other signs have to be escaped. ' +
      'Write the value into an attribute, such as data-id="…", and let a script read it there.',
    );
  }
  const { tag, name, begun } = findAttribute(open);
  if (name === '') {
    return refuse(
      open,
      'A value may stand between two tags, ' +
      'or in quotation marks as the value of an attribute: class="…".',
    );
  }
  if (RUNS.test(name)) {
    return refuse(
      open,
      `What stands in the attribute "${name}" is read as code. ` +
      'Write the value into an attribute such as data-id="…".',
    );
  }
  if (!ADDRESSES.has(name)) return writeAttribute;
  if (begun === '') return tag === 'a' ? writeLink : writeOwnAddress;
  if (isAddress(begun, tag)) return writePartOfAddress;
  return refuse(
    open,
    'An address must begin with one "/"; that of a link may begin with https:// as well.',
  );
}

function findAttribute(open: string): { tag: string; name: string; begun: string } {
  const [, tag = '', name = '', inDouble, inSingle] = ATTRIBUTE.exec(open) ?? [];
  return { tag: tag.toLowerCase(), name: name.toLowerCase(), begun: inDouble ?? inSingle ?? '' };
}

function writeAttribute(value: Value): string {
  if (value instanceof Markup || Array.isArray(value)) {
    throw new TypeError(
      `An attribute holds text, and no markup, but it was ${show(value)}: hand in the text itself.`,
    );
  }
  return escapeText(toText(value));
}

// "javascript:…" is an address too, and runs what stands behind it. A refused address leads to an
// empty page: to throw would let one guest with a bad link break the page for all.
function writeLink(value: Value): string {
  const address = writeAttribute(value);
  return isAddress(address, 'a') ? address : 'about:blank';
}

function writeOwnAddress(value: Value): string {
  const address = writeAttribute(value);
  return isAddress(address, '') ? address : 'about:blank';
}

/** `/menu?search=${'milk & tea'}` → "/menu?search=milk%20%26%20tea" */
function writePartOfAddress(value: Value): string {
  if (typeof value === 'number') return writeAttribute(value);
  if (value instanceof Markup || Array.isArray(value)) return writeAttribute(value);
  return escapeText(encodeURIComponent(Buffer.from(toText(value)).toString()));
}

// To this server, or by a link to another one. "//host" and "/\host" are another server as well,
// and browsers drop tabs and line breaks before they look.
function isAddress(address: string, tag: string): boolean {
  if (/[\x00-\x20\x7f\\]/.test(address)) return false;
  if (/^(?:\/(?!\/)|[?#]|$)/.test(address)) return true;
  return tag === 'a' && /^(?:https?:\/\/|mailto:)/i.test(address);
}

function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (value === undefined || value === null || value === false) return '';
  throw new TypeError(
    `A page holds text, numbers and markup, but ${show(value)} was to be written: ` +
    'name the field that is meant, such as item.name.',
  );
}

function refuse(open: string, sentence: string): never {
  throw new Error(`A value cannot stand behind ${shorten(open)} in a template. ${sentence}`);
}

function shorten(open: string): string {
  const line = open.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 30)} … ${line.slice(-25)}` : line;
}

function show(value: unknown): string {
  if (value instanceof Markup) return `the markup ${shorten(value.text)}`;
  if (value instanceof Promise) return 'a promise (is an "await" missing?)';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

// Lesson 12 · template-places: where a value is in a template decides how it is written.
//
//   markup`<p title="${tip}">${text}</p>`
//     ──►  [writeAttribute, writeText]
//   markup`<p onclick="${code}">`
//     ──►  an error: browsers read this attribute as code, and no escaping makes that safe

import {
  isAddress, writeAttribute, writeLink, writeOwnAddress, writePartOfAddress,
} from './attribute.ts';
import { shorten, type Value } from './markup-value.ts';

export type Writer = (value: Value) => string;

/** Throws an Error for a value in a place where no escaping helps, such as inside a script. */
export function findWriters(parts: TemplateStringsArray, writeText: Writer): Writer[] {
  const open = parts.map((_, index) => parts.slice(0, index + 1).join('…').replace(WHOLE, ''));
  const end = open.pop()!;
  const writers = open.map((begun) => (begun === '' ? writeText : writerInside(begun)));
  if (end) {
    throw new Error(
      `This template ends inside of ${shorten(end)}: close it in the template that opens it.`,
    );
  }
  return writers;
}

function refuse(open: string, sentence: string): never {
  throw new Error(`A value cannot come after ${shorten(open)} in a template. ${sentence}`);
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

// A small tokenizer, as patterns: text, comments, code, tags, and a "<" that begins no tag, as in
// "1 < 2". WHOLE takes as many of them as are complete. What is left is still open, such as
// `<a href="` or '<script>let note = '.
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
      'This is code, where other characters have to be escaped. ' +
      'Write the value into an attribute, such as data-id="…", and let a script read it there.',
    );
  }
  const { tag, name, begun } = findAttribute(open);
  if (name === '') {
    return refuse(
      open,
      'Write the value between two tags, ' +
      'or in quotation marks as the value of an attribute: class="…".',
    );
  }
  if (RUNS.test(name)) {
    return refuse(
      open,
      `Browsers read the attribute "${name}" as code. ` +
      'Write the value into an attribute such as data-id="…".',
    );
  }
  if (!ADDRESSES.has(name)) return writeAttribute;
  if (begun === '') return tag === 'a' ? writeLink : writeOwnAddress;
  if (isAddress(begun, tag)) return writePartOfAddress;
  return refuse(
    open,
    'An address must begin with one "/"; the address of a link can also begin with https://.',
  );
}

function findAttribute(open: string): { tag: string; name: string; begun: string } {
  const [, tag = '', name = '', inDouble, inSingle] = ATTRIBUTE.exec(open) ?? [];
  return { tag: tag.toLowerCase(), name: name.toLowerCase(), begun: inDouble ?? inSingle ?? '' };
}

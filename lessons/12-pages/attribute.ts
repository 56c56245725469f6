// Lesson 12 · attribute: a value inside a tag, between quotation marks.
//
//   title="${'Zoë "Z"'}"                ──►  title="Zoë &quot;Z&quot;"
//   href="${'javascript:alert(1)'}"     ──►  href="about:blank"
//   href="/menu?search=${'milk & tea'}" ──►  href="/menu?search=milk%20%26%20tea"

import { escapeText } from './escape.ts';
import { describe, Markup, toText, type Value } from './markup-value.ts';

export function writeAttribute(value: Value): string {
  if (value instanceof Markup || Array.isArray(value)) {
    throw new TypeError(
      `An attribute holds text, and no markup, but it was ${describe(value)}: ` +
      'hand in the text itself.',
    );
  }
  return escapeText(toText(value));
}

// "javascript:…" is an address too, and the browser runs the rest of it. A refused address leads to
// an empty page. An error here would let one guest with a bad link break the page for everybody.
export function writeLink(value: Value): string {
  const address = writeAttribute(value);
  return isAddress(address, 'a') ? address : 'about:blank';
}

export function writeOwnAddress(value: Value): string {
  const address = writeAttribute(value);
  return isAddress(address, '') ? address : 'about:blank';
}

/** `/menu?search=${'milk & tea'}` → "/menu?search=milk%20%26%20tea" */
export function writePartOfAddress(value: Value): string {
  if (typeof value === 'number') return writeAttribute(value);
  if (value instanceof Markup || Array.isArray(value)) return writeAttribute(value);
  return escapeText(encodeURIComponent(Buffer.from(toText(value)).toString()));
}

// A path of this server, or for a link another site. "//host" and "/\host" are other sites too, and
// browsers drop tabs and line breaks before they read an address.
export function isAddress(address: string, tag: string): boolean {
  if (/[\x00-\x20\x7f\\]/.test(address)) return false;
  if (/^(?:\/(?!\/)|[?#]|$)/.test(address)) return true;
  return tag === 'a' && /^(?:https?:\/\/|mailto:)/i.test(address);
}

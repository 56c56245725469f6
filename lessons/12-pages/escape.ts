// Lesson 12 · escape: text that browsers show, and never read as HTML.
//
//   escapeText('<b>2 & 3</b>')  ──►  '&lt;b&gt;2 &amp; 3&lt;/b&gt;'

/** The five characters that mean something in HTML, as codes that only show them. */
export function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (character) => CODES[character]!) : text;
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

// An excerpt: as much of a long text as fits.
//
//   excerpt('{"id":2}\\n')              ──►  '"{"id":2}"'
//   excerpt('')                         ──►  'empty'
//   shorten('GET /menu?search=…', 12)   ──►  'GET /menu?s…'

/** A body in the middle of a sentence, in quotes. */
export function excerpt(text: string): string {
  const short = text.trim().replace(/\s*\n\s*/g, ' ⏎ ');
  if (short === '') return 'empty';
  return short.length > 160 ? `"${short.slice(0, 160)}…"` : `"${short}"`;
}

/** Cuts no character in two. */
export function shorten(text: string, width: number): string {
  const [...signs] = text;
  return signs.length <= width ? text : `${signs.slice(0, Math.max(width - 1, 1)).join('')}…`;
}

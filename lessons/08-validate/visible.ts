// Lesson 08 · visible: can a person see what a text says?
//
//   canBeSeen('Zoë')                            ──►  true
//   canBeSeen('\u{1f469}\u200d\u{1f373}')       ──►  true     a cook: a woman, a joiner, a pan
//   canBeSeen('Zoë\u200b')                      ──►  false    looks like "Zoë": is another name
//   canBeSeen('\u3164')                         ──►  false    looks like nothing
//   canBeSeen('\u202eëoZ')                      ──►  false    turns the rest of the line round
//
// Unicode has some 4,000 invisible characters. Most of them do not belong in a name. Some do, but
// only after the letters or the emoji that they change.

/** For one line, such as a name: it shows something, and hides nothing. */
export function canBeSeen(text: string): boolean {
  const rest = text.replace(NEEDED, '');
  return INK.test(rest) && !HIDDEN.test(rest);
}

/** For text of several lines. Some scripts break their lines at characters that are hidden. */
export function canBeRead(text: string): boolean {
  return INK.test(text.replace(ALL_HIDDEN, '')) && !TURNING.test(text);
}

/** Writes a code, such as \u202e, in place of each invisible character. */
export function showHidden(text: string): string {
  return text.replace(NEEDED_OR_HIDDEN, (found, hidden?: string) => (hidden ? code(found) : found));
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

const INK = /[\p{Letter}\p{Number}\p{Punctuation}\p{Symbol}\p{Extended_Pictographic}]/u;

// Fonts draw nothing for "default ignorable" characters. The single ones after them are blank, too.
const HIDDEN =
  /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffc\u{1d159}]/u;
const ALL_HIDDEN = new RegExp(HIDDEN, 'gu');

// Text after it runs in the other direction. Hebrew and Arabic do so without them.
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

// In these scripts a letter changes its form before U+200C or U+200D.
const JOINING = [
  'Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya',
  'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar',
].map((script) => `\\p{Script_Extensions=${script}}`).join('');

const EMOJI = '\\p{Extended_Pictographic}';

const NEEDED = new RegExp([
  `(?<=[${JOINING}])(?:\\u200d|\\u200c(?=[\\p{Letter}\\p{Mark}]))`,
  `(?<=[${EMOJI}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=${EMOJI})`, // several emoji in one
  `(?<=${EMOJI})[\\ufe0e\\ufe0f]`, // with colours, or without
  '(?<=[\\d#*])\\ufe0f(?=\\u20e3)', // a digit on a key
  `(?<=\\u{1f3f4})(?:${['gbeng', 'gbsct', 'gbwls'].map(flag).join('|')})`,
  '(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]', // one of several ways to write it
  '(?<=\\p{Script=Mongolian})[\\u180b-\\u180f]',
  '(?<=\\p{Script=Braille})\\u2800', // a space between words
].join('|'), 'gu');

// A wide or a fixed space looks like the usual one.
const SPACES = '\\u00a0\\u2000-\\u200a\\u202f\\u3000';
const NEEDED_OR_HIDDEN = new RegExp(`${NEEDED.source}|(${HIDDEN.source}|[${SPACES}])`, 'gu');

// The flag of England is a black flag, and after it the letters "gbeng" in hidden characters.
function flag(country: string): string {
  const letters = country.split('').map((letter) => 0xe0000 + letter.charCodeAt(0));
  return [...letters, 0xe007f].map((point) => `\\u{${point.toString(16)}}`).join('');
}

function code(hidden: string): string {
  const units = hidden.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}

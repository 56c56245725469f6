// Lesson 14 · password-text: which characters are hashed?
//
//   normalizePassword('cafe' + '\u0301')  ──►  'café'   "é" as two characters becomes one
//   isExact('flat white')                 ──►  true
//   isExact('flat white\0')               ──►  false    it would hash like 'flat white'

/**
 * The text that is hashed. "é" may arrive as one character or as two, depending on the keyboard
 * (RFC 8265, 4.2.2; NIST SP 800-63B-4, 3.1.1.2). Nothing else changes: spaces at the ends belong to
 * the password.
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * False for a text that hashes like another one. scrypt fills a short password up with zero bytes,
 * so "tea" and "tea\0" are the same to it; and every half of a surrogate pair becomes the same "�".
 */
export function isExact(password: string): boolean {
  return !/\0|\p{Surrogate}/u.test(password);
}

export const NOT_EXACT =
  'A password must not contain the character U+0000 or half of a character.';

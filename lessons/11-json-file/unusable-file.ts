// Lesson 11 · unusable-file: a file that cannot be used, and is left as it is.
//
//   throw new UnusableFile('it is empty.')
//     ──►  cafe.json cannot be used: it is empty. It is left as it is. …

/** The message goes on after the name of the file: "cafe.json cannot be used: …". */
export class UnusableFile extends Error {}

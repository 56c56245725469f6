// Lesson 11 · error-code: which failure is this?
//
//   hasCode(error, ['ENOENT'])  ──►  true    there is no such file

export function hasCode(error: unknown, codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

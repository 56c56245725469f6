// Taught in lesson 17
// cannot-be-used: a damaged file is named and left as it is. Nothing is repaired by guessing.
//
//   line 3 is damaged: …
//     ──►  "journal-1.jsonl cannot be used: line 3 is damaged: … Nothing in the folder was
//           changed. Put a good copy of it back, or …"

import { UnusableFile } from '../lessons/11-json-file/unusable-file.ts';

/** `repairHint`: a better way out than the usual one, if there is any. */
export async function orThrowUnusable<Result>(
  path: string,
  read: () => Result,
  repairHint = async () => '',
): Promise<Result> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    throw cannotBeUsed(path, error.message, await repairHint());
  }
}

export function cannotBeUsed(path: string, problem: string, repairHint = ''): UnusableFile {
  const usual = 'Put a good copy of it back, or move the whole folder away to start with no data.';
  return new UnusableFile(
    `${path} cannot be used: ${problem} Nothing in the folder was changed. ${repairHint || usual}`,
  );
}

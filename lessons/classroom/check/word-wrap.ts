// Word wrap: a sentence is easier to read in lines of 90 characters.
//
//   wrapWords('The handler ran …', '// ')  ──►  ['// The handler ran …', '// answered 500.']

export function wrapWords(text: string, indent: string, width = 90): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => indent + line);
}

// Plain text: a page as a terminal shows it.
//
//   '**Guess** first: see [lesson 4](…).'  ──►  'Guess first: see lesson 4.'
//
// Paragraphs are wrapped to the terminal; blocks of code stay as they are, two columns in.

import { wrapWords } from './word-wrap.ts';

export function plainText(markdown: string): string {
  const parts = markdown.split(/^```.*\n([^]*?)^```$\n?/m);
  return parts.map((part, index) => (index % 2 === 1 ? indented(part) : wrapped(part)))
    .join('').trimEnd();
}

function indented(code: string): string {
  return code.replace(/^(?=.)/gm, '  ');
}

/** An item of a list goes on below its first word. */
function wrapped(text: string): string {
  return text.split('\n').map((line) => {
    const [, mark = '', rest = ''] = /^(\s*(?:[-*]|\d+\.) |)(.*)$/.exec(withoutMarks(line)) ?? [];
    return wrapWords(rest, mark, ' '.repeat(mark.length)).join('\n');
  }).join('\n');
}

/** Code keeps its backticks: in it, nothing is a mark. */
function withoutMarks(line: string): string {
  return line.split(/(`[^`]*`)/).map((part, index) => (index % 2 === 1 ? part : part
    .replace(/^#+ /, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*?|_)(?=\S)(.+?)(?<=\S)\1/g, '$2'))).join('');
}

// A README taken apart: headings, fenced blocks, words, links.
//
//   ```ts router.ts                 { language: 'ts', file: 'router.ts', heading: 'The code',
//   export function findRoute(  ──►   line: 12, lines: ['export function findRoute('] }
//   ```
export type Block = {
  language: string;
  /** The file that the block is bound to; '' when it names none. */
  file: string;
  /** The `## ` heading above it. */
  heading: string;
  /** Where the fence opens, counted from 1. */
  line: number;
  lines: string[];
};

type Line = { line: number; text: string };
type Parts = { headings: string[]; blocks: Block[]; prose: Line[]; slips: number[] };

export function partsOf(text: string): Parts {
  const parts: Parts = { headings: [], blocks: [], prose: [], slips: [] };
  let open: Block | undefined;
  text.split('\n').forEach((line, index) => {
    if (open && line.trimEnd() === '```') open = undefined;
    else if (open) open.lines.push(line);
    else open = readOutside(parts, line, index + 1);
  });
  if (open) parts.slips.push(open.line);
  return parts;
}

function readOutside(parts: Parts, text: string, line: number): Block | undefined {
  if (text.startsWith('```')) return openBlock(parts, text, line);
  if (/^(\s+```|\s*~~~)/.test(text)) parts.slips.push(line);
  if (text.startsWith('## ')) parts.headings.push(text.slice(3).trim());
  else if (!text.startsWith('#')) parts.prose.push({ line, text });
  return undefined;
}

function openBlock(parts: Parts, fence: string, line: number): Block {
  const [language = '', file = ''] = fence.slice(3).trim().split(/\s+/);
  const block = { language, file, heading: parts.headings.at(-1) ?? '', line, lines: [] };
  parts.blocks.push(block);
  return block;
}

/** Words outside of headings and blocks: what holds at least one letter or digit. */
export function countWords(text: string): number {
  const words = partsOf(text).prose.flatMap((line) => line.text.split(/\s+/));
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Links and pictures to files, as they are written, without those to other sites. */
export function fileLinksOf(text: string): { line: number; target: string }[] {
  return partsOf(text).prose.flatMap(({ line, text }) => {
    const plain = text.replace(/`[^`]*`/g, '');
    const found = [...plain.matchAll(/\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*(\S+)/g)];
    return found.map((match) => ({ line, target: (match[1] ?? match[2])! }))
      .filter(({ target }) => !/^([a-z][a-z+.-]*:|#)/i.test(target));
  });
}

export type Example = { line: number; commands: string[]; output: string[] | undefined };

/** Each ```sh block with the output that the next block, if it is ```text, says it prints. */
export function examplesOf(text: string): Example[] {
  const { blocks } = partsOf(text);
  return blocks.flatMap((block, index) => {
    if (block.language !== 'sh' || block.file !== '') return [];
    const next = blocks[index + 1];
    const shown = next?.language === 'text' && next.heading === block.heading;
    const commands = block.lines.map((line) => line.trim()).filter((line) => line !== '');
    return { line: block.line, commands, output: shown ? next.lines : undefined };
  });
}

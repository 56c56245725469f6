// The gallery: the known mistakes of an exercise, read from its page proof/mistakes.md.
//
//   ### T3 missing return: filter-without-return       { code: 'T3', name: 'missing return',
//                                                        slug: 'filter-without-return',
//   The handler ran and handed nothing back.      ──►    says: 'The handler ran and …',
//
//   ```diff
//   -  return items.filter(isTea);                       lines: ['-  return …', '+  items.…'] }
//   +  items.filter(isTea);
//   ```
//
// The diff changes solution.ts, and ```diff right/strings.ts changes that program; ```ts is a whole
// program. Anything else is refused, with its line: a mistake that is left out without a word would
// be proved no more.

import { existsSync, readFileSync } from 'node:fs';
import { Advice } from '../advice.ts';
import type { Exercise } from './exercises.ts';
import type { PatchLine } from './patch.ts';

export type KnownMistake = {
  code: string;
  name: string;
  /** Its own name in this exercise. A new mistake moves the numbers, but no slug. */
  slug: string;
  /** Its place among those with the same code, from 1: the 2 of "T3 2". */
  number: number;
  /** '' only for a code of your own, such as Z1. */
  says: string;
  /** 'solution.ts' or 'right/strings.ts': the program that is changed. */
  base: string;
  /** Of a whole program, or of a diff. */
  lines: PatchLine[];
  isWhole: boolean;
};

/** Throws Advice where the page cannot be read as a gallery. No page is no mistakes. */
export function readGallery({ mistakes, path }: Exercise): KnownMistake[] {
  if (!existsSync(mistakes)) return [];
  return parseGallery(readFileSync(mistakes, 'utf8'), `${path}/proof/mistakes.md`);
}

/** `page` is the page's path, for the sentences. */
export function parseGallery(text: string, page: string): KnownMistake[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({
    text: line,
    at: `${page}, line ${index + 1}`,
  }));
  const entries = entriesOf(partsOf(lines));
  refuseTwins(entries);
  return entries.map((entry, index) => ({
    ...finish(entry),
    number: entries.slice(0, index + 1).filter(({ code }) => code === entry.code).length,
  }));
}

type Block = { kind: 'block'; fence: string; lines: PatchLine[]; at: string };
type Part = Block | { kind: 'heading' | 'text'; text: string; at: string };

function partsOf(lines: PatchLine[]): Part[] {
  const parts: Part[] = [];
  let open: Block | undefined;
  for (const line of lines) {
    if (open) open = takeLine(open, line);
    else if (/^\s*(```|~~~)/.test(line.text)) parts.push(open = openBlock(line));
    else if (line.text.startsWith('#')) parts.push({ kind: 'heading', ...line });
    else if (line.text.trim() !== '') parts.push({ kind: 'text', ...line });
  }
  if (open) throw new Advice(`${open.at}: this block is not closed. End it with a line "\`\`\`".`);
  return parts;
}

function openBlock({ text, at }: PatchLine): Block {
  return { kind: 'block', fence: text.trimEnd(), lines: [], at };
}

/** The block, or undefined once it is closed. */
function takeLine(block: Block, { text, at }: PatchLine): Block | undefined {
  if (text.trimEnd() === '```') return undefined;
  if (text.startsWith('```')) {
    throw new Advice(
      `${at}: a block begins within the block above. End that one with a line "\`\`\`".`,
    );
  }
  block.lines.push({ text, at });
  return block;
}

type Entry = {
  code: string;
  name: string;
  slug: string;
  at: string;
  says: string[];
  block?: Block;
};

function entriesOf(parts: Part[]): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry | undefined; // the one whose heading is above
  for (const part of parts) {
    if (part.kind === 'heading') {
      entry = readHeading(part);
      if (entry) entries.push(entry);
    } else if (part.kind === 'block') addBlock(part, entry);
    else addText(part, entry);
  }
  return entries;
}

const form = /^### ([A-Z]{1,2}\d{1,2}) (.+): ([a-z0-9]+(?:-[a-z0-9]+)*)$/i;

/** Undefined: the page's title, or the heading of a group. */
function readHeading({ text, at }: { text: string; at: string }): Entry | undefined {
  if (/^##? /.test(text)) return undefined;
  const [, code, name, slug] = form.exec(text.trimEnd()) ?? [];
  if (code === undefined || name === undefined || slug === undefined) {
    throw new Advice(
      `${at}: a mistake's heading is its code, its name, ":" and its slug, ` +
        `such as "### T3 missing return: filter-without-return", but this is "${text}".`,
    );
  }
  if (hasAnotherMeaning(slug)) {
    throw new Advice(
      `${at}: "${slug}" would mean something else in a command. ` +
        'Choose another slug, such as "missing-return".',
    );
  }
  return { code, name, slug, at, says: [] };
}

/** "npm run mistake 4 T3 2" and "npm run check 4 once" must mean one thing. */
function hasAnotherMeaning(slug: string): boolean {
  return /^(\d+|once|watch|proof|failed)$/i.test(slug);
}

function addText({ text, at }: { text: string; at: string }, entry: Entry | undefined): void {
  if (entry === undefined) return; // the page's own introduction
  if (entry.block) {
    throw new Advice(
      `${at}: the sentence of "${entry.slug}" belongs above its block. Move it there.`,
    );
  }
  entry.says.push(text.trim());
}

const fences = /^```(ts|diff|diff right\/[\w-]+\.ts)$/;

function addBlock(block: Block, entry: Entry | undefined): void {
  if (!fences.test(block.fence)) {
    throw new Advice(
      `${block.at}: a block opens with "\`\`\`diff", "\`\`\`diff right/some-name.ts" or ` +
        `"\`\`\`ts", at the very start of its line, but this is "${block.fence}".`,
    );
  }
  if (entry === undefined) {
    throw new Advice(
      `${block.at}: this block belongs to no mistake. ` +
        'Write a heading above it, such as "### T3 missing return: filter-without-return".',
    );
  }
  if (entry.block) {
    throw new Advice(
      `${block.at}: "${entry.slug}" has a block already. ` +
        'Write "@@" between two changes, or give this one a heading of its own.',
    );
  }
  entry.block = block;
}

function refuseTwins(entries: Entry[]): void {
  const taken = new Set(entries.map(({ code }) => code.toLowerCase()));
  for (const { slug, at } of entries) {
    if (taken.has(slug.toLowerCase())) {
      throw new Advice(
        `${at}: "${slug}" is a code or a slug on this page already. ` +
          'Choose another slug, such as "missing-return".',
      );
    }
    taken.add(slug.toLowerCase());
  }
}

function finish({ code, name, slug, at, says, block }: Entry): Omit<KnownMistake, 'number'> {
  if (block === undefined || block.lines.length === 0) {
    throw new Advice(
      `${at}: "${slug}" has no change. ` +
        'Write it below the sentence, between "```diff" and "```".',
    );
  }
  if (says.length === 0 && !code.startsWith('Z')) {
    throw new Advice(
      `${at}: "${slug}" has no sentence. Write what the check says above its block.`,
    );
  }
  const [kind, base = 'solution.ts'] = block.fence.slice('```'.length).split(' ');
  return {
    code, name, slug, base,
    says: plain(says.join(' ')),
    lines: block.lines,
    isWhole: kind === 'ts',
  };
}

// In markdown "\<script>" is shown as "<script>", and "<script>" not at all.
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

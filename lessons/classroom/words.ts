// The words after a server's name: how it shall run.
//
//   npm run lesson 4 port 3001  ──►  readWords(['port', '3001'])  ──►  { raw: false, port: 3001 }
//   npm run lesson 4 raw        ──►  { raw: true }; both words may come together
//
// Words and not flags: npm and PowerShell keep flags for themselves.

import { Advice } from './advice.ts';

export type RunOptions = { raw: boolean; port: number | undefined };

/** Throws Advice at a word that means nothing here. */
export function readWords(words: string[], command: string): RunOptions {
  const rest = words.filter((word) => word !== 'raw');
  const raw = rest.length === words.length - 1;
  const [first, second, ...more] = rest;
  const isKnown = raw || rest.length === words.length;
  if (isKnown && first === undefined) return { raw, port: undefined };
  if (isKnown && first === 'port' && more.length === 0) {
    return { raw, port: readPort(second, command) };
  }
  throw new Advice(`"${words.join(' ')}" means nothing here. ` +
    `Write: ${command}, or ${command} raw, or ${command} port 3001.`);
}

// The shape is checked as text: Number('0x10') and Number('') would be numbers too.
function readPort(word: string | undefined, command: string): number {
  const port = /^\d{1,5}$/.test(word ?? '') ? Number(word) : NaN;
  if (port <= 65535) return port;
  throw new Advice('A port is a whole number from 1 to 65535 (0 takes any free one), ' +
    `but it was "${word ?? ''}". For example: ${command} port 3001`);
}

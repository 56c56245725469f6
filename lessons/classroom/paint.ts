// Colours, where somebody sees them.
//
//   paint('green', '✔ as promised')  ──►  green in a terminal, the bare text in a file or a test
//
// A colour never stands alone: a mark or a word says the same.

import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

export function paint(style: Style, text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

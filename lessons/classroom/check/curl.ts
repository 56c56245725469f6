// A request as a line for a terminal. Double quotes are understood by every shell.
//
//   GET /menu?search=tea  ──►  curl -i "http://localhost:3000/menu?search=tea"

import type { Sent } from './program.ts';

export function curl({ method, target, headers, body, pieces }: Sent): string {
  const sent = pieces ? Buffer.concat(pieces) : body;
  const url = `http://localhost:3000${target}`;
  const lines = headers.map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`);
  const address = isSimple(target) ? url : quoted(url);
  return `curl${wayOf(method, sent)} ${address}${lines.join('')}${dataOf(sent)}`;
}

function wayOf(method: string, sent: Buffer): string {
  if (method === 'HEAD') return ' -I';
  return method === 'GET' && sent.length === 0 ? ' -i' : ` -i -X ${method}`;
}

function dataOf(sent: Buffer): string {
  if (sent.length === 0) return '';
  if (sent.length > 500) return ` --data-binary @file   (${sent.length} bytes)`;
  return ` --data-binary ${quoted(sent.toString('utf8'))}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function isSimple(text: string): boolean {
  return /^[\w/.~-]+$/.test(text);
}

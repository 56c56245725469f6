// A jar for cookies: what one answer sets, the next request brings along, as a browser does.
//
//   ← Set-Cookie: sid=8Jp4…; Path=/; HttpOnly     keep(headers)
//   → Cookie: sid=8Jp4…                           fill(request)
//
// requests.http is read from the top, and editors' clients keep cookies between its requests. A
// request with a Cookie of its own is left alone: it tries what somebody else might send. One jar
// is for one server, so neither host nor path is looked at.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Headers = [name: string, value: string][];

export type Jar = {
  /** The same request, with the cookies that are in the jar. */
  fill<Request extends { headers: Headers }>(request: Request): Request;
  /** Takes what an answer sets, and throws away what it ends. */
  keep(headers: Headers): void;
};

/** With a file, it outlives the process. */
export function openJar(file?: string): Jar {
  const cookies = readJar(file);
  return {
    fill(request) {
      if (cookies.size === 0 || hasCookie(request.headers)) return request;
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      return { ...request, headers: [...request.headers, ['Cookie', cookie]] };
    },
    keep(headers) {
      const set = headers.filter(([name]) => name.toLowerCase() === 'set-cookie');
      for (const [, value] of set) keepOne(cookies, value);
      if (file !== undefined && set.length > 0) writeJar(file, cookies);
    },
  };
}

function hasCookie(headers: Headers): boolean {
  return headers.some(([name]) => name.toLowerCase() === 'cookie');
}

function keepOne(cookies: Map<string, string>, header: string): void {
  const [pair = '', ...words] = header.split(';').map((part) => part.trim());
  const name = pair.slice(0, Math.max(0, pair.indexOf('=')));
  if (words.some(isEnd)) cookies.delete(name);
  else if (name !== '') cookies.set(name, pair.slice(name.length + 1));
}

function isEnd(word: string): boolean {
  if (/^max-age=(0|-\d+)$/i.test(word)) return true;
  return /^expires=/i.test(word) && Date.parse(word.slice(8)) <= Date.now();
}

// A jar that is missing or broken is an empty one.
function readJar(file: string | undefined): Map<string, string> {
  try {
    if (file === undefined) return new Map();
    return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return new Map();
  }
}

function writeJar(file: string, cookies: Map<string, string>): void {
  if (cookies.size === 0) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(cookies))}\n`, { mode: 0o600 });
}

// Lesson 13 · attacks: 27 ways out of a folder, for the lab and for the tests.
//
//   GET /files/..%2fsecret.txt   ──►  must not return the text of secret.txt
//
// Each of them once opened some server on the internet. Some work only on Windows, some only if a
// program decodes an address twice, or checks how a path begins.

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Attack = [name: string, target: string];

/** `below` is the folder that layOut() has filled. The targets are sent as they are. */
export function attacks(below: string): Attack[] {
  return [
    ['two dots', '/files/../secret.txt'],
    ['two dots, from further down', '/files/pictures/../../secret.txt'],
    ['the dots as codes', '/files/%2e%2e/secret.txt'],
    ['one of the dots as a code', '/files/.%2E/secret.txt'],
    ['the slash as a code', '/files/..%2fsecret.txt'],
    ['dots and slash as codes', '/files/%2e%2e%2fsecret.txt'],
    ['coded twice', '/files/%252e%252e%252fsecret.txt'],
    ['dots in two bytes each', '/files/%c0%ae%c0%ae/secret.txt'],
    ['wide dots', '/files/%ef%bc%8e%ef%bc%8e/secret.txt'],
    ['a backslash', '/files/..\\secret.txt'],
    ['a backslash as a code', '/files/..%5csecret.txt'],
    ['dots within dots', '/files/....//secret.txt'],
    ['dots and a semicolon', '/files/..;/secret.txt'],
    ['a folder that begins alike', '/files/../public-old/secret.txt'],
    ['an address that begins alike', '/files-old/secret.txt'],
    ['a path from the root', `/files/${join(below, 'secret.txt')}`],
    ['a drive', '/files/C:/Windows/win.ini'],
    ['another machine', '/files/%5c%5clocalhost%5cC$%5csecret.txt'],
    ['an ending behind a zero byte', '/files/../secret.txt%00.css'],
    ['the whole URL', 'http://localhost/files/../secret.txt'],
    ['a link to a file', '/files/link.txt'],
    ['a link to a link', '/files/chain.txt'],
    ['a link to a folder', '/files/elsewhere/secret.txt'],
    ['a name with a dot in front', '/files/.env'],
    ['a folder with a dot in front', '/files/.git/config'],
    ['the name of a device', '/files/CON'],
    ['a second name of Windows for a file', '/files/.env::$DATA'],
  ];
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

export const secret = 'SECRET: the key of the till is under the plant.';

/** Makes the folder "public", with secrets in it and next to it. */
export async function layOut(below: string): Promise<string> {
  const files = {
    'public/look.css': 'body { color: brown; }\n',
    'public/pictures/tea.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    'secret.txt': secret,
    'private/secret.txt': secret,
    'public-old/secret.txt': secret,
    'public/.env': secret,
    'public/.git/config': secret,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(below, name, '..'), { recursive: true });
    await writeFile(join(below, name), text);
  }
  await symlink(join(below, 'private'), join(below, 'public/elsewhere'), 'junction');
  // Windows lets only an administrator make links to files.
  await symlink('../secret.txt', join(below, 'public/link.txt')).catch(() => {});
  await symlink('link.txt', join(below, 'public/chain.txt')).catch(() => {});
  return join(below, 'public');
}

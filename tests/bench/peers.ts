// Whom we are compared with, and whether they are here.
//
//   missingPeers(frameworks)  ──►  ['koa', '@koa/router'] when tests/bench/node_modules lacks them
//   versions(databases)       ──►  'lowdb 7.0.1, better-sqlite3 12.11.1'
//
// They are installed in this folder alone: npm install --prefix tests/bench

import { existsSync, readFileSync } from 'node:fs';

export const servers = ['bare', 'events', 'ours', 'fastify', 'hono', 'polka', 'koa', 'express'];

export const alone = ['bare', 'events', 'ours'];

export const databases = ['lowdb', '@seald-io/nedb', 'better-sqlite3'];

export const frameworks = Object.keys(readPackage(new URL('package.json', import.meta.url)).dependencies!).filter((name) => !databases.includes(name));

export function missingPeers(wanted: string[], folder = new URL('node_modules/', import.meta.url)): string[] {
  return wanted.filter((name) => !existsSync(new URL(`${name}/package.json`, folder)));
}

/** Installed ones that cannot be loaded: better-sqlite3 is made for one Node, and runs on no other. */
export async function unusablePeers(wanted: string[]): Promise<string[]> {
  const unusable = [];
  for (const name of wanted) if (!await canRun(name)) unusable.push(name);
  return unusable;
}

async function canRun(name: string): Promise<boolean> {
  try {
    const { default: Main } = await import(name);
    if (name === 'better-sqlite3') new Main(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

export function versions(of: string[]): string {
  return of.map((name) => `${name} ${readPackage(new URL(`node_modules/${name}/package.json`, import.meta.url)).version}`).join(', ');
}

function readPackage(path: URL): { version: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

// Whom we are compared with, and whether they are here.
//
//   missingPeers()  ──►  ['koa', '@koa/router'] when tests/bench/node_modules lacks them
//   versions()      ──►  'fastify 5.12.8, hono 4.13.19, …'
//
// They are installed in this folder alone: npm install --prefix tests/bench

import { existsSync, readFileSync } from 'node:fs';

export const servers = ['bare', 'events', 'ours', 'fastify', 'hono', 'polka', 'koa', 'express'];

export const alone = ['bare', 'events', 'ours'];

const { dependencies } = readPackage(new URL('package.json', import.meta.url));

export function missingPeers(folder = new URL('node_modules/', import.meta.url)): string[] {
  return Object.keys(dependencies!).filter((name) => !existsSync(new URL(`${name}/package.json`, folder)));
}

export function versions(): string {
  return Object.keys(dependencies!).map((name) => `${name} ${readPackage(new URL(`node_modules/${name}/package.json`, import.meta.url)).version}`).join(', ');
}

function readPackage(path: URL): { version: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

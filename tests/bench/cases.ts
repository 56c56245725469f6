// What is asked of every server, and what each must answer before it is measured.
//
//   { name: 'GET text', request: 'GET / HTTP/1.1⏎…', status: 200, type: 'text/plain', body: 'Hello …' }

import { readFileSync } from 'node:fs';
import { ada, findItem, folder, hello, menuHtml, sent, sid } from './cafe.ts';

/** `servers`: who is asked, if not all of them. */
export type Case = { name: string; request: string; status: number; type: string; body: string; servers?: string[] };

/** The benchmark sends this too, and it must be refused: nobody may save time by not looking. */
export const nonsense = post(sent.replace('340', '"3,40"'));

/** The last case without its cookie: whoever knows guests must refuse this one. */
export const stranger = get(`/api/accounts/${ada.id}`);

const item = JSON.stringify(findItem('42'));

export const cases: Case[] = [
  { name: 'GET text', request: get('/'), status: 200, type: 'text/plain', body: hello },
  { name: 'GET JSON by a value in the path, among 30 routes', request: get('/menu/42'), status: 200, type: 'application/json', body: item },
  { name: 'POST 300 bytes of JSON, parsed and checked', request: post(sent), status: 201, type: 'application/json', body: item },
  { name: 'GET a file of 10 KB', request: get('/files/look.css'), status: 200, type: 'text/css', body: readFileSync(`${folder}/files/look.css`, 'utf8') },
  { name: 'GET HTML of the menu', request: get('/menu'), status: 200, type: 'text/html', body: menuHtml() },
  { name: 'GET JSON by one who is logged in', request: get(`/api/accounts/${ada.id}`, `cookie: sid=${sid}\r\n`), status: 200, type: 'application/json', body: JSON.stringify(ada), servers: ['bare', 'ours'] },
];

export function isAsked({ servers }: Case, server: string): boolean {
  return servers === undefined || servers.includes(server);
}

function get(path: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${more}\r\n`;
}

function post(body: string): string {
  return `POST /menu HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

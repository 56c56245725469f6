// A small repository that keeps every law, to be broken in one place at a time.
//
//   smallHouse({ 'server.ts': 'export {};' })  ──►  the same house with another server.ts
import type { Files } from './files.ts';

/** A file given as undefined is taken away. */
export function smallHouse(changes: Record<string, string | undefined> = {}): Files {
  const files = Object.entries({ ...right, ...changes });
  return new Map(files.filter((file): file is [string, string] => file[1] !== undefined));
}

export function lessonText(title: string, code = ''): string {
  return `# ${title}

## What you will see

A flat white. See [the words](../README.md) and [the menu](https://example.org/menu).

## The idea

${'word '.repeat(300)}

## The code
${code}
## Try it

\`\`\`sh
npm run try 2 1
\`\`\`

## Change it and look again

## What this does not do yet

## The same in other words

\`\`\`js
app.get('/', (request, response) => response.send('flat white'));
\`\`\`

## Exercises
`;
}

const quote = `
\`\`\`ts reply.ts
export function text(body: string): string {
\`\`\`
`;

const right = {
  'LICENSE': 'MIT License\n',
  'README.md': '# Hello\n\nBegin with [lesson 01](lessons/01-hello/).\n',
  'package.json': '{ "devDependencies": { "@types/node": "^20.19.0", "tsx": "^4.20.0" } }\n',
  'package-lock.json': '{ "integrity": "sha512-1" }\n',
  'tsconfig.json': '{}\n',
  'tests/laws.test.ts': 'export {};\n',
  'server.ts': '// Taught in lesson 02\n' +
    "import { text } from './lessons/02-reply/reply.ts';\ntext('flat white');\n",
  'lessons/README.md': '# The words\n',
  'lessons/classroom/start.ts': 'export const port = 4000;\n',
  'lessons/01-hello/README.md': lessonText('01 hello: the café says hello'),
  'lessons/01-hello/server.ts':
    "import http from 'node:http';\nhttp.createServer().listen(3000);\n",
  'lessons/01-hello/requests.http': 'GET http://localhost:3000/\n',
  'lessons/02-reply/README.md': lessonText('02 reply: the café shows a page', quote),
  'lessons/02-reply/server.ts': "import { text } from './reply.ts';\ntext('flat white');\n",
  'lessons/02-reply/requests.http': 'GET http://localhost:3000/\n',
  'lessons/02-reply/step.md': '# A reply\n\n- `http.create` leaves.\n- `text(` is a reply.\n',
  'lessons/02-reply/reply.ts': 'export function text(body: string): string {\n  return body;\n}\n',
};

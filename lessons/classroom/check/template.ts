// The files of a new exercise: small, whole, and proved at once; to be changed until it is yours.
//
//   'happy-hour'  ──►  GET /happy-hour must answer 200 with "half price"

export function newExercise(name: string, lesson: number): Record<string, string> {
  return {
    'task.md': task(name),
    'starter.ts': program(`  // ${'TO'}${'DO'}: answer this address.`),
    'proof/check.ts': check(name, lesson),
    'proof/solution.ts': program(answer(name)),
    'proof/mistakes.md': mistakes(name),
  };
}

function program(lines: string): string {
  return `import { createServer } from 'node:http';

createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
${lines}
  response.statusCode = 404;
  response.end(\`There is nothing at \${request.url}.\\n\`);
}).listen(3000);
`;
}

function answer(name: string): string {
  return `  if (request.url === '/${name}') {
    response.statusCode = 200;
    response.end('Everything is half price until six.\\n');
    return;
  }`;
}

function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
}

function mistakes(name: string): string {
  return `# Mistakes: ${titleOf(name)}

Programs with one mistake each: the sentence that the check must print for it, and what is changed
in [solution.ts](solution.ts).

## By code

### Z1 yes in words, no in the status: wrong-status

The words are there, but the status says 404, not found. A program reads the status only.

\`\`\`diff
-    response.statusCode = 200;
+    response.statusCode = 404;
\`\`\`
`;
}

function task(name: string): string {
  return `# ${titleOf(name)}

The guests ask when it is cheaper. Answer \`/${name}\` with status 200 and a sentence with
"half price" in it.

## Hint 1

Which address is asked for, and which line of the program looks at it?

## Hint 2

The place is the line of the note in the starter: before the line that says that there is nothing.

## Hint 3

Compare \`request.url\` with the address. When they are the same, set the status, end the answer,
and go no further.

## Hint 4

\`\`\`ts
if (/* it is this address */) {
  /* the status, and the words */
  return;
}
\`\`\`
`;
}

function check(name: string, lesson: number): string {
  return `import type { Check } from '../../../../classroom/check/format.ts';

export const check: Check = {
  steps: [
    {
      story: 'A guest asks when it is cheaper.',
      ask: 'GET /${name}',
      want: { status: 200, includes: ['half price'] },
      mistakes: [
        {
          code: 'Z1',
          name: 'yes in words, no in the status',
          fits: (came) => came.status === 404 && came.text.includes('half price'),
          says: 'The words are there, but the status says 404, not found. ' +
            'A program reads the status only.',
          tryThis: 'Set the status to 200 for this address.',
          lesson: ${lesson},
        },
        {
          code: 'todo',
          name: 'not begun',
          fits: (came) => came.status === 404,
          says: 'Nothing answers /${name} yet.',
          tryThis: 'Compare request.url with "/${name}", and answer with any text; ' +
            'then check again.',
        },
      ],
    },
    {
      story: 'Everything else is still not there.',
      ask: 'GET /tea',
      want: { status: 404 },
    },
  ],
};
`;
}

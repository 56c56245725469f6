// Law: nothing to install to run, a fixed top level, and files that read the same everywhere.
//
//   package.json  { "devDependencies": { "@types/node": …, "tsx": … } }  and no "dependencies"
import type { Files } from './files.ts';

export function nothingToInstall(files: Files): string[] {
  const { dependencies, devDependencies = {} } = JSON.parse(files.get('package.json') ?? '{}');
  const tools = Object.keys(devDependencies).sort().join(', ');
  const broken = [];
  if (dependencies !== undefined) {
    broken.push(`package.json: has "dependencies" (${Object.keys(dependencies).join(', ')}), ` +
      "but the server uses Node's own modules only. Take the field out.");
  }
  if (tools !== '@types/node, tsx') {
    broken.push(`package.json: "devDependencies" are ${tools || 'none'}, ` +
      'but must be exactly @types/node, tsx. ' +
      'Install what a test compares with in a folder of its own below tests/.');
  }
  return broken;
}

export function lockNamesNoHost(files: Files): string[] {
  const lines = (files.get('package-lock.json') ?? '').split('\n');
  return lines.flatMap((line, index) => (line.includes('"resolved"')
    ? `package-lock.json, line ${index + 1}: names the host that a package came from ` +
      '("resolved"), which others may not reach. ' +
      'Make the file anew with "npm install --omit-lockfile-registry-resolved".'
    : []));
}

const needed = [
  'LICENSE', 'README.md', 'lessons', 'package-lock.json', 'package.json', 'server.ts', 'tests',
  'tsconfig.json',
];
const allowed = [...needed, 'db'];

export function topLevelIsFixed(files: Files): string[] {
  const names = [...files.keys()].map((path) => path.split('/')[0]!);
  const found = new Set(names.filter((name) => !name.startsWith('.')));
  const extra = [...found].filter((name) => !allowed.includes(name)).sort();
  const missing = needed.filter((name) => !found.has(name));
  return [
    ...extra.map((name) => `${name}: does not belong at the top level, which is ` +
      `${allowed.join(', ')}. Move it into one of the folders, or let git ignore it.`),
    ...missing.map((name) => `${name} is missing at the top level.`),
  ];
}

// In two halves, so that this file does not break its own law.
const reminder = new RegExp(`\\b${'TO'}${'DO'}\\b`);

export function textIsClean(files: Files): string[] {
  return [...files].flatMap(([path, text]) => text.split('\n').flatMap((line, index) => {
    const problem = problemIn(line, path);
    return problem === undefined ? [] : `${path}, line ${index + 1}: ${problem}`;
  }));
}

function problemIn(line: string, path: string): string | undefined {
  if (line.endsWith('\r')) {
    return "ends in CR LF, but lines here end in LF. Set your editor's line ending to LF.";
  }
  if (path.endsWith('.ts') && /^ *\t/.test(line)) {
    return 'is indented by a tab, but here two spaces are used.';
  }
  if (reminder.test(line) && !path.endsWith('/starter.ts')) {
    return 'holds a note to do something later. Do it, or write an issue.';
  }
  return undefined;
}

// A command of a README: what kind is it, and how is it run here?
//
//   npm run lesson 4     ──►  server   ──►  npm run lesson 4 port 43817
//   node server.ts       ──►  server   ──►  PORT=43817 node server.ts
//   npm run try 4 2      ──►  program  ──►  runs to its end
//   git diff --no-index  ──►  compare  ──►  may end with 1, "there are differences"
//   npm run check 4 T3 … ──►  compare  ──►  may end with 1, "this is the mistake"
//   npm install          ──►  machine  ──►  only .ci/run does it, on a fresh copy
//   curl …               ──►  unknown  ──►  not every reader has it
export type Kind = 'server' | 'program' | 'compare' | 'machine' | 'unknown';

export type Run = {
  command: string;
  env: Record<string, string>;
  /** The port that the README shows: 3000, or the one that its command names. */
  shown: string;
  /** What this test adds to the command, and npm repeats above the output. */
  added: string;
};

const machine = /^(git (?!diff )|cd |npm (install|ci|test)\b)/;
const serverFile = /^node (\.\/)?(server|lessons\/\d\d-[^/]+\/server)\.ts$/;

export function kindOf(command: string): Kind {
  if (machine.test(command)) return 'machine';
  if (/^(git diff --no-index|npm run check \d+ [A-Z]+\d) /.test(command)) return 'compare';
  if (serverFile.test(command) || startsServer(wordsAfterLauncher(command))) return 'server';
  return /^(npm|node) /.test(command) ? 'program' : 'unknown';
}

function wordsAfterLauncher(command: string): string[] {
  const launched = command.replace(/^(npm run|npm|node lessons\/classroom\/launch\.js) /, '');
  return launched === command ? [] : launched.split(/\s+/);
}

function startsServer([name, lesson]: string[]): boolean {
  return name === 'start' || name === 'cafe' || (name === 'lesson' && lesson !== undefined && Number(lesson) !== 0);
}

/** Lesson 01 without the classroom listens on 3000, whatever it is told: its code says so. */
export function needsPort3000(command: string): boolean {
  return /^node lessons\/01-|\blesson (0?1|hello|01-hello) raw$/.test(command);
}

export function runOn(port: number, command: string): Run {
  const named = / port (\d+)$/.exec(command);
  const byEnvironment = command.startsWith('node ') && serverFile.test(command) || command.endsWith(' raw');
  if (byEnvironment) return { command, env: { PORT: String(port) }, shown: '3000', added: '' };
  const plain = named ? command.slice(0, named.index) : command;
  const words = ` port ${port}`;
  return { command: plain + words, env: {}, shown: named?.[1] ?? '3000', added: named ? '' : words };
}

/** What a reader would have seen, who runs the command as it is shown. */
export function asShown(output: string, port: number, { shown, added }: Run): string {
  const repeated = new RegExp(`^(> .*)${added}$`, 'gm');
  return output.replace(repeated, '$1').replaceAll(String(port), shown);
}

/** What npm would start, as package.json says. npm itself takes longer than most of the commands. */
export function withoutNpm(command: string, scripts: Record<string, string>): string {
  return command.replace(/^npm (?:run )?(\S+)/, (whole, name: string) => scripts[name] ?? whole);
}

/** Node 20 cannot run a .ts file by itself; the README says so where it shows such a command. */
export function needsNativeTypeScript(command: string): boolean {
  return /^node \S+\.ts\b/.test(command);
}

// A command in its own process group, as a terminal would run it.
//
//   const program = start('npm run lesson 4 port 43817', {})
//   await program.until((output) => output.includes('localhost'))   ──►  true
//   await program.end()                       ──►  Ctrl+C for it and all its children
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';

/** Milliseconds. Far more than is needed, on a machine that is busy with something else too. */
const patience = { output: 45_000, end: 45_000, betweenTries: 50 };

export type Program = {
  output(): string;
  exited: Promise<number>;
  /** False when the program ended, or patience did, and it was not so. */
  until(isSo: (output: string) => boolean): Promise<boolean>;
  end(): Promise<void>;
};

export function start(command: string, env: Record<string, string>, cwd = root): Program {
  const child = spawn(withThisNode(command), {
    cwd, env: environment(env), shell: true, detached: !windows, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.setEncoding('utf8').on('data', (text) => { output += text; });
  const exited = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  running.add(child);
  void exited.then(() => running.delete(child));
  return {
    output: () => output,
    exited,
    until: (isSo) => waitUntil(child, exited, () => isSo(output)),
    end: () => end(child, exited, command),
  };
}

/** A test run that is cut short leaves nothing behind either. */
const running = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) send(child, 'SIGINT');
    process.exit(130);
  });
}

function withThisNode(command: string): string {
  return command.replace(/^node /, `"${process.execPath}" `);
}

/** Without the test runner's own marks, and without colours. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT, FORCE_COLOR, PORT, HOST, DATA_DIR, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1', npm_config_update_notifier: 'false', ...env };
}

function waitUntil(child: ChildProcess, exited: Promise<number>, isSo: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const tooLate = setTimeout(() => settle(false), patience.output);
    const settle = (answer: boolean) => { clearTimeout(tooLate); resolve(answer); };
    const look = () => { if (isSo()) settle(true); };
    for (const pipe of [child.stdout!, child.stderr!]) pipe.on('data', look);
    void exited.then(() => settle(isSo()));
    look();
  });
}

async function end(child: ChildProcess, exited: Promise<number>, command: string): Promise<void> {
  send(child, 'SIGINT');
  let stayed = false;
  const tooLate = setTimeout(() => { stayed = true; send(child, 'SIGKILL'); }, patience.end);
  await exited;
  clearTimeout(tooLate);
  if (stayed) throw new Error(`"${command}" went on after Ctrl+C. A reader would have to close the terminal.`);
}

/** To the whole group, as the terminal does. A group that has ended needs nothing more. */
function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid!, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks again and again until somebody answers HTTP, or the program has ended. */
export async function answersHttp(port: number, program: Program): Promise<boolean> {
  let over = false;
  void program.exited.then(() => { over = true; });
  const last = Date.now() + patience.output;
  while (!over && Date.now() < last) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer !== undefined) return answer.text().then(() => true);
    await new Promise((resolve) => setTimeout(resolve, patience.betweenTries));
  }
  return false;
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

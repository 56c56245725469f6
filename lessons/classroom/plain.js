// Plain: TypeScript without its types, line for line as it was written, for a Node that cannot do
// that by itself.
//
//   if (refused) return refused;        tsx:   if(refused)return refused;if(path==="/")return a
//   if (path === '/') return a;         here:  two lines
//
// The same tool that tsx uses takes the types out, without squeezing: where one statement ends at
// the very sign at which the next begins, a debugger knows one place for both. And without the
// rest of tsx: a program starts in half the time, and what is imported must be named as on newer
// Nodes, a file with its ending and a type as a type. In plain JavaScript, since it runs before
// TypeScript can.

import { createHash } from 'node:crypto';
import {
  existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/classroom', import.meta.url));

/** How many files are kept, before the folder is emptied. */
const most = 3000;

const options = {
  loader: 'ts',
  target: `node${process.versions.node}`,
  sourcemap: 'inline',
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
};

/** So that the program is not blamed for the time that its files take (guard.js). */
const files = globalThis[Symbol.for('classroom: files')] = { begun: 0, read: 0 };

async function note(work) {
  files.begun += 1;
  return work().finally(() => { files.read += 1; });
}

export function resolve(...given) {
  return note(() => find(...given));
}

export function load(...given) {
  return note(() => read(...given));
}

// Node would find the same, but by way of all that a specifier can be.
async function find(specifier, context, nextResolve) {
  const isOurs = /^\.\.?\/.*\.ts$/.test(specifier);
  const url = isOurs ? new URL(specifier, context.parentURL) : undefined;
  if (!url || !existsSync(url)) return nextResolve(specifier, context);
  return { url: url.href, format: 'module', shortCircuit: true };
}

async function read(url, context, nextLoad) {
  const path = url.startsWith('file:') ? fileURLToPath(url.split('?', 1)[0]) : '';
  if (!path.endsWith('.ts') || /[\\/]node_modules[\\/]/.test(path)) return nextLoad(url, context);
  return { format: 'module', shortCircuit: true, source: await plain(path) };
}

// Kept by its content: most files are the same at the next start, and in a copy of the project.
async function plain(path) {
  const text = readFileSync(path, 'utf8');
  const content = `${JSON.stringify(options)}\n${basename(path)}\n${text}`;
  const name = createHash('sha256').update(content).digest('hex');
  return kept(name) ?? keep(name, await takeTypesOut(path, text));
}

function kept(name) {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}

// Nothing depends on it: where the folder cannot be written, the next start is a little slower.
function keep(name, code) {
  try {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length > most) rmSync(folder, { recursive: true });
    const aside = join(folder, `${name}-${process.pid}`);
    writeFileSync(aside, code);
    renameSync(aside, join(folder, name));
  } catch {}
  return code;
}

let esbuild;

// Looked for once, and only where a file is new: most starts need none of it.
function findEsbuild() {
  return createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild');
}

// Named as tsx names it, so that a file that cannot be read is told the same everywhere.
async function takeTypesOut(path, text) {
  esbuild ??= findEsbuild();
  try {
    const { code } = await esbuild.transform(text, { ...options, sourcefile: basename(path) });
    return code;
  } catch (error) {
    const { errors: _errors, warnings: _warnings, ...rest } = error;
    const message = error.message.replaceAll(`\n${basename(path)}:`, `\n${path}:`);
    throw Object.assign(new Error(message), rest, { name: 'TransformError' });
  }
}

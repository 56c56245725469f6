// Plain: what an older Node runs, line for line as it was written.
//
//   if (refused) return refused;        tsx:  if(refused)return refused;if(path==="/")return welcome
//   if (path === '/') return welcome;   here: two lines
//
// Where one statement ends at the very sign at which the next begins, the debugger knows one place
// for both, and the second is lost. So for a recording the types are taken out again, by the same
// tool that tsx uses, without squeezing. In plain JavaScript, since it runs beside tsx, not through it.

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const { transform } = createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild');

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  const path = url.startsWith('file:') ? fileURLToPath(url.split('?', 1)[0]) : '';
  if (loaded.format !== 'module' || !path.endsWith('.ts') || /[\\/]node_modules[\\/]/.test(path)) return loaded;
  const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: `node${process.versions.node}`, sourcefile: path, sourcemap: 'inline', sourcesContent: false });
  return { ...loaded, source: code };
}

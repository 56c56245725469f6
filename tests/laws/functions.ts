// The functions of a TypeScript file: where each begins, how long it is, how much it takes.
//
//   export function watch(          ──►  { name: 'watch()', line: 1, lines: 6, parameters: 2 }
//     folders: string[],
//     onChange: (names: string[]) => Promise<void>,
//   ): Watcher {
//     return new Watcher(folders, onChange);
//   }
//
// Found by their brackets, once texts, comments and patterns are blanked out. It knows
// `function`, arrows with brackets around their parameters, and methods whose body opens
// at the end of its line; that is the way functions are written here.

export type Found = { name: string; line: number; lines: number; parameters: number };

export function functionsIn(text: string): Found[] {
  const code = blanked(text);
  const heads = [...code.matchAll(/\(/g)].map(({ index }) => readHead(code, index!));
  return heads.filter((head) => head !== undefined).map((head) => ({
    name: nameOf(head.before),
    line: lineAt(code, head.start),
    lines: lineAt(code, head.end) - lineAt(code, head.start) + 1,
    parameters: countParameters(code.slice(head.open + 1, head.close)),
  }));
}

type Head = { before: string; start: number; open: number; close: number; end: number };

/** The function whose parameters are in the bracket at `open`; undefined if it is none. */
function readHead(code: string, open: number): Head | undefined {
  const start = code.lastIndexOf('\n', open) + 1;
  const before = code.slice(start, open);
  const close = partnerOf(code, open);
  const lineEnd = `${code}\n`.indexOf('\n', close);
  const after = code.slice(close + 1, lineEnd);
  const form = formOf(before);
  if (form === undefined || !form.after.test(after)) return undefined;
  const end = form.opens.test(after) ? partnerOf(code, code.lastIndexOf('{', lineEnd)) : close;
  return { before, start, open, close, end };
}

/** What must come after the parameters, and what opens a body of more than one line. */
type Form = { after: RegExp; opens: RegExp };

const opens = /^\s*(?::.*)?\{\s*$/;
const declaration: Form = { after: /^/, opens };
const method: Form = { after: opens, opens };
const arrow: Form = { after: /^\s*(?::.*)?=>/, opens: /^\s*(?::[^{}]*)?=>\s*\{\s*$/ };

const beforeDeclaration = /\bfunction\b\s*\*?\s*[\w$]*(?:<.*>)?\s*$/;
const beforeMethod = /^\s+(?:(?:static|async|override|get|set)\s+)*\*?\s*#?[\w$]+(?:<.*>)?$/;
const notMethod = /^\s*(?:if|for|while|switch|catch|return|await|super|with)\b/;

function formOf(before: string): Form | undefined {
  if (beforeDeclaration.test(before)) return declaration;
  if (!isCall(before)) return arrow;
  return beforeMethod.test(before) && !notMethod.test(before) ? method : undefined;
}

/** A name or a bracket right before: `open(`, `menu[0](`, `(await load)(`. */
function isCall(before: string): boolean {
  const mayCall = !/(?:=>|\b(?:async|return|yield|default|case))\s*$/.test(before);
  return mayCall && /[\w$\])>]\s*$/.test(before);
}

/** `watch` in "const watch: Look = async (", `map` in "menu.map((", `end` in "async end(". */
function nameOf(before: string): string {
  const head = before.replace(/\b(?:async|return|function)\b[\s*]*$/, '');
  const [, variable] = /\b(?:const|let)\s+([\w$]+)\b[^()]*=\s*$/.exec(head) ?? [];
  const [, last] = /(#?[\w$]+)(?:<.*>)?\s*[=:(]?\s*$/.exec(head) ?? [];
  const name = variable ?? last;
  return name === undefined ? 'this function' : `${name}()`;
}

function lineAt(code: string, index: number): number {
  return code.slice(0, index).split('\n').length;
}

function partnerOf(code: string, open: number): number {
  let depth = 0;
  for (let index = open; index < code.length; index += 1) {
    if ('([{'.includes(code[index]!)) depth += 1;
    if (')]}'.includes(code[index]!)) depth -= 1;
    if (depth === 0) return index;
  }
  return code.length;
}

/** Commas inside of brackets separate something else; `this` is only a type. */
function countParameters(list: string): number {
  const parts = flat(list.replaceAll('=>', '')).split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '' && !/^this\s*:/.test(part)).length;
}

/** Without its brackets, the innermost first. */
function flat(list: string): string {
  const inner = /\([^()[\]{}<>]*\)|\[[^()[\]{}<>]*\]|\{[^()[\]{}<>]*\}|<[^()[\]{}<>]*>/g;
  const fewer = list.replace(inner, '_');
  return fewer === list ? list : flat(fewer);
}

// In this order: a comment, a text, a template (with one more inside of it), a pattern. A pattern
// stands where a value may begin, since elsewhere "/" divides.
const noCode = new RegExp([
  /\/\/.*|\/\*[^]*?\*\//,
  /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/,
  /`(?:[^`\\$]|\\[^]|\$(?!\{)|\$\{(?:[^{}`]|\{[^{}]*\}|`(?:[^`\\]|\\.)*`)*\})*`/,
  /(?<=(?:^|[(,=:[!&|?{};>]|\breturn)\s*)\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//,
].map(({ source }) => source).join('|'), 'gm');

/** The same text, as long and with as many lines; what is no code is blank. */
function blanked(text: string): string {
  return text.replace(noCode, (found) => found.replace(/[^\n]/g, ' '));
}

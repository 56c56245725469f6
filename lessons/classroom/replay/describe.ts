// Describing: a value as one line of text.
//
//   { id: 2, name: 'Flat white', … }  ──►  "{ id: 2, name: 'Flat white', price: 340, … }"
//
// Looking must change nothing: no getter is called, no proxy asked, no method of the value's own
// is run. What is too long or too deep is cut, and a "…" says where.

import { types } from 'node:util';
import { isSecretName, mask, type Secrets } from './secrets.ts';

export type Limits = { characters: number; text: number; entries: number; depth: number };

/** Of a long list the first entries are shown and the last one, which is often the new one. */
export const limits: Limits = { characters: 400, text: 120, entries: 6, depth: 3 };

type Looking = { secrets: Secrets; limits: Limits; depth: number; around: object[] };

/** `name` is that of the variable: a password is hidden by it. */
export function describe(
  value: unknown,
  name: string,
  secrets: Secrets,
  within: Limits = limits,
): string {
  const looking = { secrets, limits: within, depth: 0, around: [] };
  try {
    const text = secrets.hide(show(value, isSecretName(name), looking));
    return text.length > within.characters ? `${whole(text.slice(0, within.characters))}…` : text;
  } catch {
    return 'a value that cannot be shown';
  }
}

// Half of a pair of surrogates is no character.
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}

function show(value: unknown, isSecret: boolean, looking: Looking): string {
  switch (typeof value) {
    case 'string': return isSecret ? hideText(value, looking) : quote(value, looking);
    case 'number': return isSecret ? mask : showNumber(value);
    case 'bigint': return isSecret ? mask : `${value}n`;
    case 'function': return functionName(value);
    case 'object': return value === null ? 'null' : showObject(value, isSecret, looking);
    default: return String(value);
  }
}

function showNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function hideText(value: string, { secrets }: Looking): string {
  secrets.add(value);
  for (const part of value.split(/[;\s]+/)) secrets.add(part.slice(part.indexOf('=') + 1));
  return value === '' ? "''" : mask;
}

function quote(value: string, { secrets, limits, depth }: Looking): string {
  const most = depth === 0 ? limits.text : limits.text / 2;
  const hidden = secrets.hide(value.length > 10_000 ? value.slice(0, 10_000) : value);
  const shown = hidden.length > most ? `${whole(hidden.slice(0, most))}…` : hidden;
  const escaped = shown.replace(/[\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeSign);
  const mark = escaped.includes("'") && !escaped.includes('"') ? '"' : "'";
  const length = hidden.length > most ? ` (${value.length} characters)` : '';
  return `${mark}${mark === "'" ? escaped.replaceAll("'", "\\'") : escaped}${mark}${length}`;
}

function escapeSign(sign: string): string {
  return escapes[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function functionName(value: object): string {
  const name = own(value, 'name');
  return typeof name === 'string' && name !== '' ? `${name}()` : 'a function';
}

/** A field that is data; undefined for a getter. */
function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function showObject(value: object, isSecret: boolean, looking: Looking): string {
  if (types.isProxy(value)) return 'a proxy';
  if (looking.around.includes(value)) return '(itself)';
  const special = isUsual(value) ? undefined : showSpecial(value, isSecret, looking);
  if (special !== undefined) return special;
  if (looking.depth >= looking.limits.depth) {
    return Array.isArray(value) ? `[… ${value.length}]` : '{…}';
  }
  const inside = { ...looking, depth: looking.depth + 1, around: [...looking.around, value] };
  if (Array.isArray(value)) return showList(value, isSecret, inside);
  if (types.isMap(value)) return showMap(value, inside);
  if (types.isSet(value)) return showSet(value, isSecret, inside);
  return showFields(value, isSecret, inside);
}

// Most values are plain objects and lists, and need no further question.
function isUsual(value: object): boolean {
  const made = Object.getPrototypeOf(value);
  return made === Object.prototype || made === Array.prototype || made === null;
}

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')!.get!;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')!.get!;

function showSpecial(value: object, isSecret: boolean, looking: Looking): string | undefined {
  const name = className(value);
  if (types.isPromise(value)) return 'a promise';
  if (types.isDate(value)) return showDate(value);
  if (types.isRegExp(value)) return RegExp.prototype.toString.call(value);
  if (types.isNativeError(value)) return `${name}: ${quoteField(value, 'message', looking)}`;
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
    return isSecret ? mask : `${name} of ${value.byteLength} bytes`;
  }
  if (name === 'URLSearchParams') return showQuery(value, looking);
  if (name === 'IncomingMessage') return showRequest(value, looking);
  if (name === 'ServerResponse') return showResponse(value);
  if (name === 'URL') return `URL ${quote(URL.prototype.toString.call(value), looking)}`;
  return onlyNamed.has(name) ? `a ${name}` : undefined;
}

const onlyNamed = new Set(['Socket', 'Server', 'Timeout', 'AbortSignal', 'AsyncLocalStorage']);

function showDate(value: Date): string {
  const isInvalid = Number.isNaN(Date.prototype.getTime.call(value));
  return `Date ${isInvalid ? 'invalid' : Date.prototype.toISOString.call(value)}`;
}

function showQuery(value: object, looking: Looking): string {
  const fields = Object.fromEntries(URLSearchParams.prototype.entries.call(value));
  return `URLSearchParams ${showFields(fields, false, { ...looking, depth: looking.depth + 1 })}`;
}

function showRequest(value: object, looking: Looking): string {
  const target = quoteField(value, 'url', looking).slice(1, -1);
  return `the request ${String(own(value, 'method') ?? '')} ${target}`.trimEnd();
}

function showResponse(value: object): string {
  const head = own(value, '_header') ? `, begun with ${String(own(value, 'statusCode'))}` : '';
  return `the response${head}`;
}

function quoteField(value: object, name: string, looking: Looking): string {
  return quote(String(own(value, name) ?? ''), looking);
}

const classNames = new WeakMap<object, string>();

function className(value: object): string {
  const made = Object.getPrototypeOf(value) as object | null;
  if (made === null || made === Object.prototype) return 'Object';
  const known = classNames.get(made) ?? findClassName(made);
  classNames.set(made, known);
  return known;
}

function findClassName(from: object): string {
  let at: object | null = from;
  while (at !== null && !types.isProxy(at)) {
    const made = own(at, 'constructor');
    const name = typeof made === 'function' ? own(made, 'name') : undefined;
    if (typeof name === 'string' && name !== '') return name;
    at = Object.getPrototypeOf(at);
  }
  return 'Object';
}

function showList(list: unknown[], isSecret: boolean, looking: Looking): string {
  const { entries } = looking.limits;
  const length = Math.min(list.length, entries);
  const indexes = Array.from({ length }, (_, index) => {
    return index === entries - 1 ? list.length - 1 : index;
  });
  const shown = indexes.map((index) => show(own(list, String(index)), isSecret, looking));
  return enclose('[', shown, list.length, ']');
}

function showMap(map: Map<unknown, unknown>, looking: Looking): string {
  const size = mapSize.call(map) as number;
  const entries = ends([...Map.prototype.entries.call(map)], looking);
  const shown = entries.map(([key, value]) => {
    const isSecret = typeof key === 'string' && isSecretName(key);
    return `${show(key, false, looking)} → ${show(value, isSecret, looking)}`;
  });
  return `Map ${enclose('{', shown, size, '}')}`;
}

function showSet(set: Set<unknown>, isSecret: boolean, looking: Looking): string {
  const values = ends([...Set.prototype.values.call(set)], looking);
  const shown = values.map((value) => show(value, isSecret, looking));
  return `Set ${enclose('{', shown, setSize.call(set) as number, '}')}`;
}

function ends<Entry>(all: Entry[], { limits: { entries } }: Looking): Entry[] {
  return all.length <= entries ? all : [...all.slice(0, entries - 1), all.at(-1)!];
}

function showFields(value: object, isSecret: boolean, looking: Looking): string {
  const names = Object.keys(value);
  const shown = names.slice(0, mostFields).map((name) => {
    return showField(value, name, isSecret || isSecretName(name), looking);
  });
  const made = className(value);
  const prefix = made === 'Object' ? '' : `${made} `;
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `… ${more} more`] : shown;
  return prefix + (all.length === 0 ? '{}' : `{ ${all.join(', ')} }`);
}

const mostFields = 12;

function showField(value: object, name: string, isSecret: boolean, looking: Looking): string {
  const field = Object.getOwnPropertyDescriptor(value, name);
  const key = isName.test(name) ? name : quote(name, looking);
  if (!field || !('value' in field)) return `${key}: computed when asked`;
  if (typeof field.value === 'function') return `${key}()`;
  return `${key}: ${show(field.value, isSecret, looking)}`;
}

const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

// What lies between is counted, not shown.
function enclose(open: string, shown: string[], size: number, close: string): string {
  if (size === 0) return open + close;
  const more = size - shown.length;
  const all = more > 0 ? [...shown.slice(0, -1), `… ${more} more`, ...shown.slice(-1)] : shown;
  return open === '[' ? `[${all.join(', ')}]` : `{ ${all.join(', ')} }`;
}

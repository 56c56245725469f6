// Secrets: what a recording must not show.
//
//   password: 'flatwhite42'                ──►  password: •••
//   the text '{"password":"flatwhite42"}'  ──►  '{"password":"•••"}'
//
// A recording is shown on a projector and sent to a teacher. A secret is found by its name, and
// from then on by its value, wherever that turns up.

export const mask = '•••';

const secretNames = [
  /pass-?_?(word|wort|phrase|code)|^pass$|^pw$/i,
  /secret|token|cookie|authori[sz]ation|api-?_?key|credential/i,
  /session-?_?id|^#?_*(__Host-)?sid$/i,
];

export function isSecretName(name: string): boolean {
  return secretNames.some((form) => form.test(name));
}

/** Shorter ones are hidden by their name only: hiding every "ab" would leave nothing to read. */
const shortest = 4;

export type Secrets = { hide(text: string): string; add(value: string): void; all(): string[] };

export function keepSecrets(known: string[] = []): Secrets {
  const values = new Set<string>();
  const add = (value: string) => {
    if (value.length < shortest || value === mask || values.size >= 200) return;
    const inJson = JSON.stringify(value).slice(1, -1);
    for (const form of [value, inJson, encodeURIComponent(value)]) values.add(form);
  };
  const hide = (text: string) => {
    if (values.size === 0) return text;
    const longestFirst = [...values].sort((a, b) => b.length - a.length);
    return longestFirst.reduce(hideOne, text);
  };
  known.forEach(add);
  return { add, hide, all: () => [...values] };
}

// A text that was cut may end in the first half of a secret.
function hideOne(text: string, value: string): string {
  const hidden = text.includes(value) ? text.replaceAll(value, mask) : text;
  if (!hidden.includes('…')) return hidden;
  for (let length = value.length - 1; length >= shortest; length -= 1) {
    const half = `${value.slice(0, length)}…`;
    if (hidden.includes(half)) return hidden.replaceAll(half, `${mask}…`);
  }
  return hidden;
}

type Message = { headers: [name: string, value: string][]; body: string };

/** The secrets that a request or an answer carries openly, in its headers and in its body. */
export function secretsIn({ headers, body }: Message): string[] {
  const secret = headers.filter(([name]) => isSecretName(name));
  const parts = secret.flatMap(([name, value]) => partsOf(name, value));
  return [...parts, ...inJson(body), ...inForm(body)];
}

// "sid=42ada; theme=dark; HttpOnly" and "Bearer 42ada": the value is what is secret.
function partsOf(name: string, value: string): string[] {
  if (!/cookie/i.test(name)) return [value, value.slice(value.indexOf(' ') + 1), ...basic(value)];
  const cookies = value.split(/;\s*/).slice(0, /^set/i.test(name) ? 1 : undefined);
  return cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1));
}

function basic(value: string): string[] {
  const [, coded] = /^Basic\s+(\S+)$/i.exec(value) ?? [];
  if (coded === undefined) return [];
  const plain = Buffer.from(coded, 'base64').toString();
  return [plain, plain.slice(plain.indexOf(':') + 1)];
}

function inJson(body: string): string[] {
  try {
    return inValue(JSON.parse(body), false);
  } catch {
    const fields = [...body.matchAll(field)].filter(([, name = '']) => isSecretName(name));
    return fields.map(([, , a, b]) => a ?? b ?? '');
  }
}

// As far as it looks like JSON: "password": "flatwhite42"
const field = /["']?([\w-]+)["']?\s*:\s*(?:"([^"]*)"|'([^']*)')/g;

function inValue(value: unknown, isSecret: boolean): string[] {
  if (typeof value === 'string') return isSecret ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    return inValue(inner, isSecret || isSecretName(name));
  });
}

function inForm(body: string): string[] {
  if (!/^[^\s{}[\]]+=/.test(body)) return [];
  const fields = [...new URLSearchParams(body)].filter(([name]) => isSecretName(name));
  return fields.map(([, value]) => value);
}

/** The same value with every secret hidden, by name and by value. For plain JSON. */
export function hideIn<Value>(value: Value, secrets: Secrets): Value {
  if (typeof value === 'string') return secrets.hide(value) as Value;
  if (Array.isArray(value)) return value.map((entry) => hideIn(entry, secrets)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, hideIn(inner, secrets)]);
  return Object.fromEntries(fields) as Value;
}

/** Headers as pairs, with the values of secret ones hidden whole. */
export function hideHeaders(headers: Message['headers'], secrets: Secrets): Message['headers'] {
  return headers.map(([name, value]) => [name, isSecretName(name) ? mask : secrets.hide(value)]);
}

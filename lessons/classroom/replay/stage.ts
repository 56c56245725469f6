// A stage: which of the four stops of a request does a line belong to?
//
//   lessons/04-router/router.ts  ──►  request

export type Stage = 'request' | 'logic' | 'storage' | 'response';

const modules: Record<Exclude<Stage, 'logic'>, string[]> = {
  request: [
    'listen', 'client-error', 'address', 'address-problems', 'decode', 'router', 'route',
    'route-tree', 'check-route', 'find-route', 'no-route', 'pattern', 'around', 'errors', 'accept',
    'header-list', 'body', 'validate', 'visible', 'item', 'id', 'etag', 'page-query', 'rules',
    'etag-match', 'etag-problem', 'check-form', 'opening-hours', 'conditions', 'http-date',
    'range', 'queue', 'cookie', 'sessions', 'who', 'rights', 'access', 'roles', 'check-links',
    'origin', 'guesses', 'headers', 'wire', 'token', 'once', 'refusal', 'bug', 'content-type',
    'read-bytes', 'parse-json', 'parse-form', 'rule', 'text-rules', 'number-rules', 'choice-rules',
    'list-rules', 'expiry',
  ],
  storage: [
    'storage', 'memory', 'table', 'check-arguments', 'field-index', 'frozen', 'json-file',
    'json-place', 'open-file', 'save-file', 'swap', 'rename', 'flush', 'stamp', 'turns', 'format',
    'unusable-file', 'file-tables', 'folder', 'name-list', 'names', 'stored-file', 'journal',
    'journal-storage', 'journal-file', 'journal-line', 'journal-reader', 'journal-writer',
    'durable-write', 'loaded', 'overlay', 'collection-state', 'collections', 'commit', 'lock',
    'database', 'snapshot', 'snapshot-reader', 'snapshotter', 'recovery', 'generations', 'draft',
    'plan', 'record-page',
  ],
  response: [
    'reply', 'check-reply', 'send', 'send-in-steps', 'stream-body', 'body-length', 'unread-body',
    'fail-response', 'report', 'ascii', 'html', 'memoize', 'layout', 'form', 'live', 'error-reply',
    'escape', 'markup-value', 'attribute', 'template-places', 'item-page', 'menu-page',
    'notes-page', 'settings-page', 'file-info', 'file-reply', 'content-type', 'large-file',
  ],
};

/** A learner's file of the same name counts as the lesson's; any other file is logic. */
export function stageOf(file: string): Stage {
  if (/(^|\/)db\//.test(file)) return 'storage';
  const name = /([^/]+?)\.[cm]?[jt]s$/.exec(file)?.[1] ?? '';
  const found = Object.entries(modules).find(([, names]) => names.includes(name));
  return (found?.[0] as Stage | undefined) ?? 'logic';
}

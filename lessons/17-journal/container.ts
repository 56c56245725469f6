// Lesson 17 · container: a warning at the start, since the lock cannot see other containers.
//
//   in a container  ──►  "This server runs in a container. A server in another container …"
//   elsewhere       ──►  nothing
//
// db/lock.ts listens at an address of the system, and a container has addresses of its own. So two
// containers that share a folder both find it free, and each overwrites what the other has stored.

import { existsSync, readFileSync } from 'node:fs';

export function warnInContainer(
  folder: string,
  print = console.log,
  isInside = isContainer(),
): void {
  if (!isInside) return;
  print(
    'This server runs in a container. A server in another container would not see ' +
    `that ${folder} is in use, and both would lose data: give each one a folder of its own.`,
  );
}

// ── rare cases ────────────────────────────────────────────────────────────────────────────────

/** Docker, Podman, Kubernetes, LXC and systemd each leave a different trace. */
export function isContainer({ exists = existsSync, read = readText, env = process.env } = {}) {
  return exists('/.dockerenv') || exists('/run/.containerenv') ||
    env.container !== undefined || env.KUBERNETES_SERVICE_HOST !== undefined ||
    /docker|containerd|kubepods|lxc/.test(read('/proc/1/cgroup'));
}

/** Empty if there is no such file: only Linux has this one. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

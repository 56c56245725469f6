// A server in a container says that its lock does not reach another one.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isContainer, warnInContainer } from '../lessons/17-journal/container.ts';
import { startServer } from '../lessons/classroom/start.ts';
import { root } from '../lessons/classroom/course.ts';

const note = (folder: string) => 'This server runs in a container. A server in another container ' +
  `would not see that ${folder} is in use, and both would lose data: ` +
  'give each one a folder of its own.';

for (const [where, { file = '', text = '', env = {} }, isInside] of [
  ['Docker', { file: '/.dockerenv' }, true],
  ['Podman', { file: '/run/.containerenv' }, true],
  ['systemd or LXC', { env: { container: 'lxc' } }, true],
  ['Kubernetes', { env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } }, true],
  ['Docker of cgroup 1', { text: '4:memory:/docker/5f1e9a03\n' }, true],
  ['containerd', { text: '4:memory:/system.slice/containerd.service/x\n' }, true],
  ['no container', { text: '0::/init.scope\n', env: { HOME: '/home/ada' } }, false],
  ['a system without any trace', {}, false],
] as [string, { file?: string; text?: string; env?: Record<string, string> }, boolean][]) {
  test(`isContainer() is ${isInside} in ${where}`, () => {
    const exists = (path: unknown) => path === file;
    const read = (path: string) => (path === '/proc/1/cgroup' ? text : '');
    assert.equal(isContainer({ exists, read, env }), isInside);
  });
}

test('warnInContainer() prints one line in a container, and nothing elsewhere', () => {
  for (const [isInside, lines] of [[false, []], [true, [note('db/data/17')]]] as const) {
    const printed: string[] = [];
    warnInContainer('db/data/17', (line: string) => { printed.push(line); }, isInside);
    assert.deepEqual(printed, lines);
  }
});

for (const lesson of ['17-journal', '18-database']) {
  test(`lesson ${lesson} says in a container how far its lock reaches`, async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'container-'));
    let printed = '';
    const server = await startServer({
      file: join(root, 'lessons', lesson, 'server.ts'),
      port: 0,
      dataDir,
      env: { container: 'podman', PASSWORD_COST: '1024' },
      onOutput: (text) => { printed += text; },
    });
    t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
    await server.stop();
    assert.ok(printed.split('\n').includes(note(dataDir)), printed);
  });
}

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devnet, findFreePort, startDevnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRootfs } from '../src/container/make-rootfs.ts';
import { examplePath } from './support/example.ts';
import { expectPaidCall } from './support/expect-paid-call.ts';
import { getExecutable } from './support/get-executable.ts';
import { createPodman, type Podman } from './support/podman.ts';

let directory: string;
let devnet: Devnet;
let podman: Podman;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-container-'));
  await chmod(directory, 0o755);
  podman = await createPodman(directory);
  const context = join(directory, 'image');
  await makeRootfs({ executable: await getExecutable(), directory: join(context, 'rootfs') });
  await podman.run(['build', '-t', 'snetd', '-f', examplePath('container/Containerfile'), context]);
  devnet = await startDevnet();
});

afterAll(async () => {
  await devnet?.stop();
  await podman?.remove();
  await rm(directory, { recursive: true, force: true });
});

test('default: the image says which version it has', async () => {
  const { stdout } = await podman.run([...start('--rm'), 'snetd', 'version']);
  expect(stdout).toMatch(/^version tag: v\d+\.\d+\.\d+$/m);
});

test('behavior: read-only and as a plain user it serves a paid call, and stops when it is told to', async () => {
  const store = join(directory, 'store');
  await mkdir(store);
  // In place of a volume, which podman would give to the user of the image.
  await chmod(store, 0o777);
  const port = await findFreePort();
  const config = join(directory, 'snetd.config.json');
  await writeFile(
    config,
    JSON.stringify({
      ...devnet.daemonConfig,
      daemon_endpoint: `127.0.0.1:${port}`,
      payment_channel_storage_path: '/var/lib/snetd/storage',
    }),
    { mode: 0o644 },
  );
  await podman.run([
    ...start('-d', '--name=snetd-test'),
    ...[`-v=${config}:/etc/snetd/snetd.config.json:ro`, `-v=${store}:/var/lib/snetd`],
    'snetd',
  ]);
  try {
    const { stdout: users } = await podman.run(['top', 'snetd-test', 'user', 'capeff']);
    expect(users.trim().split('\n').at(-1)).toMatch(/^(snetd|65532)\s+none$/);
    await podman.waitForLog('snetd-test', '"event":"listening"');
    await expectPaidCall(devnet, { endpoint: `http://127.0.0.1:${port}` });
    const { stdout: changed } = await podman.run(['diff', 'snetd-test']);
    expect(
      changed.split('\n').filter((line) => !/^(C|A) \/(etc|run|var|tmp|$)/.test(line)),
    ).toEqual(['']);
    await podman.run(['stop', '-t', '20', 'snetd-test']);
    const { stdout: code } = await podman.run(['inspect', '-f={{.State.ExitCode}}', 'snetd-test']);
    expect(code.trim()).toBe('0');
  } finally {
    await podman.run(['rm', '-f', '-t', '0', 'snetd-test']);
  }
});

/** What an operator should say; the network is this machine's. */
function start(...options: readonly string[]): string[] {
  return [
    ...['run', ...options, '--network=host', '--read-only', '--read-only-tmpfs=false'],
    ...['--cap-drop=ALL', '--security-opt=no-new-privileges'],
  ];
}

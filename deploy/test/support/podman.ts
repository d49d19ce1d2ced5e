import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findProgram } from './find-program.ts';
import { type Finished, runProgram } from './run-program.ts';

/** The real podman, with a storage of its own. */
export interface Podman {
  /** Runs podman; rejects when it fails. */
  run(args: readonly string[]): Promise<Finished>;
  /** Resolves when a container has printed a text. */
  waitForLog(container: string, text: string): Promise<void>;
  /** Removes containers, images and storage. */
  remove(): Promise<void>;
}

/**
 * Podman without a registry, a system's services or a storage that others use. What it asks of the
 * machine is as little as it gets: it must run as root, in a virtual machine or on a host.
 */
export async function createPodman(directory: string): Promise<Podman> {
  if (process.getuid?.() !== 0) {
    throw new Error('This test of containers must run as root: sudo npm test');
  }
  const settings = join(directory, 'containers.conf');
  await writeFile(
    settings,
    [
      '[containers]',
      // Those of the machine may be beyond what a container may ask for.
      'default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]',
      '[engine]',
      `runtime = "${findProgram('runc')}"`,
      'cgroup_manager = "cgroupfs"',
      'events_logger = "file"',
    ].join('\n'),
  );
  const podman = [
    ...[findProgram('podman'), `--root=${join(directory, 'storage')}`],
    ...[`--runroot=${join(directory, 'run')}`, `--tmpdir=${join(directory, 'tmp')}`],
    '--storage-driver=vfs',
  ];
  async function run(args: readonly string[]): Promise<Finished> {
    // Only a chroot is needed for an image without commands.
    const [command = '', ...rest] = args;
    const isolation = command === 'build' ? ['--isolation=chroot'] : [];
    const finished = await runProgram([...podman, command, ...isolation, ...rest], {
      env: { ...process.env, CONTAINERS_CONF: settings },
      timeoutMs: 120_000,
    });
    if (finished.code !== 0) throw new Error(`podman ${command}: ${finished.stderr}`);
    return finished;
  }
  return {
    run,
    async waitForLog(container, text) {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const { stdout, stderr } = await run(['logs', container]);
        if (stdout.includes(text)) return;
        if (Date.now() > deadline)
          throw new Error(`${container} did not print ${text}:\n${stdout}${stderr}`);
        await wait(200);
      }
    },
    async remove() {
      await run(['rm', '-f', '-a', '-t', '0']);
      await run(['rmi', '-f', '-a']);
    },
  };
}

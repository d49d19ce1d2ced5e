import { join } from 'node:path';
import { startDevnet } from '@snetkit/devnet';
import type { Manifest } from './boot/manifest.ts';

/**
 * Runs the bundled daemon once on a local network and keeps the code that V8 compiled meanwhile: a
 * daemon that starts later compiles nothing of it again.
 */
export async function warmUp(options: {
  /** Folder of the parts; the cache is written there. */
  directory: string;
  manifest: Manifest;
  nodeOptions: readonly string[];
}): Promise<void> {
  const { directory, nodeOptions } = options;
  const runner = join(import.meta.dirname, 'warm-up-runner.ts');
  const devnet = await startDevnet({
    daemonCommand: [process.execPath, ...nodeOptions, runner, directory],
  });
  try {
    await fetch(`${devnet.endpoint}/heartbeat`);
  } finally {
    await devnet.stop();
  }
}

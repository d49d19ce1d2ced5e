import { spawn } from 'node:child_process';

/**
 * Makes the process group of a child die with this process, however that ends: a shell waits at
 * the end of a pipe whose other end only this process holds, and even `kill -9` closes it.
 *
 * Returns a function to call once the child has ended, since its id may then be reused.
 * Without a POSIX shell (Windows) nothing is guarded.
 */
export function killWithParent(groupId: number): () => void {
  if (process.platform === 'win32') return () => {};
  const script = 'read _; kill -KILL "-$1"';
  const guard = spawn('/bin/sh', ['-c', script, 'devnet-guard', String(groupId)], {
    // A group of its own, so that neither Ctrl-C nor a kill of our group ends it.
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guard the child still runs; only a killed parent would leave it behind.
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  return () => guard.kill('SIGKILL');
}

import { spawn } from 'node:child_process';

/**
 * Makes a child die with this process, however that ends. Node cannot ask the kernel for a death
 * signal, and etcd notices nothing; so a shell waits at the end of a pipe whose other end only
 * this process holds. Even `kill -9` closes it, and the shell kills the child.
 *
 * Returns a function that must be called once the child has ended (its id may then be reused).
 * Without a POSIX shell (Windows) nothing is guarded.
 */
export function killWithParent(pid: number): () => void {
  if (process.platform === 'win32') return () => {};
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -9 "$1"', 'etcd-guard', String(pid)], {
    // A group of its own: Ctrl-C in the terminal, or a kill of our group, must not end it.
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A guard that could not be started guards nothing; etcd itself works all the same.
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  return () => guard.kill('SIGKILL');
}

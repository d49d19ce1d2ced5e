import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process with a store and an owner of its own; see owner-child.ts. */
export interface OwnerChild {
  tell(command: string): void;
  hear(): Promise<string>;
  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Resolves when the child has its store open. */
export async function startOwnerChild(options: {
  endpoint: string;
  scope: string;
  leaseMs: number;
}): Promise<OwnerChild> {
  const { endpoint, scope, leaseMs } = options;
  const script = new URL('./owner-child.ts', import.meta.url).pathname;
  const args = ['--conditions=@snetkit/source', script, endpoint, scope, String(leaseMs)];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const started: OwnerChild = {
    tell: (command) => void child.stdin.write(`${command}\n`),
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new Error('the child ended');
      return value;
    },
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
  if ((await started.hear()) !== 'open') throw new Error('the child did not open its store');
  return started;
}

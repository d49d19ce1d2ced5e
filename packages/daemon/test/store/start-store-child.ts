import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process with a store of its own. */
export interface StoreChild {
  /** Sends a command; see store-child.ts. */
  tell(command: string): void;
  /** The next line that it says. */
  hear(): Promise<string>;
  /** Sends a signal; after SIGKILL resolves when the process is gone. */
  kill(signal?: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Everything it wrote to standard error, once it is gone. */
  readonly stderr: Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of {@link startStoreChild}. */
export interface StoreChildOptions {
  /** No file may grow beyond this many KiB: a disk that is full for the child alone. */
  readonly maxFileKiB?: number;
  /** What strace does to the child's system calls: `fsync:error=EIO:when=3`. */
  readonly injects?: string;
}

/** Starts a process on a store; resolves when it has the store open. */
export async function startStoreChild(
  path: string,
  options: StoreChildOptions = {},
): Promise<StoreChild> {
  const { maxFileKiB, injects } = options;
  const script = new URL('./store-child.ts', import.meta.url).pathname;
  const strace = ['strace', '-f', '-o', '/dev/null', '-e', 'trace=fsync', '-e'];
  const command = [
    ...(injects === undefined ? [] : [...strace, `inject=${injects}`]),
    ...[process.execPath, '--conditions=@snetkit/source', script, path, 'test'],
  ];
  // POSIX shells count in blocks of 512 bytes. Ignored, the signal turns into a failed write.
  const limited = [`ulimit -f ${(maxFileKiB ?? 0) * 2}; trap '' XFSZ; exec "$0" "$@"`, ...command];
  const [file = '', ...args] = maxFileKiB === undefined ? command : ['sh', '-c', ...limited];
  // Vitest's own settings would change what the child prints.
  const child = spawn(file, args, { stdio: 'pipe', env: { PATH: process.env['PATH'] } });
  const stderr = readAll(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const started: StoreChild = {
    tell: (command) => void child.stdin.write(`${command}\n`),
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The child ended: ${await stderr}`);
      return value;
    },
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      if (signal === 'SIGKILL') await exit;
    },
    stderr,
    [Symbol.asyncDispose]: () => started.kill(),
  };
  if ((await started.hear()) !== 'open') throw new Error('The child did not open its store.');
  return started;
}

async function readAll(child: ChildProcess): Promise<string> {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  return text;
}

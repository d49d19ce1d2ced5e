import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringifyJson } from '@snetkit/core';
import { snetdCommand } from './run-snetd.ts';

/** A line of the daemon's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** A daemon in a process of its own. */
export interface StartedSnetd {
  readonly child: ChildProcess;
  readonly endpoint: string;
  /** Everything that it has printed until now, on standard output. */
  readonly lines: readonly LogLine[];
  readonly stderr: () => string;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  /** Resolves with a line that has this event, also of the past. */
  waitForEvent(event: string): Promise<LogLine>;
  /** Ends it by SIGTERM, resolves when it is gone. */
  stop(): Promise<void>;
}

/** How a daemon is started. */
export interface StartSnetdOptions {
  /** Content of the configuration file, or the path of one that is there. */
  readonly config: Readonly<Record<string, unknown>> | string;
  /** Working directory. */
  readonly directory: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the daemon's standard input is, and whether there is an IPC channel. */
  readonly stdio?: 'ignore' | 'pipe' | 'ipc';
  /** Sends SIGTERM when aborted, also before it listens. */
  readonly signal?: AbortSignal;
}

const running = new Set<ChildProcess>();

/** Ends whatever a failed test left running. */
export function killStartedSnetd(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Writes a configuration file and starts `snetd serve` on it; resolves when it listens. */
export async function startSnetd(options: StartSnetdOptions): Promise<StartedSnetd> {
  const { config, directory, args = [], env = {}, stdio = 'ignore' } = options;
  const file = typeof config === 'string' ? config : join(directory, `snetd-${Math.random()}.json`);
  if (typeof config !== 'string') await writeFile(file, stringifyJson(config as never));
  const [command = '', ...first] = snetdCommand;
  const child = spawn(command, [...first, 'serve', '-c', file, ...args], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...env },
    stdio: [
      stdio === 'pipe' ? 'pipe' : 'ignore',
      'pipe',
      'pipe',
      ...(stdio === 'ipc' ? ['ipc' as const] : []),
    ],
  });
  // Not "close": it does not come when an IPC channel was closed by this side.
  const exited = once(child, 'exit').then(([code, signal]) => signal ?? code);
  options.signal?.addEventListener('abort', () => child.kill('SIGTERM'));
  running.add(child);
  void exited.then(() => running.delete(child));
  const lines: LogLine[] = [];
  const waiters = new Set<() => void>();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const output = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const outputEnd = once(output, 'close');
  output.on('line', (line) => {
    lines.push(JSON.parse(line));
    for (const look of waiters) look();
  });

  function waitForEvent(event: string): Promise<LogLine> {
    const found = new Promise<LogLine>((resolve) => {
      const look = () => {
        const line = lines.find((one) => one['event'] === event);
        if (line === undefined) return;
        waiters.delete(look);
        resolve(line);
      };
      waiters.add(look);
      look();
    });
    const ended = exited.then(async (code) => {
      // What it printed last is still on its way.
      await outputEnd;
      const line = lines.find((one) => one['event'] === event);
      if (line !== undefined) return line;
      throw new Error(`snetd ended (${code}) before "${event}":\n${stderr}`);
    });
    return Promise.race([found, ended]);
  }

  const { endpoint } = await waitForEvent('listening');
  return {
    child,
    endpoint: String(endpoint),
    lines,
    stderr: () => stderr,
    exited: exited.then(async (code) => {
      await outputEnd;
      return code;
    }),
    waitForEvent,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

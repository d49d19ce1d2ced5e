import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@snetkit/core';
import { type Daemon, startDaemon } from '@snetkit/devnet';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A daemon as a program, and what can be done to it. */
export interface Replica {
  readonly name: string;
  /** Where clients connect. */
  readonly endpoint: string;
  /** The same, over a wire that can be cut. */
  readonly wire: TcpProxy;
  /** Process id; another one after each start. */
  readonly pid: number;
  readonly isUp: boolean;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Freezes the process, or lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Steps the wall clock of the process. */
  stepClock(): void;
  /** Starts it again when it is down; joins a start that is under way. */
  start(): Promise<void>;
  /** Where it prints to. */
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Starts one replica. */
export async function startReplica(options: {
  name: string;
  command: readonly string[];
  config: JsonObject;
  directory: string;
  port: number;
}): Promise<Replica> {
  const { name, command, config, directory, port } = options;
  const [program = '', ...args] = command;
  const preload = fileURLToPath(new URL('./clock-preload.ts', import.meta.url));
  const daemon: Daemon = await startDaemon({
    command: [program, '--disable-warning=ExperimentalWarning', '--import', preload, ...args],
    config: { ...config, daemon_endpoint: `127.0.0.1:${port}` },
    directory,
  });
  const wire = await startTcpProxy(port);
  let isUp = true;
  let starting: Promise<void> | undefined;
  async function restart(): Promise<void> {
    try {
      await daemon.restart();
      isUp = true;
    } finally {
      starting = undefined;
    }
  }
  return {
    name,
    endpoint: daemon.endpoint,
    wire,
    logFile: daemon.logFile,
    get pid() {
      return daemon.pid;
    },
    get isUp() {
      return isUp;
    },
    async kill() {
      if (!isUp) return;
      isUp = false;
      daemon.kill('SIGKILL');
      await daemon.exited;
    },
    freeze: () => daemon.kill('SIGSTOP'),
    thaw: () => daemon.kill('SIGCONT'),
    stepClock: () => daemon.kill('SIGUSR2'),
    async start() {
      if (isUp) return;
      starting ??= restart();
      await starting;
    },
    async stop() {
      await wire.close();
      daemon.kill('SIGCONT');
      await daemon.stop();
    },
  };
}

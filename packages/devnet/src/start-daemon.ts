import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonObject, stringifyJson } from '@snetkit/core';
import { type ProcessExit, type StartedProcess, startProcess } from './process/start-process.ts';

/** Which daemon to start, and how it is configured. */
export interface StartDaemonOptions {
  /** Program and arguments; `serve -c FILE` is appended. */
  readonly command: readonly string[];
  /** Keys of the configuration file. */
  readonly config: JsonObject;
  /** Working directory: configuration file, log, and where relative paths of the configuration lead. */
  readonly directory: string;
  /** Milliseconds until the daemon must listen; 30,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

/** A daemon in a process of its own. */
export interface Daemon extends AsyncDisposable {
  /** `http://<host>:<port>` as the daemon printed it. */
  readonly endpoint: string;
  /** Process id; another one after `restart()`. */
  readonly pid: number;
  /** Resolves when the process of the moment has ended. */
  readonly exited: Promise<ProcessExit>;
  readonly configFile: string;
  /** What the daemon printed, of all its lives. */
  readonly logFile: string;
  /** The last lines of that, also when the file is gone. */
  readonly printed: StartedProcess['printed'];
  /** Resolves with the next event that the daemon prints and `match` accepts. */
  readonly waitForEvent: StartedProcess['waitForEvent'];
  /** Sends a signal; wait for `exited` when it ends the process. */
  kill(signal: NodeJS.Signals): void;
  /** Ends the process if it is still there, and starts it again on the same directory and port. */
  restart(): Promise<void>;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Writes the configuration file, starts a daemon and resolves when it listens: it prints a JSON
 * line with `"event":"listening"` and its `endpoint`.
 *
 * Throws `BaseError` (`DEVNET_PROCESS_ENDED`, `TIMED_OUT`, `ABORTED`) with the end of what the daemon printed.
 */
export async function startDaemon(options: StartDaemonOptions): Promise<Daemon> {
  const { command, config, directory, timeoutMs, signal } = options;
  await mkdir(directory, { recursive: true });
  const configFile = join(directory, 'snetd.config.json');
  const logFile = join(directory, 'snetd.log');
  // Only for its owner: configurations may hold keys.
  await writeFile(configFile, `${stringifyJson(config, { indent: 2 })}\n`, { mode: 0o600 });
  const start = (giveUp?: AbortSignal) =>
    startProcess({
      name: 'the daemon',
      command: [...command, 'serve', '-c', configFile],
      cwd: directory,
      logFile,
      timeoutMs,
      signal: giveUp,
    });
  let running = await start(signal);
  const stop = () => running.stop();
  return {
    get endpoint() {
      return String(running.listening['endpoint']);
    },
    get pid() {
      return running.pid;
    },
    get exited() {
      return running.exited;
    },
    configFile,
    logFile,
    printed: () => running.printed(),
    waitForEvent: (match, waiting) => running.waitForEvent(match, waiting),
    kill: (by) => running.kill(by),
    async restart() {
      await running.stop();
      running = await start();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createWriteStream } from 'node:fs';
import { BaseError } from '@snetkit/core';
import { killWithParent } from './kill-with-parent.ts';
import { type ProcessEvent, readOutput } from './read-output.ts';
import { waitForEvent } from './wait-for-event.ts';

/** How a program ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What to run, and when it counts as started. */
export interface StartProcessOptions {
  /** Name of the program for messages. */
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd?: string | undefined;
  /** File that everything the program prints is appended to. */
  readonly logFile?: string | undefined;
  /** Milliseconds until the program must be ready; 30,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

/** A program that runs, and that dies with this process. */
export interface StartedProcess {
  readonly pid: number;
  /** The line by which the program told that it is ready. */
  readonly listening: ProcessEvent;
  /** Resolves when the program has ended, for whatever reason. */
  readonly exited: Promise<ProcessExit>;
  /** Sends a signal; does nothing once the program has ended. */
  kill(signal: NodeJS.Signals): void;
  /** The last lines that the program printed. */
  printed(): string;
  /** Ends the program, by force after five seconds, and resolves when it is gone. */
  stop(): Promise<void>;
  /** Resolves with the next event that the program prints and `match` accepts; events of the past do not count. */
  waitForEvent(
    match: (event: ProcessEvent) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<ProcessEvent>;
}

const stopGraceMs = 5_000;
const keptLines = 20;

/**
 * Starts a program and resolves when it prints the JSON line `{"event":"listening", ...}`.
 *
 * Throws `BaseError` with the end of what the program printed: `DEVNET_PROCESS_ENDED` when it ended
 * or could not be started, `TIMED_OUT` when it was not ready in time, `ABORTED`.
 */
export async function startProcess(options: StartProcessOptions): Promise<StartedProcess> {
  const { name, timeoutMs = 30_000, signal } = options;
  const child = spawnProgram(options);
  const exited = watchExit(child);
  const events = new EventEmitter<{ event: [ProcessEvent] }>();
  const printed = collectOutput(child, events, options.logFile);
  const kill = (by: NodeJS.Signals) => void child.kill(by);
  const stop = () => end(child, exited);
  const wait = (match: (event: ProcessEvent) => boolean, within: number, giveUp?: AbortSignal) =>
    waitForEvent({ name, events, exited, match, timeoutMs: within, signal: giveUp, printed });
  try {
    const listening = await wait(({ event }) => event === 'listening', timeoutMs, signal);
    return {
      pid: child.pid as number,
      listening,
      exited,
      kill,
      printed,
      stop,
      waitForEvent: (match, { timeoutMs: within = 10_000 } = {}) => wait(match, within),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnProgram({ name, command, cwd, signal }: StartProcessOptions): ChildProcess {
  if (signal?.aborted) throw new BaseError('ABORTED', `Starting ${name} was given up.`);
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    // A group of its own: Ctrl-C must reach us alone, so that we can end things in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) child.once('close', killWithParent(child.pid));
  return child;
}

/** Passes events on, writes the log, and returns the last lines on demand. */
function collectOutput(
  child: ChildProcess,
  events: EventEmitter<{ event: [ProcessEvent] }>,
  logFile: string | undefined,
): () => string {
  const log =
    logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const lines: string[] = [];
  const add = (line: string) => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  };
  child.once('error', (error) => add(error.message));
  readOutput(child, (line, event) => {
    add(line);
    log?.write(`${line}\n`);
    if (event !== undefined) events.emit('event', event);
  });
  child.once('close', () => log?.end());
  return () => lines.join('\n');
}

function watchExit(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    // Not 'exit': what it printed last must have been read, since it is the reason.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
}

async function end(child: ChildProcess, exited: Promise<ProcessExit>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), stopGraceMs);
  await exited;
  clearTimeout(timer);
}

/** Also ends children of the program, which would keep its output open. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

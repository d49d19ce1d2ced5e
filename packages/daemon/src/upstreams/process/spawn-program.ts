import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { killGroup } from './kill-group.ts';

/** How programs are started. */
export interface ProgramOptions {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  readonly maxMessageBytes: number;
  /** Told of each line that a program writes to its standard error. */
  onLine(line: string, path: string): void;
}

/**
 * Starts a program as the leader of a group of its own, which ends as a whole.
 *
 * @throws Error when it cannot even be tried
 */
export function spawnProgram(
  { executable, env }: Pick<ProgramOptions, 'executable' | 'env'>,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  const child = spawn(executable, args, { env, detached: true, stdio: 'pipe' });
  // What it started and left behind would keep its output open.
  child.on('exit', () => setTimeout(() => killGroup(child.pid), farewellMs).unref());
  return child;
}

const farewellMs = 200;

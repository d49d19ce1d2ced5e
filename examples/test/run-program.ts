import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What is run, and where. */
export interface RunProgramOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until it must have ended; 60,000 unless given. */
  readonly timeoutMs?: number | undefined;
}

/** Runs a program to its end and gives what it printed; a failure shows all of that. */
export async function runProgram(
  options: RunProgramOptions,
): Promise<{ out: string; err: string }> {
  const { command, cwd, env, timeoutMs = 60_000 } = options;
  const [program, ...args] = command;
  const running = promisify(execFile)(program, args, {
    cwd,
    env: { ...process.env, ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 24,
  });
  const { stdout, stderr } = await running.catch((error) => {
    const { code, signal, stdout: out, stderr: err } = error;
    throw new Error(`${command.join(' ')} ended with ${signal ?? code}\n${out}${err}`);
  });
  return { out: stdout, err: stderr };
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The launcher, as it is installed. */
export const snetd = fileURLToPath(new URL('../../bin/snetd.js', import.meta.url));

/** The command line that starts the launcher from source. */
export const snetdCommand: readonly string[] = [
  process.execPath,
  '--conditions=@snetkit/source',
  snetd,
];

/** What became of a run. */
export interface FinishedRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `snetd` to its end. */
export function runSnetd(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<FinishedRun> {
  const [command = '', ...first] = snetdCommand;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env['PATH'], ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

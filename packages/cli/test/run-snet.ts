import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The launcher of the program, as `node_modules/.bin/snet` runs it. */
export const launcher = join(import.meta.dirname, '../bin/snet.js');

/** How a command is run. */
export interface SnetOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; none when left out. */
  readonly input?: string;
  readonly cwd?: string;
}

/** What became of a command. */
export interface SnetResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `snet` from sources, with nothing of this process's own SNET_ settings. */
export function startSnet(args: readonly string[], options: SnetOptions = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SNET_'));
  return spawn(process.execPath, ['--conditions=@snetkit/source', launcher, ...args], {
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
}

/** Runs `snet` to its end. */
export async function runSnet(
  args: readonly string[],
  options: SnetOptions = {},
): Promise<SnetResult> {
  const child = startSnet(args, options);
  child.stdin?.end(options.input);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))),
  );
  const [code] = (await closed) as [number | null];
  return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs until it is told to stop. */
export interface RunningProgram extends AsyncDisposable {
  /** The first group of the pattern that it was waited for. */
  readonly found: string;
  /** Asks it to end and resolves with what it printed; it is killed when it does not. */
  stop(): Promise<{ code: number | null; out: string }>;
}

/** What is started, and what it prints when it is ready. */
export interface StartProgramOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ready: RegExp;
}

const startMs = 30_000;
const stopMs = 10_000;

/** Starts a program and resolves when it has printed that it is ready. */
export async function startProgram(options: StartProgramOptions): Promise<RunningProgram> {
  const [program, ...args] = options.command;
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let out = '';
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const found = options.ready.exec(out);
      if (found !== null) ready.resolve(found[1] ?? '');
    });
  }
  const overdue = setTimeout(() => ready.reject(new Error('it took too long')), startMs);
  exited.then(([code]) => ready.reject(new Error(`it ended with ${code}`)), ready.reject);

  async function stop(): Promise<{ code: number | null; out: string }> {
    const kill = setTimeout(() => child.kill('SIGKILL'), stopMs);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(kill);
    return { code: child.exitCode, out };
  }
  try {
    const found = await ready.promise;
    return { found, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${options.command.join(' ')} did not start\n${out}`, { cause });
  } finally {
    clearTimeout(overdue);
  }
}

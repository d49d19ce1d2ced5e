import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodegenError } from '../codegen-error.ts';

/** How buf is run. */
export interface RunBufOptions {
  readonly cwd: string;
  readonly args: readonly string[];
  /** Folders in front of the PATH. */
  readonly path: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs the installed buf and resolves when it has succeeded. Throws `CodegenError`. */
export async function runBuf({ cwd, args, path, env, signal }: RunBufOptions): Promise<void> {
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('@bufbuild/buf/package.json'));
  // The Node launcher of the package finds the executable of the platform by itself.
  const child = spawn(process.execPath, [join(home, 'bin', 'buf'), ...args], {
    cwd,
    env: {
      ...process.env,
      ...env,
      PATH: [...path, process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  let printed = '';
  const read = (chunk: Buffer) => {
    printed += chunk.toString('utf8');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => {
      const code = signal.aborted ? 'CODEGEN_ABORTED' : 'CODEGEN_FAILED';
      reject(new CodegenError(code, `buf did not end: ${cause.message}.`, { place: cwd, cause }));
    });
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const found = printed.trim() || `exit code ${code}`;
      reject(new CodegenError('CODEGEN_FAILED', 'buf refused the files.', { place: cwd, found }));
    });
  });
}

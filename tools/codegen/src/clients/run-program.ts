import { spawn } from 'node:child_process';
import { CodegenError } from '../codegen-error.ts';

/** How a generator is run. */
export interface RunProgramOptions {
  /** What messages call it. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Standard input. */
  readonly input?: Uint8Array | undefined;
  /** The command that installs it. */
  readonly install?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Runs a program and resolves with what it printed.
 *
 * @throws CodegenError `CODEGEN_TOOL_MISSING`, `CODEGEN_FAILED`, `CODEGEN_ABORTED`
 */
export async function runProgram(options: RunProgramOptions): Promise<Uint8Array> {
  const { name, command, input, install, signal } = options;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'pipe', signal, killSignal: 'SIGKILL' });
  const [printed, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  // Who does not read its input ends with a message of its own.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return reject(toolMissing(name, install));
      const code = signal.aborted ? 'CODEGEN_ABORTED' : 'CODEGEN_FAILED';
      reject(new CodegenError(code, `${name} did not end: ${cause.message}.`, { cause }));
    });
    child.once('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(printed));
      const found = Buffer.concat(complaints).toString('utf8').trim().slice(0, 2000);
      if (found.includes('No module named')) return reject(toolMissing(name, install));
      reject(
        new CodegenError('CODEGEN_FAILED', `${name} refused the protos.`, {
          found: found || `exit code ${code}`,
        }),
      );
    });
  });
}

function toolMissing(name: string, install: string | undefined): CodegenError {
  return new CodegenError('CODEGEN_TOOL_MISSING', `${name} is not installed.`, {
    hint: install === undefined ? undefined : `run: ${install}`,
  });
}

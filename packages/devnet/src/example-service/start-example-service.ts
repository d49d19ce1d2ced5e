import { fileURLToPath } from 'node:url';
import { type StartedProcess, startProcess } from '../process/start-process.ts';

/** Where the example service shall listen. */
export interface StartExampleServiceOptions {
  /** TCP port on 127.0.0.1; a free one when not given. */
  readonly port?: number | undefined;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}

/** The example service, running in a process of its own. */
export interface ExampleService extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`; gRPC over plaintext HTTP/2. */
  readonly endpoint: string;
  readonly pid: number;
  readonly exited: StartedProcess['exited'];
  /** The last lines that the service printed. */
  readonly printed: StartedProcess['printed'];
  /** Resolves with the next event that the service reports, such as `{"event":"cancelled","method":"Slow"}`. */
  readonly waitForEvent: StartedProcess['waitForEvent'];
  kill(signal: NodeJS.Signals): void;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the gRPC service `text.v1.TextService`: language detection that is computed locally,
 * and methods that are slow, fail or stream on demand. Throws `BaseError` as {@link startProcess} does.
 *
 * @example
 * ```ts
 * await using service = await startExampleService();
 * console.log(service.endpoint);
 * ```
 */
export async function startExampleService(
  options: StartExampleServiceOptions = {},
): Promise<ExampleService> {
  const { port = 0, signal } = options;
  const launcher = fileURLToPath(new URL('../../bin/example-service.js', import.meta.url));
  // Running from TypeScript: the child must resolve the workspace's packages to sources as well.
  const conditions = import.meta.url.endsWith('.ts') ? ['--conditions=@snetkit/source'] : [];
  const started = await startProcess({
    name: 'the example service',
    command: [process.execPath, ...conditions, launcher, '--port', String(port)],
    signal,
  });
  const { pid, exited, printed, kill, stop, waitForEvent } = started;
  const endpoint = String(started.listening['endpoint']);
  return { endpoint, pid, exited, printed, waitForEvent, kill, stop, [Symbol.asyncDispose]: stop };
}

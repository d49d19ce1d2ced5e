import { fileURLToPath } from 'node:url';
import { startProgram } from './start-program.ts';

/** The upstream of the benchmarks, in a process of its own. */
export interface BenchUpstream {
  readonly endpoint: string;
  stop(): void;
}

/** Starts the upstream; it ends with this process. */
export async function startUpstream(prefix: readonly string[]): Promise<BenchUpstream> {
  const script = fileURLToPath(new URL('./upstream.ts', import.meta.url));
  const program = startProgram<{ endpoint: string }>([...prefix, process.execPath, script]);
  const { endpoint } = await program.hear();
  return { endpoint, stop: program.stop };
}

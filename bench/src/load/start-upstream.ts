import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The upstream of the benchmarks, in a process of its own. */
export interface BenchUpstream {
  readonly endpoint: string;
  stop(): void;
}

/** Starts the upstream; it ends with this process. */
export async function startUpstream(prefix: readonly string[]): Promise<BenchUpstream> {
  const script = fileURLToPath(new URL('./upstream.ts', import.meta.url));
  const [program = '', ...args] = [...prefix, process.execPath, script];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { endpoint: JSON.parse(String(line)).endpoint, stop: () => child.stdin.end() };
}

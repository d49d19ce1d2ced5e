import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A daemon that asks for no payment. */
export interface UnpaidDaemon {
  readonly endpoint: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts one and waits until it listens; it ends with this process. */
export async function startDaemon(options: {
  command: readonly string[];
  folder: string;
  serviceEndpoint: string;
}): Promise<UnpaidDaemon> {
  const file = join(options.folder, 'snetd.config.json');
  const config = {
    ...{ blockchain_enabled: false, organization_id: 'bench', service_id: 'abuse' },
    ...{ daemon_endpoint: '127.0.0.1:0', service_endpoint: options.serviceEndpoint },
    log: { output: { type: ['stdout'] } },
  };
  writeFileSync(file, JSON.stringify(config));
  const [program = '', ...args] = options.command;
  const child = spawn(program, [...args, 'serve', '-c', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SNETKIT_PARENT_WATCH: 'stdin' },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, endpoint } = JSON.parse(line);
    if (event !== 'listening') continue;
    // What it says from now on nobody reads.
    child.stdout.resume();
    return {
      endpoint,
      pid: child.pid ?? 0,
      async stop() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  }
  throw new Error('the daemon ended before it listened');
}

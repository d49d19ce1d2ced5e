import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { EtcdError } from './etcd-error.ts';
import { killWithParent } from './kill-with-parent.ts';

/** One member of a cluster. */
export interface EtcdMember {
  readonly name: string;
  /** Where clients connect: `http://127.0.0.1:<port>`, or https. */
  readonly endpoint: string;
  /** Process id of the running program; `undefined` while it is down. */
  readonly pid: number | undefined;
  /** Sends a signal; resolves when the program has ended, or at once for SIGSTOP and SIGCONT. */
  kill(signal?: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts the program again on the same data and ports; resolves when it answers. */
  restart(): Promise<void>;
  /** Whether it answers a linearizable read, so that the cluster is whole enough to serve. */
  isHealthy(): Promise<boolean>;
}

/** What one member is started with. */
export interface EtcdMemberOptions {
  readonly name: string;
  readonly endpoint: string;
  readonly metricsUrl: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
}

/** How much of what etcd printed is kept for a message about a failed start. */
const keptCharacters = 8_000;

/** A member that is down; `launch` starts it without waiting for the others. */
export function createEtcdMember(
  options: EtcdMemberOptions,
): EtcdMember & { launch(): void; waitUntilHealthy(): Promise<void> } {
  const { name, endpoint, metricsUrl, program, args, timeoutMs } = options;
  let child: ChildProcess | undefined;
  let exited: Promise<unknown> = Promise.resolve();
  let printed = '';

  function launch(): void {
    printed = '';
    const started = spawn(program, args, {
      // A group of its own: Ctrl-C must reach us alone, so that we can end things in order.
      detached: true,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its settings could also come from variables; other processors than x64 need a word of consent.
      env: { ETCD_UNSUPPORTED_ARCH: process.arch },
    });
    const keep = (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-keptCharacters);
    };
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    const release = started.pid === undefined ? () => {} : killWithParent(started.pid);
    child = started;
    exited = once(started, 'exit')
      .catch((error: Error) => {
        printed += `\n${error.message}`;
      })
      .then(() => {
        release();
        if (child === started) child = undefined;
      });
  }

  async function waitUntilHealthy(): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await isHealthy())) {
      if (child === undefined) {
        throw new EtcdError('ETCD_START_FAILED', `The etcd member ${name} ended.`, {
          found: tellingLine(printed),
          hint: 'correct the arguments; a port may also have been taken meanwhile',
        });
      }
      if (performance.now() > deadline) {
        const message = `The etcd member ${name} did not answer within ${timeoutMs} ms.`;
        throw new EtcdError('ETCD_START_TIMED_OUT', message, {
          found: tellingLine(printed),
          hint: 'allow more time with timeoutMs; a machine under heavy load needs longer',
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  function isHealthy(): Promise<boolean> {
    return new Promise((resolve) => {
      const asked = request(`${metricsUrl}/health`, { timeout: 2_000 }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve(body.includes('"health":"true"')));
      });
      asked.on('timeout', () => asked.destroy());
      asked.on('error', () => resolve(false));
      asked.end();
    });
  }

  return {
    name,
    endpoint,
    get pid() {
      return child?.pid;
    },
    launch,
    waitUntilHealthy,
    isHealthy,
    async kill(signal = 'SIGKILL') {
      child?.kill(signal);
      // A stopped process notices only SIGKILL.
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await exited;
    },
    async restart() {
      launch();
      await waitUntilHealthy();
    },
  };
}

/** The line that says most: the one about an error, or else the last one. */
function tellingLine(text: string): string {
  const lines = text.trimEnd().split('\n');
  return (
    lines.find((line) => /error|fatal|panic|not defined|in use/i.test(line)) ?? lines.at(-1) ?? ''
  );
}

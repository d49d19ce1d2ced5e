import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Daemon } from '@snetkit/devnet';
import { figuresOf } from '../load/figures-of.ts';
import { readMemory } from '../load/read-memory.ts';
import { runClients } from '../load/run-clients.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { request, turns } from './load-shape.ts';

/** Starts in a row. */
const starts = 5;
/** As the unit and the image have them: what is freed goes back to the system. */
const environment = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};
/** Milliseconds until a daemon that has started counts as idle. */
const settleMs = 5_000;

/** What `snetd` as one file takes to start, and how much memory it holds. */
export function executableRows(options: {
  executable: string;
  /** It runs, with a store of its own, and is paid by the load. */
  daemon: Daemon;
  /** Path of a configuration; its store is there already, and nobody else's. */
  configFile: string;
  channels: readonly SignedChannel[];
}): readonly Row[] {
  const { executable, daemon, configFile, channels } = options;
  return [
    {
      name: 'executable: start, in sequence',
      inFlight: 1,
      async run() {
        const times: number[] = [];
        const began = performance.now();
        let idleMiB = 0;
        for (let turn = 1; turn <= starts; turn += 1) {
          const program = await start([executable, 'serve', '-c', configFile]);
          times.push(program.tookMs);
          if (turn === starts) {
            await wait(settleMs);
            idleMiB = readMemory(program.pid) ?? Number.NaN;
          }
          await program.stop();
        }
        return { ...figuresOf(times, performance.now() - began), counts: { idleMiB } };
      },
    },
    {
      name: 'executable: escrow by 64 clients',
      inFlight: channels.length,
      server: daemon,
      async run() {
        let peakMiB = 0;
        const sample = () => {
          peakMiB = Math.max(peakMiB, readMemory(daemon.pid) ?? Number.NaN);
        };
        const timer = setInterval(sample, 20);
        try {
          const payments = channels.map((channel) => channel.take(turns));
          const { endpoint } = daemon;
          const result = await runClients({ ...request, endpoint, payments });
          sample();
          return { ...result, counts: { peakMiB } };
        } finally {
          clearInterval(timer);
        }
      },
    },
  ];
}

/** Starts a daemon; tells the milliseconds until it printed that it listens. */
async function start(command: readonly string[]) {
  const [program = '', ...args] = command;
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  try {
    for await (const line of lines) {
      if (!line.includes('"event":"listening"')) continue;
      const tookMs = performance.now() - began;
      const stop = async () => {
        child.kill('SIGTERM');
        await exited;
      };
      return { tookMs, pid: child.pid ?? 0, stop };
    }
  } finally {
    lines.close();
    child.stdout.resume();
  }
  throw new Error(`the executable ended before it listened: ${command.join(' ')}`);
}

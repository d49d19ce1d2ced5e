// `npm run bench:abuse -- [--seconds N] [--only TEXT] [--json FILE]`: how long a well-behaved client waits, and how
// far the daemon grows, while others attack it. See ../../README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readMemory } from '../load/read-memory.ts';
import { startProgram } from '../load/start-program.ts';
import { attacks } from './attacks.ts';
import { type NeighbourReport, runNeighbour } from './run-neighbour.ts';
import { startDaemon } from './start-daemon.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const ms = Number(values.seconds) * 1_000;
const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');
const folder = mkdtempSync(join(tmpdir(), 'snetkit-bench-'));
const script = fileURLToPath(new URL('./service.ts', import.meta.url));
const service = startProgram<{ endpoint: string }>([process.execPath, script]);
const rows: Row[] = [];
try {
  const { endpoint: serviceEndpoint } = await service.hear();
  process.stdout.write(
    'row                                          calls  lost    p50 ms    p99 ms    max ms  grown MiB\n',
  );
  for (const [name, attack] of Object.entries(attacks)) {
    if (!name.includes(values.only)) continue;
    // Each meets a daemon that has seen nothing yet.
    const daemon = await startDaemon({
      command: [process.execPath, ...flags(), join(dirname(daemonPackage), 'bin/snetd.js')],
      folder,
      serviceEndpoint,
    });
    const sockets = new Set<Socket>();
    const stopping = new AbortController();
    try {
      await runNeighbour(daemon.endpoint, 2_000);
      const before = readMemory(daemon.pid) ?? 0;
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, readMemory(daemon.pid) ?? 0);
      }, 100);
      const port = Number(new URL(daemon.endpoint).port);
      const attacking = attack({ port, sockets, signal: stopping.signal });
      const report = await runNeighbour(daemon.endpoint, ms);
      clearInterval(watch);
      stopping.abort();
      for (const socket of sockets) socket.destroy();
      await attacking;
      const row = { name, ...report, grownMiB: peak - before };
      rows.push(row);
      process.stdout.write(`${format(row)}\n`);
    } finally {
      stopping.abort();
      for (const socket of sockets) socket.destroy();
      await daemon.stop();
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
} finally {
  service.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Row extends NeighbourReport {
  readonly name: string;
  readonly grownMiB: number;
}

function format(row: Row): string {
  const figures = [row.p50, row.p99, row.max, row.grownMiB].map((it) => it.toFixed(1).padStart(10));
  return `${row.name.padEnd(42)} ${`${row.calls}`.padStart(7)} ${`${row.lost}`.padStart(5)}${figures.join('')}`;
}

/** Those of the executable, and of this process. */
function flags(): readonly string[] {
  return ['--max-semi-space-size=2', ...process.execArgv];
}

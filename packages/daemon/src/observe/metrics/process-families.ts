import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './format-families.ts';

/** Watches what the process itself uses. */
export interface ProcessMeter {
  families(): readonly Family[];
  close(): void;
}

const quantiles = [50, 90, 99];

/** Watches memory, file descriptors, processor time and how late the event loop is, from now on. */
export function startProcessMeter(): ProcessMeter {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return {
    families() {
      const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
      const { user, system } = process.cpuUsage();
      const delays = quantiles.map((percent) => ({
        labels: { quantile: `${percent / 100}` },
        value: delay.count === 0 ? 0 : delay.percentile(percent) / 1e9,
      }));
      const longest = delay.count === 0 ? 0 : delay.max / 1e9;
      // What was told is over: each collection sees the time since the last.
      delay.reset();
      const fds = countFds();
      return [
        one('process_resident_memory_bytes', 'Memory that the process holds.', rss),
        one('nodejs_heap_size_used_bytes', 'Heap in use.', heapUsed),
        one('nodejs_heap_size_total_bytes', 'Heap.', heapTotal),
        one('nodejs_external_memory_bytes', 'Memory of buffers outside the heap.', external),
        ...(fds === undefined ? [] : [one('process_open_fds', 'Open file descriptors.', fds)]),
        {
          ...one('process_cpu_seconds_total', 'Processor time.', (user + system) / 1e6),
          type: 'counter',
        },
        one(
          'process_start_time_seconds',
          'When the process started, in Unix time.',
          performance.timeOrigin / 1_000,
        ),
        {
          name: 'nodejs_eventloop_lag_seconds',
          help: 'How late the event loop was since the last collection.',
          type: 'gauge',
          samples: delays,
        },
        one(
          'nodejs_eventloop_lag_max_seconds',
          'How late the event loop was at most since the last collection.',
          longest,
        ),
      ];
    },
    close: () => void delay.disable(),
  };
}

function one(name: string, help: string, value: number): Family {
  return { name, help, type: 'gauge', samples: [{ value }] };
}

/** Undefined where the system does not tell. */
function countFds(): number | undefined {
  try {
    // One of them is that of the folder itself.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return undefined;
  }
}

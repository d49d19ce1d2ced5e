/** What a daemon holds at one moment. */
export interface Sample {
  /** Seconds since the start of the run. */
  readonly second: number;
  /** Bytes. */
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
  readonly descriptors: number;
  readonly connections: number;
  /** Calls that are not over. */
  readonly calls: number;
  /** Milliseconds that the event loop was late since the last look: 99th percentile, and at most. */
  readonly delayP99: number;
  readonly delayMax: number;
  /** Seconds of processor time so far. */
  readonly cpu: number;
  /** Calls that asked to be served so far. */
  readonly totalCalls: number;
}

/** Asks a daemon for its metrics. */
export async function readSample(metricsUrl: string, second: number): Promise<Sample> {
  const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  const read = (name: string): number => {
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    if (line === undefined) throw new Error(`${metricsUrl} has no ${name}`);
    return Number(line.slice(name.length + 1));
  };
  return {
    second,
    rss: read('process_resident_memory_bytes'),
    heap: read('nodejs_heap_size_used_bytes'),
    external: read('nodejs_external_memory_bytes'),
    descriptors: read('process_open_fds'),
    connections: read('snetd_sockets'),
    calls: read('snetd_calls_running'),
    delayP99: 1_000 * read('nodejs_eventloop_lag_seconds{quantile="0.99"}'),
    delayMax: 1_000 * read('nodejs_eventloop_lag_max_seconds'),
    cpu: read('process_cpu_seconds_total'),
    totalCalls: read('snetd_calls_total'),
  };
}

import { connect, type OutgoingHttpHeaders } from 'node:http2';
import { figuresOf } from './figures-of.ts';

/** What is sent, and how much of it at once. */
export interface LoadOptions {
  readonly endpoint: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly body: Uint8Array;
  readonly calls: number;
  readonly inFlight: number;
  /** Every place makes just so many calls; without it whichever is free takes the next. */
  readonly callsPerLane?: number | undefined;
  /** Headers of a call; `lane` is the place in flight that it takes, `turn` its number there. */
  headersOf?(lane: number, turn: number, index: number): OutgoingHttpHeaders;
}

/** What came of it. Times in milliseconds. */
export interface LoadResult {
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** What else was counted meanwhile, by name. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** Sends calls over one HTTP/2 session, each place in flight one after the other. Every call must succeed. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const session = connect(options.endpoint, { settings: { initialWindowSize: 1 << 20 } });
  const times: number[] = [];
  let next = 0;

  async function runLane(lane: number): Promise<void> {
    const { calls, callsPerLane = calls } = options;
    for (let turn = 0; next < calls && turn < callsPerLane; turn += 1) {
      const index = next;
      next += 1;
      const started = performance.now();
      await call(options.headersOf?.(lane, turn, index) ?? {});
      times.push(performance.now() - started);
    }
  }

  function call(headers: OutgoingHttpHeaders): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': options.path,
        'content-type': 'application/grpc+proto',
        te: 'trailers',
        ...headers,
      });
      let status: unknown;
      let text: unknown;
      const read = (fields: Record<string, unknown>) => {
        status = fields['grpc-status'] ?? status;
        text = fields['grpc-message'] ?? text;
      };
      stream.on('response', read);
      stream.on('trailers', read);
      stream.on('error', reject);
      stream.on('close', () => {
        if (status === '0') resolve();
        else reject(new Error(`a call of the load failed: ${status} ${text}`));
      });
      stream.resume();
      stream.end(options.body);
    });
  }

  try {
    const started = performance.now();
    await Promise.all(Array.from({ length: options.inFlight }, (_, lane) => runLane(lane)));
    return figuresOf(times, performance.now() - started);
  } finally {
    session.close();
  }
}

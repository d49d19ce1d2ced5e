import { once } from 'node:events';
import { connect } from 'node:http2';

/** How a well-behaved client fared. */
export interface NeighbourReport {
  readonly calls: number;
  readonly lost: number;
  /** Milliseconds that calls took. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Makes one call after the other on one connection, for so long. */
export async function runNeighbour(endpoint: string, ms: number): Promise<NeighbourReport> {
  const session = connect(endpoint);
  session.on('error', () => {});
  await once(session, 'connect');
  const times: number[] = [];
  let lost = 0;
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const startedAt = performance.now();
    const stream = session.request({
      ...{ ':method': 'POST', ':path': '/bench.Bench/Call' },
      ...{ 'content-type': 'application/grpc', te: 'trailers' },
    });
    stream.on('error', () => {});
    let status: unknown;
    stream.on('trailers', (trailers) => {
      status = trailers['grpc-status'];
    });
    stream.resume().end(Buffer.from([0, 0, 0, 0, 1, 7]));
    await new Promise((resolve) => stream.once('close', resolve));
    if (status !== '0') lost++;
    times.push(performance.now() - startedAt);
  }
  session.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { calls: times.length, lost, p50: at(0.5), p99: at(0.99), max: times.at(-1) ?? 0 };
}

import type { BenchNetwork } from '../bench-network.ts';
import { runLoad } from '../load/run-load.ts';
import type { Row } from '../row.ts';

const path = '/text.v1.TextService/Detect';
/** `DetectRequest { text: "guten tag" }` in one gRPC frame. */
const body = Buffer.concat([Buffer.from([0, 0, 0, 0, 11, 0x0a, 9]), Buffer.from('guten tag')]);

const sequence = 500;
const parallel = 3_200;

/** What a gateway adds to a call: nothing paid, and paid by escrow. */
export async function gatewayRows(
  { upstream, unpaid, paid, openChannels }: BenchNetwork,
  rounds: number,
): Promise<readonly Row[]> {
  const perRound = [sequence, parallel / 4, ...Array<number>(64).fill(parallel / 64)];
  const [single, shared, ...channels] = await openChannels(perRound.map((n) => n * rounds));
  if (single === undefined || shared === undefined) throw new Error('no channels');
  const row = (name: string, endpoint: string, inFlight: number, calls: number): Row => ({
    name,
    inFlight,
    run: () => runLoad({ endpoint, path, body, calls, inFlight }),
  });
  return [
    row('direct, in sequence', upstream.endpoint, 1, sequence),
    row('direct', upstream.endpoint, 64, parallel),
    row('unpaid, in sequence', unpaid.endpoint, 1, sequence),
    row('unpaid', unpaid.endpoint, 64, parallel),
    {
      name: 'escrow on one channel, in sequence',
      inFlight: 1,
      async run() {
        const payments = single.take(sequence);
        const headersOf = (_lane: number, _turn: number, index: number) => payments[index] ?? {};
        const load = { endpoint: paid.endpoint, path, body, calls: sequence, inFlight: 1 };
        return runLoad({ ...load, headersOf });
      },
    },
    {
      name: 'escrow on 64 channels',
      inFlight: 64,
      async run() {
        const turns = parallel / 64;
        const payments = channels.map((channel) => channel.take(turns));
        const headersOf = (lane: number, turn: number) => payments[lane]?.[turn] ?? {};
        const load = { endpoint: paid.endpoint, path, body, calls: parallel, inFlight: 64 };
        return runLoad({ ...load, callsPerLane: turns, headersOf });
      },
    },
    {
      name: 'escrow on one channel, 32 in flight',
      inFlight: 32,
      async run() {
        const calls = parallel / 4;
        const payments = shared.take(calls);
        const headersOf = (_lane: number, _turn: number, index: number) => payments[index] ?? {};
        return runLoad({ endpoint: paid.endpoint, path, body, calls, inFlight: 32, headersOf });
      },
    },
  ];
}

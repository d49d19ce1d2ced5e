import type { BenchNetwork } from '../network/bench-network.ts';
import { openChannels } from '../network/open-channels.ts';
import { startSdkSide } from '../network/sdk-side.ts';
import { buyTokens } from '../payments/buy-tokens.ts';
import { createFreeCallers } from '../payments/free-callers.ts';
import { signedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { counterRows } from './counter-rows.ts';
import { delayedRows } from './delayed-rows.ts';
import { diskRow } from './disk-row.ts';
import { escrowRows, sharedCalls } from './escrow-rows.ts';
import { etcdRows } from './etcd-rows.ts';
import { executableRows } from './executable-rows.ts';
import { gatewayRows } from './gateway-rows.ts';
import { lanes, sequence, turns } from './load-shape.ts';
import { sdkRows } from './sdk-rows.ts';

/** All rows, with money for so many rounds. What is compared stands side by side. */
export async function allRows(network: BenchNetwork, rounds: number): Promise<readonly Row[]> {
  const { devnet, upstream, unpaid, paid, delayed, etcd, single: one } = network;
  const many = Array<number>(lanes).fill(turns);
  // One daemon is paid in two rows.
  const twice = many.map((calls) => 2 * calls);
  const escrowCalls = [sequence, sharedCalls, ...twice].map((calls) => calls * rounds);
  const prepaidCalls = [sequence, ...many].map((calls) => calls * rounds);
  const ids = await openChannels(devnet, [...escrowCalls, ...prepaidCalls]);
  const [single = 0n, shared = 0n, ...manyIds] = ids.slice(0, escrowCalls.length);
  const prepaid = await buyTokens(
    devnet,
    ids.slice(escrowCalls.length).map((channelId, index) => ({
      channelId,
      calls: prepaidCalls[index] ?? 0,
    })),
  );
  const sdk = await startSdkSide({ devnet, unpaid, calls: sequence * rounds });
  network.keep(sdk);
  // Last: from here on the chain stands still.
  const free = await createFreeCallers(devnet, lanes);

  const channelOf = (channelId: bigint) =>
    signedChannel({
      mpe: devnet.contracts.mpe,
      channelId,
      price: devnet.price,
      privateKey: devnet.accounts.client.privateKey,
    });
  const channelsOf = () => manyIds.map(channelOf);
  return [
    diskRow(devnet.directory),
    ...gatewayRows({
      direct: upstream.endpoint,
      unpaid,
      unread: channelOf(single),
    }),
    ...escrowRows({
      daemon: paid,
      single: channelOf(single),
      shared: channelOf(shared),
      many: channelsOf(),
    }),
    ...delayedRows(delayed, channelsOf()),
    ...counterRows({ daemon: paid, prepaid, free }),
    ...etcdRows(etcd, channelsOf()),
    ...sdkRows(sdk, { paid, unpaid }),
    ...(one === undefined ? [] : executableRows({ ...one, channels: channelsOf() })),
  ];
}

import { getBlockNumber } from '@snetkit/contracts';
import { formatAmount } from '@snetkit/core';
import type { ChannelListInput } from '../commands/channel-list.ts';
import { formatTable } from '../output/format-table.ts';
import { openSession } from '../session/open-session.ts';
import { describeChannel } from './describe-channel.ts';
import { formatBlocks } from './format-blocks.ts';

/** Prints the channels of the account on the chosen network. */
export async function listChannels(input: ChannelListInput): Promise<void> {
  await using session = await openSession(input);
  const { engine, account, chosen } = session;
  const { output, signal } = input;
  const [channels, block] = await Promise.all([
    engine.channels.list({ signal }),
    getBlockNumber(engine.chain, { signal }),
  ]);
  const { token, config } = engine;
  const { blockTimeSeconds } = config.network;
  output.result(
    {
      network: config.network.name,
      account: account.address,
      block,
      channels: channels.map((channel) => describeChannel(channel, token)),
    },
    () => {
      if (channels.length === 0)
        return `${account.address} has no channels on ${config.network.name}.`;
      return formatTable(
        [
          { title: 'channel', align: 'right' },
          { title: 'recipient' },
          { title: 'value', align: 'right' },
          { title: 'signed', align: 'right' },
          { title: 'unspent', align: 'right' },
          { title: 'expires at block' },
        ],
        channels.map(({ id, recipient, value, signed, unspent, expiration }) => [
          id.toString(),
          recipient,
          formatAmount(value, token),
          signed === undefined ? '-' : formatAmount(signed, token),
          formatAmount(unspent, token),
          // Blocks of the local network come when they are wanted, which is no measure of time.
          chosen.local === undefined
            ? `${expiration} (${formatBlocks(expiration - block, blockTimeSeconds)})`
            : expiration.toString(),
        ]),
        (titles) => output.style('dim', titles),
      );
    },
  );
}

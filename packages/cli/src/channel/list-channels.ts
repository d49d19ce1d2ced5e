import { getBlockNumber } from '@snetkit/contracts';
import { formatAmount } from '@snetkit/core';
import type { ChannelListInput } from '../commands/channel-list.ts';
import { formatTable } from '../output/format-table.ts';
import type { ChosenNetwork } from '../session/choose-network.ts';
import { openSession } from '../session/open-session.ts';
import { askDaemon } from './ask-daemon.ts';
import { describeChannel } from './describe-channel.ts';
import { formatBlocks } from './format-blocks.ts';

const unaskedNote = [
  'Signed and unspent are what this program knows: others may have signed more.',
  'Name a service that is paid from a channel, to ask its daemon: --service ORGANIZATION/SERVICE',
].join('\n');

/** Prints the channels of the account on the chosen network. */
export async function listChannels(input: ChannelListInput): Promise<void> {
  await using session = await openSession(input);
  const { engine, account, chosen } = session;
  const { options, output, signal } = input;
  const [listed, block] = await Promise.all([
    engine.channels.list({ signal }),
    getBlockNumber(engine.chain, { signal }),
  ]);
  const service = options.service ?? localService(chosen.local);
  const { channels, asked } =
    service === undefined || listed.length === 0
      ? { channels: listed, asked: new Set<bigint>() }
      : await askDaemon({ engine, service, channels: listed, output, signal });
  const { token, config } = engine;
  const { blockTimeSeconds } = config.network;
  output.result(
    {
      network: config.network.name,
      account: account.address,
      block,
      channels: channels.map((channel) => ({
        ...describeChannel(channel, token),
        isConfirmed: asked.has(channel.id),
      })),
    },
    () => {
      if (channels.length === 0)
        return `${account.address} has no channels on ${config.network.name}.`;
      const table = formatTable(
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
      const unasked = channels.some(({ id, value }) => value > 0n && !asked.has(id));
      return unasked ? `${table}\n\n${output.style('dim', unaskedNote)}` : table;
    },
  );
}

function localService(local: ChosenNetwork['local']): string | undefined {
  return local?.endpoint === undefined ? undefined : `${local.organizationId}/${local.serviceId}`;
}

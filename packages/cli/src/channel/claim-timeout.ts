import { getBlockNumber, settleEarlier } from '@snetkit/contracts';
import { BaseError, formatAmount, type Token } from '@snetkit/core';
import type { ClaimedUnused, PaymentChannel } from '@snetkit/sdk';
import type { ChannelClaimTimeoutInput } from '../commands/channel-claim-timeout.ts';
import type { ChannelClaimTimeoutAllInput } from '../commands/channel-claim-timeout-all.ts';
import { toJsonAmount } from '../output/amounts.ts';
import { formatFacts } from '../output/format-facts.ts';
import { formatTable } from '../output/format-table.ts';
import { confirm } from '../session/confirm.ts';
import { openSession } from '../session/open-session.ts';

/** A channel that was taken back. */
interface Claimed extends ClaimedUnused {
  readonly channelId: bigint;
}

/** Takes what is left in one channel back, and prints it. */
export async function claimOne(input: ChannelClaimTimeoutInput): Promise<void> {
  const { output, signal } = input;
  const channelId = readNumber(input.arguments[0] ?? '');
  await using session = await openSession(input);
  const { engine, chosen } = session;
  const { token, config } = engine;
  const channel = await engine.channels.load({ channelId, signal });
  const question = `Take ${formatAmount(channel.value, token)} back from channel ${channelId} on ${config.network.name}?`;
  await confirm({ ...input, question, isAgreed: input.options.yes === true, chosen });
  output.status(`Taking channel ${channelId} back ...`);
  const claimed = { channelId, ...(await channel.claimUnused({ signal })) };
  output.result({ network: config.network.name, ...describe(claimed, token) }, () =>
    formatFacts(
      [
        ['channel', channelId.toString()],
        ['taken back', `${format(claimed.amount, token)}, now in the escrow balance`],
        ['transaction', claimed.hash],
      ],
      (name) => output.style('dim', name),
    ),
  );
}

/** Takes what is left in all expired channels back, and prints it. */
export async function claimAll(input: ChannelClaimTimeoutAllInput): Promise<void> {
  const { output, signal } = input;
  await using session = await openSession(input);
  const { engine, account, chosen } = session;
  const { token, config } = engine;
  await engine.checkChain(signal);
  output.status('Looking for expired channels ...');
  const purposes = ['MultiPartyEscrow.channelClaimTimeout'];
  const { multiPartyEscrow: to } = config.stand;
  // What an earlier run has sent is not offered once more.
  await settleEarlier(engine.chain, account.signer, { to, purposes, signal });
  const [channels, block] = await Promise.all([
    engine.channels.list({ signal }),
    getBlockNumber(engine.chain, { signal }),
  ]);
  const expired = channels.filter(({ value, expiration }) => value > 0n && expiration <= block);
  const total = expired.reduce((sum, { value }) => sum + value, 0n);
  if (expired.length > 0) {
    const question = `Take ${formatAmount(total, token)} back from ${nameAll(expired)} on ${config.network.name}?`;
    await confirm({ ...input, question, isAgreed: input.options.yes === true, chosen });
  }
  const claimed: Claimed[] = [];
  for (const channel of expired) {
    output.status(`Taking channel ${channel.id} back ...`);
    claimed.push({ channelId: channel.id, ...(await channel.claimUnused({ signal })) });
  }
  output.result(
    {
      network: config.network.name,
      account: account.address,
      claimed: claimed.map((one) => describe(one, token)),
    },
    () => {
      if (claimed.length === 0)
        return `${account.address} has no expired channels with money in them.`;
      return formatTable(
        [
          { title: 'channel', align: 'right' },
          { title: 'taken back', align: 'right' },
          { title: 'transaction' },
        ],
        claimed.map(({ channelId, amount, hash }) => [
          channelId.toString(),
          format(amount, token),
          hash,
        ]),
        (titles) => output.style('dim', titles),
      );
    },
  );
}

function describe({ channelId, amount, hash, isResumed }: Claimed, token: Token): object {
  const takenBack = amount === undefined ? null : toJsonAmount(amount, token);
  return { channelId, takenBack, transactionHash: hash, isResumed };
}

function format(amount: bigint | undefined, token: Token): string {
  return amount === undefined ? 'an unknown amount' : formatAmount(amount, token);
}

function nameAll(channels: readonly PaymentChannel[]): string {
  const ids = channels.map(({ id }) => id).join(', ');
  return channels.length === 1 ? `channel ${ids}` : `${channels.length} channels (${ids})`;
}

function readNumber(text: string): bigint {
  if (/^[0-9]{1,78}$/.test(text)) return BigInt(text);
  throw new BaseError('COMMAND_LINE_INVALID', 'This is no number of a channel.', {
    place: 'CHANNEL',
    expected: 'a number, as `snet channel list` shows it',
    found: JSON.stringify(text.slice(0, 40)),
  });
}

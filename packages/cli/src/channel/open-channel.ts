import { getBlockNumber } from '@snetkit/contracts';
import { BaseError, formatAmount, parseAmount } from '@snetkit/core';
import type { ChannelOpenInput } from '../commands/channel-open.ts';
import { formatFacts } from '../output/format-facts.ts';
import { confirm } from '../session/confirm.ts';
import { openSession } from '../session/open-session.ts';
import { describeChannel } from './describe-channel.ts';
import { parseExpiration } from './parse-expiration.ts';

/** Opens a channel and prints it. */
export async function openChannel(input: ChannelOpenInput): Promise<void> {
  const { options, output, signal } = input;
  await using session = await openSession(input);
  const { engine, chosen } = session;
  const { token, config } = engine;
  const amount = parseAmount(input.arguments[0] ?? '', token, { place: 'AMOUNT' });
  const organizationId = options.organization ?? chosen.local?.organizationId;
  if (organizationId === undefined) throw missingOrganization();
  const expiration =
    options.expiration === undefined
      ? undefined
      : parseExpiration(options.expiration, {
          block: await getBlockNumber(engine.chain, { signal }),
          blockTimeSeconds: config.network.blockTimeSeconds,
        });
  const question = `Lock ${formatAmount(amount, token)} in a channel to ${organizationId} on ${config.network.name}?`;
  await confirm({ ...input, question, isAgreed: options.yes === true, chosen });
  output.status('Opening the channel ...');
  const { channel, group, receipt } = await engine.channels.open({
    organizationId,
    groupName: options.group,
    amount,
    expiration,
    another: options.another,
    signal,
  });
  const { transactionHash } = receipt;
  output.result(
    {
      network: config.network.name,
      organizationId,
      groupName: group.groupName,
      channel: describeChannel(channel, token),
      transactionHash,
    },
    () =>
      formatFacts(
        [
          ['channel', channel.id.toString()],
          ['group', `${organizationId}, ${group.groupName}`],
          ['recipient', channel.recipient],
          ['value', formatAmount(channel.value, token)],
          ['expires', `block ${channel.expiration}`],
          ['transaction', transactionHash],
        ],
        (name) => output.style('dim', name),
      ),
  );
}

function missingOrganization(): BaseError {
  return new BaseError('COMMAND_LINE_INVALID', 'Which organization is to be paid?', {
    expected: '--organization ID',
  });
}
